"""The command `berdaya`: serve, migrate, seed, tokens. Results go to stdout, everything else to stderr."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.settings import Settings

cli = typer.Typer(
    name="berdaya", help="The register that lifts villages.", no_args_is_help=True, add_completion=False
)
tokens = typer.Typer(help="Tokens for people and programs.", no_args_is_help=True)
cli.add_typer(tokens, name="tokens")


def _with_database(work: Callable[[Any, Any], Awaitable[Any]]) -> Any:
    """Run `work(database, act)` on the configured database, which must have the schema of this version."""
    from app import clock
    from app.database import Act, connect
    from app.database.schema import check_schema

    settings = Settings()
    at = clock.now()
    act = Act(
        at=at,
        today=clock.day_of(at, settings.zone),
        actor="system:cli",
        actor_name="command line",
        role="system",
        action=" ".join(sys.argv[1:3]),
        request_id=f"cli-{at}",
    )

    async def run() -> Any:
        database = connect(settings.database_url, pool_size=1)
        await database.open()
        try:
            check_schema(await database.revision())
            return await work(database, act)
        finally:
            await database.close()

    return asyncio.run(run())


@cli.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    from app.database.migrate import migrate as run

    run(Settings().database_url)


@cli.command()
def seed(
    regions: Annotated[
        Path | None, typer.Option(help="A CSV file of regions instead of Kukar's data.")
    ] = None,
) -> None:
    """Load Kukar's real data, or a table of regions. Running it again changes nothing."""
    from app.seed import kukar_data
    from app.seed import regions as table

    async def work(database: Any, act: Any) -> Any:
        if regions is not None:
            return asdict(await table.load(database, act, table.read(regions)))
        return await kukar_data.load_all(database, act)

    typer.echo(_loaded(_with_database(work)), err=True)


def _loaded(counts: Mapping[str, int]) -> str:
    new = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
    return f"Loaded {', '.join(new)}." if new else "Everything was there already; nothing was missing."


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
    from pydantic import TypeAdapter, ValidationError

    from app.access.policy import ROLES
    from app.access.tokens import keep, new_token
    from app.regions.codes import Region

    if role not in ROLES:
        raise typer.BadParameter(f"one of {', '.join(ROLES)}", param_hint="--role")
    try:
        reach = TypeAdapter(Region).validate_python(region) if region else ""
    except ValidationError as wrong:
        raise typer.BadParameter("a code prefix, as 64.02.04", param_hint="--region") from wrong
    token = new_token()

    async def work(database: Any, act: Any) -> None:
        async def unit(tx: Any) -> None:
            await keep(tx, token, role=role, name=name, region=reach, source=source or name)

        await database.write(act, unit)

    _with_database(work)
    typer.echo(token)


@cli.command()
def serve() -> None:
    """Serve the API at BERDAYA_HOST and BERDAYA_PORT."""
    from app.serving import serve as run

    run(Settings())


def main() -> None:
    """The entry point; a refusal of ours is one line on stderr and exit status 1."""
    from app.database import Failure
    from app.database.schema import StaleSchema
    from app.seed.regions import UnusableTable

    try:
        cli()
    except (StaleSchema, UnusableTable, Failure, ValueError) as refused:
        typer.echo(f"berdaya: {refused}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
