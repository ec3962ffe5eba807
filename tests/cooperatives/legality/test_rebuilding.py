"""Rebuilding mends exactly what was tampered with, and of a register that is as its events say it changes nothing."""

from typing import Any

import anyio.to_thread
import httpx
import pytest
from sqlalchemy import delete, func, select, update

from app.cooperatives.legality.rebuilding import Rebuilt, rebuild
from app.cooperatives.legality.tables import legality_claims, legality_standings
from app.cooperatives.tables import cooperatives
from app.database import Database, Statement, Transaction
from app.database.ledgers import changes
from tests.conftest import act_of
from tests.cooperatives.registering import OF_SEPATIN
from tests.operation.running import berdaya

SK, NIB = "AHU-0000001.AH.01.29.TAHUN 2025", "1234567890123"
TAMPERING: dict[str, Any] = {
    "the text it is read as": update(cooperatives).values(
        document=func.replace(cooperatives.c.document, '"berbadan_hukum"', '"dibubarkan"')
    ),
    "a column it is filtered by": update(cooperatives).values(legality_stage="ditolak"),
    "another column": update(cooperatives).values(nib=None, loan_ready="true"),
    "who claims a number": delete(legality_claims).where(legality_claims.c.kind == "sk_ahu"),
    "since when a stage holds": update(legality_standings).values(stage_since_on="2020-01-01"),
    "what a cooperative has": delete(legality_standings),
    "what is claimed": update(legality_claims)
    .where(legality_claims.c.kind == "nib")
    .values(number="9999999999999"),
}
_changes = Statement(select(func.count()).select_from(changes))
_rows = Statement(select(*cooperatives.c).order_by(cooperatives.c.id))
_claims = Statement(select(*legality_claims.c).order_by(*legality_claims.primary_key))
_standings = Statement(select(*legality_standings.c).order_by(legality_standings.c.cooperative_id))


async def run(database: Database, statement: Any) -> None:
    async def unit(tx: Transaction) -> None:
        await tx.execute(Statement(statement), {})

    await database.write(act_of("tampering"), unit)


async def everything(database: Database) -> list[Any]:
    """All that is made from the events, and how many changes were told."""
    rows = [
        dict(zip((c.name for c in cooperatives.c), row, strict=True))
        for row in await database.fetch(_rows, {})
    ]
    told = [tuple(value for name, value in row.items() if name not in UNTOLD) for row in rows]
    beside = [await database.fetch(statement, {}) for statement in (_claims, _standings)]
    return [told, *([tuple(row) for row in rows] for rows in beside)]


UNTOLD = {"version", "updated_at", "document"}


@pytest.fixture
async def register(office: httpx.AsyncClient) -> list[str]:
    """Three cooperatives: two with events, two of which claim one number."""
    made = []
    for name in ("Satu", "Dua", "Tiga"):
        told = {**OF_SEPATIN, "kind": "lainnya", "name": f"Koperasi Percobaan {name}"}
        made.append((await office.post("/v1/cooperatives", json=told)).json()["id"])
    for at, id in enumerate(made[:2]):
        for milestone, number in (("sk_ahu", SK.replace("1.AH", f"{at}.AH")), ("nib", NIB)):
            event = {
                "event_id": f"{milestone} {at}",
                "milestone": milestone,
                "outcome": "achieved",
                "occurred_on": "2025-06-20",
                "number": number,
            }
            answer = await office.post(f"/v1/cooperatives/{id}/legality-events", json=event)
            assert answer.status_code == 201
    return made


async def test_what_is_as_its_events_say_is_left_alone(database: Database, register: list[str]) -> None:
    before, told = await everything(database), await database.row(_changes, {})

    rebuilt = await rebuild(database, act_of("rebuild"))

    assert rebuilt == Rebuilt(3, 0)
    assert await everything(database) == before
    assert await database.row(_changes, {}) == told


@pytest.mark.parametrize("what", TAMPERING)
async def test_what_was_tampered_with_is_mended_and_nothing_else(
    database: Database, office: httpx.AsyncClient, register: list[str], what: str
) -> None:
    before = await everything(database)
    shown = [(await office.get(f"/v1/cooperatives/{id}")).json() for id in register]
    statement = TAMPERING[what]
    columns = statement.table.c
    of_one = columns.id if statement.table is cooperatives else columns.cooperative_id
    await run(database, statement.where(of_one == register[0]))
    assert await everything(database) != before or "text" in what

    rebuilt = await rebuild(database, act_of("rebuild"))
    again = await rebuild(database, act_of("rebuild"))

    after = [(await office.get(f"/v1/cooperatives/{id}")).json() for id in register]
    times = {"version", "updated_at"}
    assert (rebuilt, again) == (Rebuilt(3, 1), Rebuilt(3, 0))
    assert await everything(database) == before
    assert [{k: v for k, v in one.items() if k not in times} for one in after] == [
        {k: v for k, v in one.items() if k not in times} for one in shown
    ]
    assert after[1:] == shown[1:]


async def test_cooperatives_from_before_the_ledger_show_that_nothing_is_known(
    database: Database, office: httpx.AsyncClient, register: list[str]
) -> None:
    blank = func.replace(
        cooperatives.c.document, '"legality_stage":"belum_terbentuk"', '"legality_stage":null'
    )
    await run(
        database,
        update(cooperatives)
        .where(cooperatives.c.id == register[2])
        .values(legality_stage=None, loan_ready=None, document=blank),
    )

    rebuilt = await rebuild(database, act_of("rebuild"))

    assert rebuilt.differed == 1
    assert (await office.get(f"/v1/cooperatives/{register[2]}")).json()["legality_stage"] == "belum_terbentuk"


async def test_the_command_says_how_many_differed(
    database: Database, database_url: str, register: list[str]
) -> None:
    await run(database, TAMPERING["a column it is filtered by"])

    first = await anyio.to_thread.run_sync(lambda: berdaya("rebuild-legality", url=database_url))
    second = await anyio.to_thread.run_sync(lambda: berdaya("rebuild-legality", url=database_url))

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == "3 cooperatives, 3 differed from their events.\n"
    assert second.stdout == "3 cooperatives, 0 differed from their events.\n"
