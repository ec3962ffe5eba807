"""A summary always equals a fresh count: whatever was put, deleted and recoded, in whatever order and by how many."""

import asyncio
from collections import defaultdict
from random import Random
from typing import Any

import anyio.to_thread
import httpx
import pytest
from alembic import command
from sqlalchemy import select, update

from app.database import Database, Statement, Transaction, connect
from app.database.migrate import alembic_config, migrate
from app.index.rebuilding import Rebuilt, rebuild
from app.index.shown import UNITS_IN_ONE
from app.index.tables import IDM_RECORDS, STATUSES, idm_summaries
from app.seed import kukar_data
from tests.conftest import act_of
from tests.index.told import at
from tests.operation.running import berdaya

INDICES = ("iks", "ike", "ikl", "idm")
VILLAGES = [f"64.02.01.200{n}" for n in range(1, 6)] + [f"64.02.02.20{n}" for n in ("01", "02")]
YEARS = (2022, 2023, 2024)

_records = Statement(select(*IDM_RECORDS.published))
_summaries = Statement(select(*idm_summaries.c))


async def counted_afresh(database: Database) -> dict[tuple[int, str], dict[str, Any]]:
    """What the representations of all records add up to, without any SQL."""
    groups = defaultdict(list)
    for row in await database.fetch(_records, {}):
        record = IDM_RECORDS.state(row)
        printed = record["published"] or {}
        told = {name: printed.get(name) for name in (*INDICES, "status")}
        told = {name: record[name] if value is None else value for name, value in told.items()}
        if told["idm"] is not None or told["status"] is not None:
            groups[record["year"], record["district_code"]].append((record["village_code"], told))
    return {place: _summary(villages) for place, villages in groups.items()}


def _summary(villages: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "measured": len(villages),
        "measured_desa": sum(code[9] != "1" for code, _ in villages),
        **{status: sum(told["status"] == status for _, told in villages) for status in STATUSES},
    }
    for index in INDICES:
        figures = [told[index] for _, told in villages if told[index] is not None]
        summary[f"{index}_villages"] = len(figures)
        summary[f"{index}_units"] = sum(int(figure * UNITS_IN_ONE + 0.5) for figure in figures)
        summary[f"{index}_minimum"] = min(figures, default=None)
        summary[f"{index}_maximum"] = max(figures, default=None)
    return summary


async def kept(database: Database) -> dict[tuple[int, str], dict[str, Any]]:
    """The summaries as they stand."""
    names = [column.name for column in idm_summaries.c][2:]
    return {
        (row[0], row[1]): dict(zip(names, row[2:], strict=True))
        for row in await database.fetch(_summaries, {})
    }


def some_record(random: Random) -> dict[str, Any]:
    """Rows, published figures, or both; figures with few and with many decimals."""
    record: dict[str, Any] = {"source": "Contoh"}
    if random.random() < 0.7:
        figures = {name: round(random.random(), random.choice((4, 17))) for name in INDICES}
        status = {"status": random.choice(STATUSES)}
        whole = {**figures, **status}
        names = random.sample(sorted(whole), random.randint(1, len(whole)))
        record["published"] = {name: whole[name] for name in names}
    if "published" not in record or random.random() < 0.5:
        rows = {"iks": 35, "ike": 12, "ikl": 3}
        record |= {name: [random.choice((3, 4, 5)) for _ in range(many)] for name, many in rows.items()}
        record.setdefault("published", {"iks": 0.5})
    return record


