"""Every write leaves exactly one change record and one audit row, of the same version, in its own transaction."""

import asyncio
from typing import Any, NamedTuple

import httpx
import orjson
import pytest
from sqlalchemy import bindparam, func, select

from app.database import Database, Outrun, Statement, Transaction
from app.database.ledgers import audit, changes
from app.database.words import Position
from app.villages.tables import VILLAGES
from tests.conftest import Callers, act_of

SEPATIN = "/v1/villages/64.02.04.2001"
NEW = {"code": "64.02.04.2777", "name": "Uji"}

_last = Statement(
    select(
        select(func.coalesce(func.max(changes.c.position), 0)).scalar_subquery(),
        select(func.coalesce(func.max(audit.c.position), 0)).scalar_subquery(),
    )
)
_changes = Statement(
    select(
        changes.c.type,
        changes.c.resource_id,
        changes.c.operation,
        changes.c.version,
        changes.c.at,
        changes.c.village_code,
        changes.c.transaction_id,
        changes.c.data,
    )
    .where(changes.c.position > bindparam("after", type_=Position))
    .order_by(changes.c.position)
)
_audit = Statement(
    select(
        audit.c.type,
        audit.c.resource_id,
        audit.c.action,
        audit.c.version,
        audit.c.at,
        audit.c.village_code,
        audit.c.transaction_id,
        audit.c.before,
        audit.c.after,
        audit.c.actor_name,
        audit.c.role,
        audit.c.request_id,
        audit.c.address,
    )
    .where(audit.c.position > bindparam("after", type_=Position))
    .order_by(audit.c.position)
)


class Left(NamedTuple):
    """What a write left behind."""

    changes: list[dict[str, Any]]
    audit: list[dict[str, Any]]


class Ledgers:
    """Reads what was written since it was made."""

    def __init__(self, database: Database, after: Any) -> None:
        self._database = database
        self._after = after

    async def since(self) -> Left:
        """The rows since then."""
        rows = []
        for statement, after in zip((_changes, _audit), self._after, strict=True):
            names = [column.name for column in statement.construct.selected_columns]  # type: ignore[attr-defined]  # a Select
            found = await self._database.fetch(statement, {"after": after})
            rows.append([dict(zip(names, row, strict=True)) for row in found])
        return Left(*rows)


@pytest.fixture
async def ledgers(database: Database, office: httpx.AsyncClient) -> Ledgers:
    """The ledgers from here on."""
    return Ledgers(database, await database.row(_last, {}))


def paired(left: Left) -> list[tuple[str, int]]:
    """The operations and versions, having checked that the two ledgers tell of the same."""
    shared = ("type", "resource_id", "version", "at", "village_code", "transaction_id")
    assert [[row[name] for name in shared] for row in left.changes] == [
        [row[name] for name in shared] for row in left.audit
    ]
    return [(row["operation"], row["version"]) for row in left.changes]


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


async def test_many_rows_written_at_once_are_recorded_one_by_one(
    ledgers: Ledgers, database: Database
) -> None:
    async def unit(tx: Transaction) -> None:
        village = await VILLAGES.find(tx, "64.02.04.2001")
        assert village is not None
        twins = [
            {**village, "code": f"64.02.04.2{n}", "village_id": f"00000000-0000-7000-8000-000000000{n}"}
            for n in range(700, 750)
        ]
        await VILLAGES.create_many(tx, twins)

    await database.write(act_of("load"), unit)

    left = await ledgers.since()
    assert paired(left) == [("created", 1)] * 50
    assert [orjson.loads(row["data"])["code"] for row in left.changes] == [
        f"64.02.04.2{n}" for n in range(700, 750)
    ]
