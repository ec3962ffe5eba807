"""`berdaya audit`: seal the trail, print its head to be kept elsewhere, and check it."""

from typing import Annotated, Any

import typer

from app.cli.running import with_database

audit = typer.Typer(help="The chain of the audit trail.", no_args_is_help=True)


@audit.command("seal")
def seal_audit() -> None:
    """Seal what no server has sealed yet, and print how many rows those were. A running server does it by itself."""
    from app.access.audit.sealing import seal_all

    async def work(database: Any, act: Any) -> Any:
        return await seal_all(database)

    typer.echo(f"{with_database(work)} rows sealed.", err=True)


@audit.command("head")
def print_head() -> None:
    """Print `NUMBER:HASH` of the last sealed row, alone, on stdout. Keep it where nobody who has the database is."""
    from app.access.audit.sealing import head

    async def work(database: Any, act: Any) -> Any:
        return await head(database)

    typer.echo(with_database(work))


@audit.command("verify")
def verify_audit(
    head: Annotated[
        str, typer.Option(help="NUMBER:HASH as `berdaya audit head` printed it some time ago.")
    ] = "",
) -> None:
    """Compare every row with its link. Exit status 1, and a line for each place, when one is not as it was sealed.

    Without `--head` a chain whose end was cut off, or that was made anew, cannot be told from a whole one.
    """
    from app.access.audit.chain import head_of
    from app.access.audit.verifying import verify

    try:
        kept = head_of(head) if head else None
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--head") from wrong

    async def work(database: Any, act: Any) -> Any:
        return await verify(database, kept)

    verdict = with_database(work)
    for kind, number, position in verdict.findings:
        places = {"number": number, "position": position}
        typer.echo("\t".join([kind, *(f"{name} {at}" for name, at in places.items() if at is not None)]))
    typer.echo(
        f"{verdict.sealed} rows sealed, {verdict.unsealed} not sealed yet, {verdict.wrong} wrong; "
        f"head {verdict.head}",
        err=True,
    )
    if verdict.wrong:
        raise typer.Exit(1)