def some_code(random: Random, number: int) -> str:
    """A code that nobody has, of a desa or a kelurahan, in one of two districts."""
    return f"64.02.0{random.choice('12')}.{random.choice('112')}{900 - number:03}"


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_was_done_a_summary_equals_a_fresh_count(
    office: httpx.AsyncClient, database: Database, seed: int
) -> None:
    random = Random(seed)  # noqa: S311  # which things to do
    codes = list(VILLAGES)
    done = set()

    for number in range(60):
        which, year = random.randrange(len(codes)), random.choice(YEARS)
        deed = random.choice(("put", "put", "put", "delete", "recode"))
        if deed == "put":
            answer = await office.put(at(codes[which], year), json=some_record(random))
        elif deed == "delete":
            answer = await office.delete(at(codes[which], year))
        else:
            new = {
                "new_code": some_code(random, number),
                "effective_on": "2026-01-05",
                "legal_basis": "Contoh",
            }
            answer = await office.post(f"/v1/villages/{codes[which]}/recode", json=new)
            codes[which] = new["new_code"]
        done.add((deed, answer.status_code))

        assert await kept(database) == await counted_afresh(database), (number, deed)

    assert {("put", 201), ("put", 200), ("put", 409), ("delete", 204), ("recode", 200)} <= done
    assert (await rebuild(database, act_of("rebuild"))).differed == 0


async def test_many_writers_of_one_district_lose_nothing(
    office: httpx.AsyncClient, database: Database
) -> None:
    random = Random(7)  # noqa: S311  # which things to do

    async def write(which: int) -> None:
        code = VILLAGES[which]
        for number in range(8):
            answer = await office.put(at(code, random.choice(YEARS)), json=some_record(random))
            assert answer.status_code in (200, 201), answer.text
            if number % 3 == 2:
                code, old = f"64.02.0{random.choice('12')}.29{which}{number}", code
                body = {"new_code": code, "effective_on": "2026-01-05", "legal_basis": "Contoh"}
                answer = await office.post(f"/v1/villages/{old}/recode", json=body)
                assert answer.status_code == 200, answer.text
            if number == 4:
                await office.delete(at(code, 2023))

    await asyncio.gather(*(write(which) for which in range(len(VILLAGES))))

    summaries = await kept(database)
    assert summaries == await counted_afresh(database)
    assert sum(one["measured"] for one in summaries.values()) > 0


async def test_a_new_name_and_a_put_of_the_same_change_no_summary(
    office: httpx.AsyncClient, database: Database
) -> None:
    record = some_record(Random(3))  # noqa: S311  # some record
    await office.put(at(VILLAGES[0], 2024), json=record)
    before = await kept(database)

    await office.put(at(VILLAGES[0], 2024), json=record)
    await office.patch(f"/v1/villages/{VILLAGES[0]}", json={"name": "Contoh"})

    assert await kept(database) == before


async def test_rebuilding_mends_what_was_tampered_with_and_says_how_much(
    database: Database, database_url: str
) -> None:
    await kukar_data.load_idm(database, act_of("seed"))
    right = await kept(database)

    async def tamper(tx: Transaction) -> None:
        wrong = update(idm_summaries).where(idm_summaries.c.district_code == "64.02.01")
        await tx.execute(Statement(wrong.values(mandiri=0)), {})
        moved = update(idm_summaries).where(
            idm_summaries.c.district_code == "64.02.02", idm_summaries.c.year == 2024
        )
        await tx.execute(Statement(moved.values(year=2021)), {})

    await database.write(act_of("tampering"), tamper)
    first = await anyio.to_thread.run_sync(lambda: berdaya("idm", "rebuild", url=database_url))
    mended = await kept(database)
    second = await rebuild(database, act_of("rebuild"))

    # Two of one district, one that is missing, and one that nothing is behind.
    assert first.stdout.endswith("; 37 summaries, 4 differed from their records.\n"), first.stderr
    assert mended == right == await counted_afresh(database)
    assert second == Rebuilt(36, 0)


async def test_the_migration_fills_the_summaries_from_what_is_stored(database_url: str) -> None:
    database = connect(database_url)
    await database.open()
    await kukar_data.load_idm(database, act_of("seed"))
    before = await kept(database)
    await database.close()

    await anyio.to_thread.run_sync(command.downgrade, alembic_config(database_url), "0004")
    await anyio.to_thread.run_sync(migrate, database_url)

    await database.open()
    after, again = await kept(database), await rebuild(database, act_of("rebuild"))
    await database.close()
    assert after == before
    assert len(after) == 36
    assert again.differed == 0
