"""Migrations on both engines: up, down, up again, with data; and no drift between them and the tables."""

import asyncio
import json
import sqlite3
import warnings
from contextlib import closing

import anyio.to_thread
import asyncpg
import httpx
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.access.tables import TOKENS
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


def test_an_answer_kept_before_stays_kept_for_its_seven_days(engine: str, templates: Templates) -> None:
    url = templates.empty(engine)
    command.upgrade(alembic_config(url), "0001")
    on(
        url,
        "INSERT INTO kept_answers VALUES ('c', 'r', 'k', 'f', 201, '{}', '', '2026-02-25T23:59:59.123456Z')",
    )

    command.upgrade(alembic_config(url), "0002")
    until = on(url, "SELECT until FROM kept_answers")
    command.downgrade(alembic_config(url), "0001")
    at = on(url, "SELECT at FROM kept_answers")

    assert [one.removesuffix("Z").replace(" ", "T")[:26] for one in (until, at)] == [
        "2026-03-04T23:59:59.123456",
        "2026-02-25T23:59:59.123456",
    ]


def test_tokens_made_before_users_are_registered_and_the_revoked_are_gone(
    engine: str, templates: Templates
) -> None:
    url = templates.empty(engine)
    command.upgrade(alembic_config(url), "0002")
    id, at = "00000000-0000-7000-8000-00000000000", "2026-01-05T01:30:00.123456Z"
    for number, revoked in ((1, "NULL"), (2, f"'{at}'")):
        on(
            url,
            "INSERT INTO tokens (id, hash, name, role, region, source, created_at, revoked_at) "  # noqa: S608  # our own words
            f"VALUES ('{id}{number}', 'h{number}', 'Contoh Á', 'viewer', '', 's', '{at}', {revoked})",
        )

    command.upgrade(alembic_config(url), "0003")
    counted, key = on(url, "SELECT count(*) FROM tokens"), on(url, "SELECT name_key FROM tokens")
    document = json.loads(on(url, "SELECT document FROM tokens"))
    command.downgrade(alembic_config(url), "0002")
    command.upgrade(alembic_config(url), "0003")

    assert (counted, key) == ("1", "contoh a")
    assert document == json.loads(on(url, "SELECT document FROM tokens"))
    assert list(document) == list(TOKENS.fields)
    assert (document["id"], document["region"], document["created_at"]) == (f"{id}1", None, at)


def test_a_downgrade_that_would_lose_users_is_refused(engine: str, templates: Templates) -> None:
    url = templates.empty(engine)
    command.upgrade(alembic_config(url), "0003")
    on(
        url,
        "INSERT INTO users VALUES ('00000000-0000-7000-8000-000000000001', 'Contoh', 'contoh', 'viewer', '', 'x', 1, "
        "'2026-01-05T01:30:00Z', '2026-01-05T01:30:00Z', '{}')",
    )

    with pytest.raises(RuntimeError, match="would lose"):
        command.downgrade(alembic_config(url), "0002")


def on(url: str, said: str) -> str:
    """Run a statement; gives the first value of its answer, in UTC."""

    async def work() -> str:
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
                row = file.execute(said).fetchone()
                return str(row[0]) if row else ""
        connection = await asyncpg.connect(url)
        value = await connection.fetchval(said)
        await connection.close()
        return str(value)

    return asyncio.run(work())
