"""The command `berdaya`: one module a group of commands. Results go to stdout, everything else to stderr."""

import gc
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.audit import audit
from app.cli.backups import backup, restore
from app.cli.idm import idm
from app.cli.running import with_database
from app.cli.simulate import simulate
from app.cli.subject import subject
from app.cli.tokens import tokens
from app.cli.users import users
from app.cli.webhooks import webhooks
from app.settings import Settings

cli = typer.Typer(
    name="berdaya", help="The register that lifts villages.", no_args_is_help=True, add_completion=False
)
for name, group in {
    "tokens": tokens,
    "users": users,
    "audit": audit,
    "idm": idm,
    "webhooks": webhooks,
    "subject": subject,
    "simulate": simulate,
}.items():
    cli.add_typer(group, name=name)

cli.command("backup")(backup)
cli.command("restore")(restore)


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

    typer.echo(_loaded(with_database(work)), err=True)


def _loaded(counts: Mapping[str, int]) -> str:
    new = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
    return f"Loaded {', '.join(new)}." if new else "Everything was there already; nothing was missing."


@cli.command("rebuild-legality")
def rebuild_legality() -> None:
    """Make what cooperatives show of their legality again, from the events alone. 0 differed proves it equal."""
    from app.cooperatives.legality.rebuilding import rebuild

    rebuilt = with_database(rebuild)
    typer.echo(f"{rebuilt.cooperatives} cooperatives, {rebuilt.differed} differed from their events.")


@cli.command()
def serve() -> None:
    """Serve the API at BERDAYA_HOST and BERDAYA_PORT."""
    gc.disable()  # what is imported stays: looking for garbage in it takes an eighth of the start
    from app.serving import serve as run

    gc.enable()
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
