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
webhooks = typer.Typer(help="Secrets that sign deliveries.", no_args_is_help=True)
cli.add_typer(webhooks, name="webhooks")
simulate = typer.Typer(help="Senders to test a running server with.", no_args_is_help=True)
cli.add_typer(simulate, name="simulate")


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
    from app.access.policy import ROLES
    from app.access.tokens import keep, new_token

    if role not in ROLES:
        raise typer.BadParameter(f"one of {', '.join(ROLES)}", param_hint="--role")
    reach = _reach(region)
    token = new_token()

    async def work(database: Any, act: Any) -> None:
        async def unit(tx: Any) -> None:
            await keep(tx, token, role=role, name=name, region=reach, source=source or name)

        await database.write(act, unit)

    _with_database(work)
    typer.echo(token)


def _reach(region: str) -> str:
    from pydantic import TypeAdapter, ValidationError

    from app.regions.codes import Region

    try:
        return TypeAdapter(Region).validate_python(region) if region else ""
    except ValidationError as wrong:
        raise typer.BadParameter("a code prefix, as 64.02.04", param_hint="--region") from wrong


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
    reach, key = _reach(region), new_key()

    async def work(database: Any, act: Any) -> None:
        async def unit(tx: Any) -> None:
            await keep(tx, key, source=source, region=reach, overlap_hours=overlap_hours)

        await database.write(act, unit)

    _with_database(work)
    typer.echo(text_of(key))


@webhooks.command("list")
def list_secrets() -> None:
    """Print whose secrets there are, from when and until when they count; never a secret."""
    from app.access.webhooks import listed

    async def work(database: Any, act: Any) -> Any:
        return await listed(database)

    for source, id, region, made, until in _with_database(work):
        typer.echo(
            f"{source}\t{id}\t{region or 'everywhere'}\tfrom {made}\t{f'until {until}' if until else ''}".rstrip()
        )


@cli.command("rebuild-legality")
def rebuild_legality() -> None:
    """Make what cooperatives show of their legality again, from the events alone. 0 differed proves it equal."""
    from app.cooperatives.legality.rebuilding import rebuild

    rebuilt = _with_database(rebuild)
    typer.echo(f"{rebuilt.cooperatives} cooperatives, {rebuilt.differed} differed from their events.")


@simulate.command("legality")
def simulate_legality(
    *,
    token: Annotated[str, typer.Option(help="Of an integrator, or of whoever may push legality events.")],
    url: Annotated[str, typer.Option(help="Where the server is.")] = "http://127.0.0.1:8000",
    senders: Annotated[int, typer.Option(min=1, max=64, help="How many send at once.")] = 8,
    events: Annotated[int, typer.Option(min=1, max=100_000, help="How many different events.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="The same seed tells the same events.")] = 1,
    region: Annotated[str, typer.Option(help="Only of cooperatives there, as 64.02.04.")] = "",
    webhook_secret: Annotated[str, typer.Option(help="whsec_…, of the same source as the token.")] = "",
) -> None:
    """Play a misbehaving integration against a running server that is there for it: it tells demo events.

    In the end the server must show exactly what was sent; exit status 1 when it does not.
    """
    from app.http.signature import key_of
    from app.simulate.legality import Simulation, run
    from app.simulate.wire import Unanswered

    key = key_of(webhook_secret) if webhook_secret else None
    zone = Settings().zone
    asked = Simulation(
        url=url,
        token=token,
        zone=zone,
        senders=senders,
        events=events,
        seed=seed,
        region=_reach(region),
        key=key,
    )
    try:
        report = run(asked)
    except Unanswered as unanswered:
        raise ValueError(str(unanswered)) from unanswered
    typer.echo("\n".join(report.lines()))
    if report.wrong:
        raise typer.Exit(1)


@cli.command()
def serve() -> None:
    """Serve the API at BERDAYA_HOST and BERDAYA_PORT."""
    from app.serving import serve as run

    run(Settings())


def main() -> None:
    """The entry point; a refusal of ours is one line on stderr and exit status 1."""
    from pydantic import ValidationError

    from app.database import Failure
    from app.database.schema import StaleSchema
    from app.seed.regions import UnusableTable

    try:
        cli()
    except ValidationError as wrong:
        for one in wrong.errors(include_url=False):
            name = "_".join(str(step) for step in one["loc"]).upper()
            typer.echo(f"berdaya: BERDAYA_{name}: {one['msg']}", err=True)
        sys.exit(1)
    except (StaleSchema, UnusableTable, Failure, ValueError, OSError) as refused:
        typer.echo(f"berdaya: {refused}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
