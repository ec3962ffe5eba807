"""On PostgreSQL transactions end in another order than they begin: the feed waits, and neither loses nor swaps any."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from app.database import Database, Transaction
from app.groups.tables import GROUPS
from tests.changes.reading import feed, page_of
from tests.conftest import act_of

pytestmark = pytest.mark.engine("postgresql")

SEPATIN = "64.02.04.2001"
GROUP = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": SEPATIN}


async def amended(tx: Transaction, id: str) -> None:
    """One more man in a group."""
    group = await GROUPS.find(tx, id)
    assert group is not None
    await GROUPS.update(tx, group, {**group, "members_male": (group["members_male"] or 0) + 1})


@asynccontextmanager
async def begun(database: Database, *ids: str) -> AsyncIterator[None]:
    """A transaction that has changed the first group already, and goes on to the others at the end of the block."""
    written, go_on = asyncio.Event(), asyncio.Event()

    async def unit(tx: Transaction) -> None:
        await amended(tx, ids[0])
        written.set()
        await go_on.wait()
        for id in ids[1:]:
            await amended(tx, id)

    writing = asyncio.create_task(database.write(act_of("slow"), unit))
    await written.wait()
    try:
        yield
    finally:
        go_on.set()
        await writing


async def groups(office: httpx.AsyncClient, number: int) -> list[str]:
    """So many new groups."""
    return [(await office.post("/v1/groups", json=GROUP)).json()["id"] for _ in range(number)]


async def test_an_open_transaction_delays_the_younger_ones_and_loses_nothing(
    database: Database, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    slow, quick = await groups(office, 2)
    _, before = await feed(visitor)

    async with begun(database, slow):
        await office.patch(f"/v1/groups/{quick}", json={"members_male": 5})
        meanwhile, at = await feed(visitor, before)
        lag = (await visitor.get("/metrics")).text
    afterwards, _ = await feed(visitor, at)
    caught_up = (await visitor.get("/metrics")).text

    assert meanwhile == []
    assert [one["resource_id"] for one in afterwards] == [slow, quick]
    assert "berdaya_feed_lag_seconds 0.0\n" not in lag
    assert "berdaya_feed_lag_seconds 0.0\n" in caught_up


async def test_an_old_transaction_that_changes_what_a_younger_one_has_changed_is_told_after_it(
    database: Database, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    first, shared = await groups(office, 2)
    _, before = await feed(visitor)

    async with begun(database, first, shared):
        await office.patch(f"/v1/groups/{shared}", json={"members_female": 5})
        await office.patch(f"/v1/groups/{shared}", json={"members_female": 6})
    told, _ = await feed(visitor, before, limit="1")

    assert [one["version"] for one in told if one["resource_id"] == shared] == [2, 3, 4]
    assert len(told) == 4


async def test_a_transaction_that_is_undone_holds_nothing_back_and_leaves_nothing(
    database: Database, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    (id,) = await groups(office, 1)
    _, before = await feed(visitor)

    with pytest.raises(AssertionError):
        async with begun(database, id, "00000000-0000-7000-8000-000000000000"):
            pass
    await office.patch(f"/v1/groups/{id}", json={"members_female": 6})
    told, _ = await feed(visitor, before)

    assert [(one["version"], one["data"]["members_male"]) for one in told] == [(2, None)]


async def test_the_numbers_of_transactions_are_numbers_across_a_power_of_ten(
    database_url: str, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    (id,) = await groups(office, 1)
    _, after = await feed(visitor)
    first = await burn_to_a_power_of_ten(database_url)

    seen = []
    for count in range(1, 25):
        await office.patch(f"/v1/groups/{id}", json={"members_male": count})
        page = await page_of(visitor, "/v1/changes", after=after, limit="1")
        after = page["next_cursor"]
        seen += [one["version"] for one in page["items"]]
    whole, _ = await feed(visitor, types="group", limit="3")

    assert len(str(first)) < len(str(await present(database_url)))
    assert seen == list(range(2, 26))
    assert [one["version"] for one in whole] == list(range(1, 26))


async def present(url: str) -> int:
    """The number the next transaction gets."""
    connection = await asyncpg.connect(url)
    number: int = await connection.fetchval("SELECT pg_current_xact_id()::text::bigint")
    await connection.close()
    return number


async def burn_to_a_power_of_ten(url: str) -> int:
    """Use up the numbers of transactions until the next ones cross a power of ten; gives one from before."""
    number = await present(url)
    left = 10 ** len(str(number)) - number - 8
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TEMPORARY TABLE burnt (one int)")
    insert = "BEGIN INSERT INTO burnt VALUES (1); EXCEPTION WHEN others THEN NULL; END"
    await connection.execute(f"DO $$ BEGIN FOR i IN 1..{left} LOOP {insert}; END LOOP; END $$")
    await connection.close()
    return await present(url)
