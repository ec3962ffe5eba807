"""`berdaya users`: who signs in with a name and a password."""

import sys
from typing import Annotated, Any

import typer

from app.cli.running import in_words, reach_of, with_database

users = typer.Typer(help="Users who sign in with a name and a password.", no_args_is_help=True)


@users.command("create")
def create_user(
    name: Annotated[str, typer.Option(help="What they sign in with.")],
    role: Annotated[str, typer.Option(help="viewer, operator, officer, integrator or admin")],
    region: Annotated[str, typer.Option(help="A code prefix, as 64.02.04; empty: everywhere.")] = "",
) -> None:
    """Admit a user and print the id. The password is asked for, or read as one line where input is no terminal."""
    from app.access import passwords
    from app.access.users.schemas import NewUser
    from app.access.users.service import admit

    told = {"name": name, "role": role, "region": reach_of(region) or None, "password": _password()}
    with in_words():
        new = NewUser.model_validate(told)

    async def work(database: Any, act: Any) -> Any:
        password_hash = await passwords.hashed(new.password)
        return await database.write(act, lambda tx: admit(tx, new, password_hash))

    with in_words():
        typer.echo(with_database(work)["id"])


@users.command("list")
def list_users() -> None:
    """Print id, name, role and reach of every user, by name; never a password."""
    from app.access.listing import all_users

    for id, name, role, region in with_database(lambda database, act: all_users(database)):
        typer.echo(f"{id}\t{name}\t{role}\t{region or 'everywhere'}")


@users.command("remove")
def remove_user(id: Annotated[str, typer.Argument(help="The id, as the list gives it.")]) -> None:
    """Take a user out; their sessions end at once, also in a running server."""
    from app.access.users.service import remove

    async def work(database: Any, act: Any) -> Any:
        return await database.write(act, lambda tx: remove(tx, id, None))

    with in_words():
        with_database(work)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
