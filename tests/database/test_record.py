"""Every write leaves exactly one change record and one audit row, of the same version, in its own transaction."""

import asyncio

import httpx
import orjson
import pytest

from app.database import Database, Outrun, Transaction
from app.villages.tables import VILLAGES
from tests.conftest import Callers, act_of
from tests.database.ledgers import Ledgers, Left, last, paired

SEPATIN = "/v1/villages/64.02.04.2001"
NEW = {"code": "64.02.04.2777", "name": "Uji"}


@pytest.fixture
async def ledgers(database: Database, office: httpx.AsyncClient) -> Ledgers:
    """The ledgers from here on."""
    return Ledgers(database, await database.row(last, {}))


async def test_the_life_of_a_village_is_told_version_by_version(
    ledgers: Ledgers, office: httpx.AsyncClient
) -> None:
    headers = {"x-request-id": "the-life"}
    made = await office.post("/v1/villages", json=NEW, headers=headers)
    changed = await office.patch("/v1/villages/64.02.04.2777", json={"households": 4}, headers=headers)
    recoding = {"new_code": "64.02.04.2778", "effective_on": "2026-01-01", "legal_basis": "Uji"}
    recoded = await office.post("/v1/villages/64.02.04.2777/recode", json=recoding, headers=headers)
    await office.delete("/v1/villages/64.02.04.2778", headers=headers)

    left = await ledgers.since()
    assert paired(left) == [("created", 1), ("updated", 2), ("updated", 3), ("deleted", 4)]
    assert [row["data"] and row["data"].encode() for row in left.changes] == [
        made.content,
        changed.content,
        recoded.content,
        None,
    ]
    assert [row["village_code"] for row in left.changes] == ["64.02.04.2777"] * 2 + ["64.02.04.2778"] * 2
    assert len({row["resource_id"] for row in left.changes}) == 1
    assert [row["action"] for row in left.audit] == [
        "register_village",
        "amend_village",
        "recode_village",
        "remove_village",
    ]
    assert {(row["actor_name"], row["role"], row["request_id"]) for row in left.audit} == {
        ("office", "admin", "the-life")
    }
    assert {row["address"] for row in left.audit} == {"127.0.0.1"}


async def test_the_trail_tells_only_what_differs(ledgers: Ledgers, office: httpx.AsyncClient) -> None:
    await office.patch(SEPATIN, json={"households": 4, "name": "Sepatin"})

    told = (await ledgers.since()).audit[0]

    assert orjson.loads(told["before"]) == {"households": None}
    assert orjson.loads(told["after"]) == {"households": 4}


async def test_what_changes_nothing_leaves_nothing(ledgers: Ledgers, office: httpx.AsyncClient) -> None:
    read = (await office.get(SEPATIN)).json()

    answers = [await office.patch(SEPATIN, json=patch) for patch in ({}, read, {"name": "Sepatin"})]

    assert {answer.status_code for answer in answers} == {200}
    assert await ledgers.since() == Left([], [])


async def test_what_is_refused_leaves_nothing(
    ledgers: Ledgers, office: httpx.AsyncClient, callers: Callers
) -> None:
    near = {"new_code": "64.02.04.2002", "effective_on": "2026-01-01", "legal_basis": "Uji"}

    statuses = [
        (await callers.anybody().patch(SEPATIN, json={"households": 1})).status_code,
        (await office.patch(SEPATIN, json={"households": -1})).status_code,
        (await office.patch(SEPATIN, json={"households": 1}, headers={"if-match": '"9"'})).status_code,
        (await office.delete(SEPATIN, headers={"if-match": '"9"'})).status_code,
        (await office.delete("/v1/villages/64.02.04.2998")).status_code,
        (await office.post("/v1/villages", json={"code": "6402042001", "name": "Uji"})).status_code,
        (await office.post(f"{SEPATIN}/recode", json=near)).status_code,
    ]

    assert statuses == [401, 422, 412, 412, 404, 409, 409]
    assert await ledgers.since() == Left([], [])


async def test_a_replayed_answer_leaves_nothing_more(ledgers: Ledgers, office: httpx.AsyncClient) -> None:
    for _ in range(3):
        await office.post("/v1/villages", json=NEW, headers={"idempotency-key": "k"})

    assert paired(await ledgers.since()) == [("created", 1)]


async def test_a_unit_that_fails_after_its_write_leaves_neither_row_nor_record(
    ledgers: Ledgers, database: Database, office: httpx.AsyncClient
) -> None:
    async def unit(tx: Transaction) -> None:
        village = await VILLAGES.find(tx, "64.02.04.2001")
        assert village is not None
        await VILLAGES.update(tx, village, {**village, "name": "Lain"})
        raise ValueError("after the write")

    with pytest.raises(ValueError, match="after the write"):
        await database.write(act_of("write"), unit)

    assert await ledgers.since() == Left([], [])
    assert (await office.get(SEPATIN)).json()["name"] == "Sepatin"


async def test_a_write_that_was_outrun_records_nothing_of_its_own(
    ledgers: Ledgers, database: Database, office: httpx.AsyncClient
) -> None:
    async def unit(tx: Transaction) -> None:
        village = await VILLAGES.find(tx, "64.02.04.2001")
        assert village is not None
        stale = {**village, "version": village["version"] + 7}
        with pytest.raises(Outrun):
            await VILLAGES.update(tx, stale, {**stale, "name": "Lain"})
        with pytest.raises(Outrun):
            await VILLAGES.delete(tx, stale)

    await database.write(act_of("write"), unit)

    assert await ledgers.since() == Left([], [])
    assert (await office.get(SEPATIN)).json()["name"] == "Sepatin"


async def test_writers_at_the_same_moment_leave_a_record_each_and_no_gap(
    ledgers: Ledgers, office: httpx.AsyncClient
) -> None:
    answers = await asyncio.gather(*(office.patch(SEPATIN, json={"households": n}) for n in range(30)))

    left = await ledgers.since()
    assert paired(left) == [("updated", version) for version in range(2, 32)]
    by_version = sorted((answer.json()["version"], answer.content) for answer in answers)
    assert [row["data"].encode() for row in left.changes] == [content for _, content in by_version]
