"""`berdaya webhooks`: the secrets by which deliveries are signed."""

from typing import Annotated, Any

import typer

from app.cli.running import reach_of, with_database

webhooks = typer.Typer(help="Secrets that sign deliveries.", no_args_is_help=True)


@webhooks.command("secret")
def create_secret(
    source: Annotated[str, typer.Option(help="Who will sign with it; one part of an address.")],
    region: Annotated[str, typer.Option(help="A code prefix, as 64.02.04; empty: everywhere.")] = "",
    overlap_hours: Annotated[
        float,
        typer.Option(min=0, max=8760, help="For how long the older secrets still count; 0: not at all."),
    ] = 24,
) -> None:
    """Make a secret and print it, alone, on stdout. It is shown this once and works at once."""
    from app.access.webhooks import keep, named, new_key, text_of

    if not named(source):
        raise typer.BadParameter("1 to 200 printable characters without a slash", param_hint="--source")
    reach, key = reach_of(region), new_key()

    async def work(database: Any, act: Any) -> None:
        async def unit(tx: Any) -> None:
            await keep(tx, key, source=source, region=reach, overlap_hours=overlap_hours)

        await database.write(act, unit)

    with_database(work)
    typer.echo(text_of(key))


@webhooks.command("list")
def list_secrets() -> None:
    """Print whose secrets there are, from when and until when they count; never a secret."""
    from app.access.webhooks import listed

    async def work(database: Any, act: Any) -> Any:
        return await listed(database)

    for source, id, region, made, until in with_database(work):
        typer.echo(
            f"{source}\t{id}\t{region or 'everywhere'}\tfrom {made}\t{f'until {until}' if until else ''}".rstrip()
        )
