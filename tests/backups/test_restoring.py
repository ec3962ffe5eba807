"""What was committed when the backup was made is there after the restore, and what it meant elsewhere is not."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest
from alembic import command
from sqlalchemy import func, insert, select

from app.access.audit.verifying import verify
from app.backups.form import Unusable
from app.database import Database, Statement
from app.database.ledgers import changes
from app.database.migrate import alembic_config
from app.database.schema import HEAD, RESTORING, StaleSchema
from app.database.whole import filling
from app.database.words import new_id
from app.exchange.imports.tables import import_jobs
from app.groups.tables import groups
from app.subjects.erasing import erase, recorded
from tests.access.people import admitted, signed_in
from tests.backups.conftest import Move
from tests.backups.making import NEW_LIFE, backed_up, opened, restored, served, sums, wrong_in_the_trail
from tests.changes.reading import feed
from tests.changes.writing import Office
from tests.conftest import Callers, Templates, act_of
from tests.groups.making import GROUP
from tests.migrations.test_migrations import on
from tests.personal import OWNER, PHONE
from tests.ukms.registering import UKM, address, registered

TOLD = {"owner_kind": "perorangan", "owner_name": OWNER, "phone": PHONE}
_versions = Statement(select(groups.c.id, groups.c.version).order_by(groups.c.id))
_last_changes = Statement(
    select(changes.c.resource_id, func.max(changes.c.version))
    .where(
        changes.c.type == "group",
        changes.c.resource_id.in_(select(groups.c.id.cast(changes.c.resource_id.type))),
    )
    .group_by(changes.c.resource_id)
    .order_by(changes.c.resource_id)
)


async def test_a_backup_beside_writers_is_of_one_instant_and_comes_back_table_by_table(
    engine: str, database: Database, move: Move
) -> None:
    office = Office(database, slow=engine == "postgresql")
    await asyncio.gather(*(office.write(writer, 60) for writer in range(4)))
    writing = [asyncio.create_task(office.write(writer, 10_000)) for writer in range(4, 8)]

    manifest = await move.out()
    for one in writing:
        one.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
    await move.back()

    told = {table: one for table, one in manifest.tables.items() if table not in NEW_LIFE}
    assert await sums(move.place, move.file) == told
    assert await wrong_in_the_trail(move.place, manifest.audit_head) == 0
    async with opened(move.place) as copy:
        assert await copy.revision() == HEAD
        assert (await verify(copy)).unsealed == 0
        assert list(await copy.fetch(_versions, {})) == list(await copy.fetch(_last_changes, {}))
        [[written]] = await database.fetch(Statement(select(func.count()).select_from(changes)), {})
    assert 297 < manifest.tables["changes"]["rows"] <= written


async def test_a_restored_register_serves_and_replays_and_its_feed_starts_again(
    office: httpx.AsyncClient, move: Move
) -> None:
    sent: dict[str, Any] = {"json": GROUP, "headers": {"idempotency-key": "once"}}
    first = await office.post("/v1/groups", **sent)
    told, cursor = await feed(office, limit="500")
    await move.out()
    await office.post("/v1/groups", json=GROUP)

    restore = await move.back()

    async with served(move.place) as client:
        client.headers["authorization"] = office.headers["authorization"]
        before = await client.get("/v1/changes", params={"after": cursor})
        again = await client.post("/v1/groups", **sent)
        new = await client.post("/v1/groups", json=GROUP)
        anew, _ = await feed(client, limit="500")
        trail = (await client.get("/v1/audit", params={"action": "restore"})).json()["items"]
    assert (before.status_code, before.json()["errors"][0]["code"]) == (410, "feed.restarted")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert new.status_code == 201
    assert [one["resource_id"] for one in anew] == [one["resource_id"] for one in told] + [new.json()["id"]]
    assert [one["resource_id"] for one in trail] == [restore.epoch]
    assert trail[0]["after"]["audit_head"] == restore.manifest.audit_head


async def test_who_was_erased_after_the_backup_stays_erased(
    office: httpx.AsyncClient, database: Database, move: Move
) -> None:
    sent: dict[str, Any] = {"json": {**UKM, **TOLD}, "headers": {"idempotency-key": "once"}}
    ukm = (await office.post("/v1/ukms", **sent)).json()
    other = await registered(office, **TOLD)
    await move.out()
    await database.write(act_of("erase"), lambda tx: erase(tx, "ukm", ukm["id"], "Permintaan"))

    restore = await move.back(*await recorded(database))

    async with served(move.place) as client:
        client.headers["authorization"] = office.headers["authorization"]
        shown = [(await client.get(address(one))).json()["owner_name"] for one in (ukm, other)]
        again = await client.post("/v1/ukms", **sent)
    assert (restore.erased, shown) == (1, [None, OWNER])
    assert (again.status_code, again.json()["code"]) == (409, "idempotency.erased")


async def test_sessions_end_and_what_was_being_worked_on_is_there_for_anybody(
    office: httpx.AsyncClient, callers: Callers, database: Database, move: Move
) -> None:
    await admitted(office)
    session = await signed_in(callers)
    await database.write(act_of("test"), _held)
    await move.out()

    await move.back()

    async with opened(move.place) as copy:
        [[status, by, until]] = await copy.fetch(
            Statement(select(import_jobs.c.status, import_jobs.c.leased_by, import_jobs.c.leased_until)), {}
        )
    async with served(move.place) as client:
        answers = [
            (
                await client.get("/v1/ukms", headers={"authorization": one.headers["authorization"]})
            ).status_code
            for one in (session, office)
        ]
    assert (status, by, until) == ("running", None, None)
    assert answers == [401, 200]


async def _held(tx: Any) -> None:
    """An import that a worker is at."""
    numbers = (
        "partial",
        "size",
        "done",
        "errors_total",
        "rows_create",
        "rows_update",
        "rows_unchanged",
        "rows_refused",
    )
    words = ("kind", "caller", "media", "digest", "reach")
    given = {
        **dict.fromkeys(numbers, 0),
        **dict.fromkeys(words, "contoh"),
        "mode": "plan",
        "status": "running",
        "sender": "{}",
        "file": b"\x00\xff",
        "attempts": 1,
        "id": new_id(),
        "created_at": tx.act.at,
        "leased_by": "contoh",
        "leased_until": "2099-01-01T00:00:00.000000Z",
    }
    await tx.execute(Statement(insert(import_jobs).values(given)), {})


@pytest.mark.engine("postgresql")
async def test_a_backup_of_either_engine_fills_the_other(
    engine: str, office: httpx.AsyncClient, move: Move, templates: Templates
) -> None:
    await registered(office, **TOLD)
    await office.post("/v1/groups", json=GROUP, headers={"idempotency-key": "once"})
    there, second = templates.empty("sqlite"), move.file.with_name("second.backup")

    first = await move.out()
    await restored(there, move.file)
    again = await backed_up(there, second)
    await restored(move.place, second)

    assert (first.head.engine, again.head.engine) == ("postgresql", "sqlite")
    told = {table: one for table, one in first.tables.items() if table not in NEW_LIFE}
    assert {table: one["rows"] for table, one in (await sums(move.place, move.file)).items()} == {
        table: one["rows"] for table, one in told.items()
    }
    for head in (first.audit_head, again.audit_head):
        assert await wrong_in_the_trail(move.place, head) == 0


async def test_a_backup_of_an_earlier_revision_is_migrated_once_it_is_back(
    empty: Callable[[], str], tmp_path: Path
) -> None:
    old, place, file = empty(), empty(), tmp_path / "a.backup"
    await anyio.to_thread.run_sync(command.upgrade, alembic_config(old), "0010")
    row = "INSERT INTO kept_answers VALUES ('c', 'r', 'k', 'f', 201, '{}', '', '2026-02-25T23:59:59.123456Z')"
    await anyio.to_thread.run_sync(on, old, row)

    manifest = await backed_up(old, file)
    await restored(place, file)

    assert (manifest.head.revision, "import_jobs" in manifest.tables) == ("0010", False)
    assert await anyio.to_thread.run_sync(on, place, "SELECT fingerprint FROM kept_answers") == "f"
    assert await anyio.to_thread.run_sync(on, place, "SELECT version_num FROM alembic_version") == HEAD


async def test_a_place_that_is_not_empty_is_left_as_it_is(move: Move) -> None:
    manifest = await move.out()
    await move.back()
    async with filling(move.place) as whole:
        await whole.mark(RESTORING)

    with pytest.raises(Unusable, match="has tables already"):
        await restored(move.url, move.file)
    with pytest.raises(Unusable, match="did not end"):
        await restored(move.place, move.file)
    with pytest.raises(StaleSchema, match="did not end"):
        await backed_up(move.place, move.file.with_name("half.backup"))

    assert await sums(move.url, move.file, without=set()) == manifest.tables
