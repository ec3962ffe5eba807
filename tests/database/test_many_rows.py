"""Many rows written together are what they would be one by one, each with its change record and audit row."""

from functools import partial

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import Database, Outrun, Statement, Transaction
from app.database.register import State
from app.villages.tables import VILLAGES, villages
from tests.conftest import act_of
from tests.database.ledgers import Ledgers, Left, last, paired


@pytest.fixture
async def ledgers(database: Database, office: httpx.AsyncClient) -> Ledgers:
    """The ledgers from here on."""
    return Ledgers(database, await database.row(last, {}))


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


async def _villages(tx: Transaction) -> list[State]:
    found = [await VILLAGES.find(tx, f"64.02.04.200{n}") for n in range(1, 6)]
    return [village for village in found if village is not None]


async def test_many_rows_changed_at_once_are_recorded_one_by_one_and_what_shows_nothing_new_is_left(
    ledgers: Ledgers, database: Database, office: httpx.AsyncClient
) -> None:
    names = ["Satu", "Dua \u2013 \u00e9", None, 'Em"pat\\', "Lima"]

    async def unit(tx: Transaction) -> int:
        pairs = [
            (village, {**village, "name": name or village["name"], "households": None})
            for village, name in zip(await _villages(tx), names, strict=True)
        ]
        return await VILLAGES.update_many(tx, pairs)

    written = await database.write(act_of("load"), unit)

    left = await ledgers.since()
    shown = [await office.get(f"/v1/villages/64.02.04.200{n}") for n in (1, 2, 4, 5)]
    assert written == 4
    assert paired(left) == [("updated", 2)] * 4
    assert [row["data"].encode() for row in left.changes] == [answer.content for answer in shown]
    assert [orjson.loads(row["after"]) for row in left.audit] == [{"name": name} for name in names if name]
    assert [answer.json()["name"] for answer in shown] == [name for name in names if name]


async def test_many_rows_of_which_one_was_outrun_leave_no_row_without_its_record(
    ledgers: Ledgers, database: Database
) -> None:
    async def unit(tx: Transaction) -> None:
        villages = await _villages(tx)
        villages[2] = {**villages[2], "version": 7}
        with pytest.raises(Outrun):
            await VILLAGES.update_many(tx, [(village, {**village, "name": "Lain"}) for village in villages])

    await database.write(act_of("load"), unit)

    left = await ledgers.since()
    assert paired(left) == [("updated", 2)] * 4
    assert len({row["resource_id"] for row in left.changes}) == 4


async def test_many_rows_of_a_unit_that_was_outrun_are_written_by_its_next_run(
    ledgers: Ledgers, database: Database
) -> None:
    runs: list[Transaction] = []

    async def unit(tx: Transaction) -> None:
        villages = await _villages(tx)
        if not runs:
            villages[4] = {**villages[4], "version": 7}
        runs.append(tx)
        await VILLAGES.update_many(tx, [(village, {**village, "name": "Lain"}) for village in villages])

    await database.write(act_of("load"), unit)

    assert len(runs) == 2
    assert paired(await ledgers.since()) == [("updated", 2)] * 5


async def test_no_rows_at_all_are_no_statement(ledgers: Ledgers, database: Database) -> None:
    async def unit(tx: Transaction) -> int:
        await VILLAGES.create_many(tx, [])
        return await VILLAGES.update_many(tx, [])

    assert await database.write(act_of("load"), unit) == 0
    assert await ledgers.since() == Left([], [])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text(
                    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9
                ),
                "latitude": st.none() | st.floats(allow_nan=False, allow_infinity=False),
                "population": st.none() | st.integers(0, 2**31 - 1),
            }
        ),
        min_size=5,
        max_size=5,
    )
)
async def test_many_rows_hold_what_one_by_one_would_hold(
    database: Database, facts: list[dict[str, object]]
) -> None:
    columns = (villages.c.name, villages.c.latitude, villages.c.population, villages.c.name_key)
    kept = Statement(select(*columns).where(villages.c.code.like("64.02.04.200%")).order_by(villages.c.code))

    async def told(tx: Transaction, *, together: bool) -> list[tuple[object, ...]]:
        pairs = [(old, {**old, **new}) for old, new in zip(await _villages(tx), facts, strict=True)]
        if together:
            await VILLAGES.update_many(tx, pairs)
        else:
            for old, new in pairs:
                await VILLAGES.update(tx, old, new)
        return [tuple(row) for row in await tx.fetch(kept, {})]

    many = await database.write(act_of("load"), partial(told, together=True))
    await database.write(act_of("reset"), _forget)
    single = await database.write(act_of("load"), partial(told, together=False))

    assert many[:5] == single[:5]


async def _forget(tx: Transaction) -> None:
    blank = {"name": "Lain", "latitude": None, "population": None}
    await VILLAGES.update_many(tx, [(old, {**old, **blank}) for old in await _villages(tx)])
