"""Bring a database to the schema this code needs, with Alembic, on either engine."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from app.database.schema import RESTORING, STEPS_TABLE, StaleSchema

ROOT = Path(__file__).resolve().parents[2]


def alembic_config(url: str) -> Config:
    """Alembic's configuration for a database URL of ours."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head", *, marked: bool = False) -> None:
    """Run every migration that is missing; on PostgreSQL one process at a time, under an advisory lock.

    Where the place is `marked` as one that a restore is making, the mark stays, and Alembic keeps a table of its own;
    without that word such a place is `StaleSchema`.
    """
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    config = alembic_config(url)
    if marked:
        config.attributes["version_table"] = STEPS_TABLE
    try:
        command.upgrade(config, revision)
    except CommandError as unknown:
        if f"'{RESTORING}'" not in str(unknown):
            raise
        raise StaleSchema(RESTORING) from unknown


def revisions() -> frozenset[str]:
    """Every schema revision that this code can bring a database to."""
    scripts = ScriptDirectory.from_config(alembic_config(""))
    return frozenset(script.revision for script in scripts.walk_revisions())
