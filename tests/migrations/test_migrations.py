"""Migrations on both engines: up, down, up again, with data; and no drift between them and the tables."""

import warnings

import anyio.to_thread
import httpx
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.database.migrate import alembic_config, migrate
from app.database.schema import HEAD
from tests.conftest import Templates


def test_the_code_needs_the_newest_migration_and_there_is_one_head() -> None:
    heads = ScriptDirectory.from_config(alembic_config("sqlite:///unused.db")).get_heads()

    assert heads == [HEAD]


def test_tables_and_migrations_agree(engine: str, templates: Templates) -> None:
    url = templates.empty(engine)
    migrate(url)

    _check(url)


def test_up_down_and_up_again(engine: str, templates: Templates) -> None:
    url = templates.empty(engine)

    migrate(url)
    command.downgrade(alembic_config(url), "base")
    migrate(url)

    _check(url)


def _check(url: str) -> None:
    with warnings.catch_warnings():
        # SQLite cannot tell an index over an expression apart, so Alembic leaves those out, and says so.
        warnings.filterwarnings("ignore", message=".*expression-based index")
        command.check(alembic_config(url))


async def test_migrating_a_database_with_data_again_keeps_it(
    database_url: str, visitor: httpx.AsyncClient
) -> None:
    before = (await visitor.get("/v1/villages?count=exact")).json()

    await anyio.to_thread.run_sync(migrate, database_url)

    assert (await visitor.get("/v1/villages?count=exact")).json() == before


def test_a_downgrade_that_would_lose_data_is_refused(engine: str, templates: Templates) -> None:
    url = templates.fresh(engine)

    with pytest.raises(RuntimeError, match="would lose"):
        command.downgrade(alembic_config(url), "base")
