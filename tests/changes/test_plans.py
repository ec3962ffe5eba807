"""The feed goes on in the middle of an index on either engine, however long the log has become."""

import asyncpg
import pytest

from app.changes import copying, queries
from app.changes.types import REGISTERS
from app.database import Statement, connect
from app.database.statement import Prepared
from tests.conftest import Templates

FEED: dict[str, Statement] = {
    "edge": queries.edge,
    "present": queries.present,
    "newest": queries.newest,
    **{str(form): statement for form, statement in queries.found.items()},
}
ARGUMENTS = {
    "after_transaction": 0,
    "after_position": 100,
    "upto_transaction": 0,
    "upto_position": 200,
    "placed": ["village"],
    "placeless": ["token"],
    "codes": ["64.02.04.2001"],
    "from": "64",
    "to": "64/",
    "window": 2_000,
    "limit": 50,
}


@pytest.mark.parametrize("name", FEED)
async def test_sqlite_searches_the_index_of_the_feed(name: str, templates: Templates) -> None:
    prepared = FEED[name].sqlite
    url = templates.fresh("sqlite")
    database = connect(url)
    await database.open()

    explained = Prepared(
        f"EXPLAIN QUERY PLAN {prepared.text}", prepared.arguments, prepared.defaults, prepared.as_json
    )
    rows = database._reader.fetch(explained, ARGUMENTS)  # type: ignore[attr-defined]  # what only SQLite has

    await database.close()
    templates.drop(url)
    plan = [row[3] for row in rows if " changes " in f"{row[3]} "]
    assert plan
    assert all("ix_changes_feed" in step for step in plan), plan


@pytest.mark.parametrize("kind", REGISTERS)
async def test_a_copy_is_read_by_identity_alone(kind: str, templates: Templates) -> None:
    edge, found = copying._statements(kind)
    url = templates.fresh("sqlite")
    database = connect(url)
    await database.open()

    plans = []
    for prepared in (edge.sqlite, *(one.sqlite for one in found.values())):
        explained = Prepared(
            f"EXPLAIN QUERY PLAN {prepared.text}", prepared.arguments, prepared.defaults, prepared.as_json
        )
        rows = database._reader.fetch(explained, {**ARGUMENTS, "after": "", "upto": "z"})  # type: ignore[attr-defined]  # what only SQLite has
        plans += [row[3] for row in rows if REGISTERS[kind].table.name in row[3].split()]

    await database.close()
    templates.drop(url)
    assert len(plans) == 4
    assert all(step.startswith("SEARCH") and f"({by(kind)}>?" in step for step in plans), plans


def by(kind: str) -> str:
    """The column that names a thing of a kind for ever."""
    return REGISTERS[kind].identity


@pytest.mark.engine("postgresql")
@pytest.mark.parametrize("name", FEED)
async def test_postgresql_searches_the_index_of_the_feed(name: str, database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    prepared = FEED[name].postgresql
    await connection.execute(
        "INSERT INTO changes (transaction_id, id, type, resource_id, operation, version, at, village_code)"
        " SELECT 3, gen_random_uuid(), 'village', 'x', 'updated', n, now(), '64.02.04.2001'"
        " FROM generate_series(1, 20000) n"
    )
    await connection.execute("VACUUM ANALYZE changes")
    await connection.execute("SET plan_cache_mode = force_generic_plan")

    rows = await connection.fetch(f"EXPLAIN {prepared.text}", *prepared.bind(ARGUMENTS))

    await connection.close()
    plan = [row[0] for row in rows]
    assert any("ix_changes_feed" in step for step in plan), plan
    assert not any("Seq Scan on changes" in step or "on changes_pkey" in step for step in plan), plan
