"""`berdaya tokens`: what lets people and programs in."""

from typing import Annotated, Any

import typer

from app.cli.running import reach_of, with_database

tokens = typer.Typer(help="Tokens for people and programs.", no_args_is_help=True)


@tokens.command("create")
def create_token(
    role: Annotated[str, typer.Option(help="viewer, operator, officer, integrator or admin")],
    name: Annotated[str, typer.Option(help="Who will use it.")],
    region: Annotated[str, typer.Option(help="A code prefix, as 64.02.04; empty: everywhere.")] = "",
    source: Annotated[
        str, typer.Option(help="The source of what an integrator sends; its name by default.")
    ] = "",
) -> None:
    """Make a token and print it, alone, on stdout. It is shown this once and works at once."""
    from app.access.policy import ROLES
    from app.access.tokens import keep, new_token

    if role not in ROLES:
        raise typer.BadParameter(f"one of {', '.join(ROLES)}", param_hint="--role")
    reach = reach_of(region)
    token = new_token()

    async def work(database: Any, act: Any) -> None:
        async def unit(tx: Any) -> None:
            await keep(tx, token, role=role, name=name, region=reach, source=source or name)

        await database.write(act, unit)

    with_database(work)
    typer.echo(token)
