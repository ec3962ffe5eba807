"""`berdaya tokens`: what lets people and programs in."""

from typing import Annotated, Any

import typer

from app.cli.running import in_words, reach_of, with_database

tokens = typer.Typer(help="Tokens for people and programs.", no_args_is_help=True)


@tokens.command("create")
def create_token(
    role: Annotated[str, typer.Option(help="viewer, operator, officer, integrator or admin")],
    name: Annotated[str, typer.Option(help="Who will use it.")],
    region: Annotated[str, typer.Option(help="A code prefix, as 64.02.04; empty: everywhere.")] = "",
    source: Annotated[
        str, typer.Option(help="The source of what an integrator sends; its name by default.")
    ] = "",
    days: Annotated[
        int | None, typer.Option(help="For how many days it holds; until it is revoked by default.")
    ] = None,
) -> None:
    """Make a token and print it, alone, on stdout. It is shown this once and works at once."""
    from app.access.policy import ROLES
    from app.access.token_admin.schemas import NewToken
    from app.access.token_admin.service import issue
    from app.access.tokens import new_token

    if role not in ROLES:
        raise typer.BadParameter(f"one of {', '.join(ROLES)}", param_hint="--role")
    told = {"name": name, "role": role, "region": reach_of(region) or None, "source": source or None}
    with in_words():
        new = NewToken.model_validate({**told, "days": days})
    token = new_token()

    async def work(database: Any, act: Any) -> None:
        await database.write(act, lambda tx: issue(tx, new, token))

    with in_words():
        with_database(work)
    typer.echo(token)


@tokens.command("list")
def list_tokens() -> None:
    """Print every token and session with id, kind, name, role, reach, source, end and last use; never a secret."""
    from app.access.listing import all_tokens

    rows = with_database(lambda database, act: all_tokens(database))
    for id, kind, name, role, region, source, until, used in rows:
        held = f"until {until}" if until else "until revoked"
        told = (
            id,
            kind,
            name,
            role,
            region or "everywhere",
            source,
            held,
            f"used {used}" if used else "unused",
        )
        typer.echo("\t".join(told))


@tokens.command("revoke")
def revoke_token(id: Annotated[str, typer.Argument(help="The id, as the list gives it.")]) -> None:
    """Take a token away, or end a session; it opens nothing from then on, also in a running server."""
    from app.access.token_admin.service import revoke

    async def work(database: Any, act: Any) -> Any:
        return await database.write(act, lambda tx: revoke(tx, id, None))

    with in_words():
        with_database(work)
