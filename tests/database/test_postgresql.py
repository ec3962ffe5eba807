"""PostgreSQL through the pool: keys gathered and told apart, lost races run again, lost connections found again."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from app.database import Busy, Database, Statement, Transaction, Unavailable
from app.database.postgresql import PostgreSQL
from app.main import create_app
from app.settings import Settings
from app.villages.tables import VILLAGES
from tests.conftest import Callers, act_of

pytestmark = pytest.mark.engine("postgresql")

SEPATIN = "/v1/villages/64.02.04.2001"
CODES = [f"64.02.04.200{n}" for n in range(1, 9)]

_sleep = Statement(text("SELECT pg_sleep(60)"))
_lock = Statement(text("LOCK TABLE villages IN ACCESS EXCLUSIVE MODE"))
_touch = Statement(text("UPDATE villages SET households = households WHERE code = CAST(:code AS text)"))


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Any]:
    """A connection of somebody else to the same database."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def backends(other: Any, *, waiting: bool = False) -> list[int]:
    """The server's processes that serve us, or those that wait for a lock."""
    condition = "AND wait_event_type = 'Lock'" if waiting else ""
    rows = await other.fetch(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "  # noqa: S608  # no input
        f"AND application_name = 'berdaya' {condition}"
    )
    return [row[0] for row in rows]


async def somebody_waits(other: Any) -> list[int]:
    """The processes that wait for a lock, as soon as there is one."""
    async with asyncio.timeout(10):
        while not (found := await backends(other, waiting=True)):
            pass
    return found


async def name_of(database: Database, code: str) -> str | None:
    row = await database.fetch_key(VILLAGES.one, code)
    return None if row is None else str(VILLAGES.state(row)["name"])


async def test_each_of_many_keys_asked_at_once_gets_its_own_row(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    items = (await visitor.get("/v1/villages", params={"limit": "500"})).json()["items"]
    expected = {item["code"]: item["name"] for item in items} | {"64.02.04.2999": None, "": None}
    asked = list(expected) * 5

    names = await asyncio.gather(*(name_of(database, code) for code in asked))

    assert names == [expected[code] for code in asked]


async def test_keys_that_come_while_a_query_is_under_way_leave_together(
    database: Database, other: Any
) -> None:
    async with other.transaction():
        await other.execute("LOCK TABLE villages IN ACCESS EXCLUSIVE MODE")
        first = asyncio.create_task(name_of(database, CODES[0]))
        await somebody_waits(other)
        rest = [asyncio.create_task(name_of(database, code)) for code in CODES[1:]]
        await asyncio.sleep(0.05)
        at_work = await backends(other, waiting=True)

    names = await asyncio.gather(first, *rest)
    assert len(at_work) == 1
    assert None not in names
    assert len(set(names)) == 8


async def test_a_waiter_who_gives_up_takes_nobody_along(database: Database, other: Any) -> None:
    async with other.transaction():
        await other.execute("LOCK TABLE villages IN ACCESS EXCLUSIVE MODE")
        waiters = [asyncio.create_task(name_of(database, code)) for code in (*CODES, CODES[0])]
        await somebody_waits(other)
        for waiter in waiters[:4]:
            waiter.cancel()

    async with asyncio.timeout(10):
        outcomes = await asyncio.gather(*waiters, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 4 + [str] * 5


async def test_an_error_reaches_every_waiter_and_the_next_query_is_a_new_one(
    database: Database, other: Any
) -> None:
    async with other.transaction():
        await other.execute("LOCK TABLE villages IN ACCESS EXCLUSIVE MODE")
        waiters = [asyncio.create_task(name_of(database, code)) for code in CODES]
        for pid in await somebody_waits(other):
            await other.execute("SELECT pg_terminate_backend($1)", pid)
        async with asyncio.timeout(10):
            outcomes = await asyncio.gather(*waiters, return_exceptions=True)

    assert {type(outcome) for outcome in outcomes} == {Unavailable}
    assert await name_of(database, CODES[0]) == "Sepatin"


async def test_two_units_that_hold_what_the_other_wants_both_get_through(database: Database) -> None:
    met = asyncio.Barrier(2)
    tries: list[str] = []

    def touching(first: str, second: str) -> Any:
        async def unit(tx: Transaction) -> None:
            tries.append(first)
            await tx.execute(_touch, {"code": first})
            if len(tries) <= 2:
                await met.wait()
            await tx.execute(_touch, {"code": second})

        return unit

    await asyncio.gather(
        database.write(act_of("one"), touching(CODES[0], CODES[1])),
        database.write(act_of("two"), touching(CODES[1], CODES[0])),
    )

    # Who lost is run again, and may by chance take the row before the winner has woken.
    assert len(tries) > 2


async def test_a_lock_that_is_not_given_up_is_busy_and_not_waited_for_without_end(
    database: Database, other: Any
) -> None:
    async def unit(tx: Transaction) -> None:
        await tx.execute(_touch, {"code": CODES[0]})

    async with other.transaction():
        await other.execute("LOCK TABLE villages IN EXCLUSIVE MODE")
        with pytest.raises(Busy):
            await database.write(act_of("touch"), unit)

    await database.write(act_of("touch"), unit)


async def test_a_statement_without_an_end_is_stopped_by_the_server(database: Database, other: Any) -> None:
    with pytest.raises(Unavailable, match="QueryCanceled"):
        await database.fetch(_sleep, {})

    still = await other.fetchval("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
    assert still == 0


async def test_a_slow_query_is_a_503_within_the_deadline(settings: Settings, other: Any) -> None:
    application = create_app(settings.model_copy(update={"deadline_seconds": 0.3}))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        office = await callers.holding("admin")

        async with other.transaction():
            await other.execute("LOCK TABLE villages IN ACCESS EXCLUSIVE MODE")
            refused = await asyncio.gather(
                office.get(SEPATIN),
                office.get("/v1/villages"),
                office.get("/v1/villages", params={"format": "csv"}),
                office.patch(SEPATIN, json={"households": 1}),
            )
        async with asyncio.timeout(10):
            while (again := await office.get(SEPATIN)).status_code != 200:
                assert again.status_code == 503
        await callers.leave()

    assert [answer.status_code for answer in refused] == [503] * 4
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
    assert again.json()["version"] == 1


async def test_connections_that_were_killed_are_replaced(other: Any, office: httpx.AsyncClient) -> None:
    for number in range(3):
        written = await asyncio.gather(
            *(office.patch(f"/v1/villages/{code}", json={"households": number}) for code in CODES)
        )
        for pid in await backends(other):
            await other.execute("SELECT pg_terminate_backend($1)", pid)
        assert {answer.status_code for answer in written} == {200}

        async with asyncio.timeout(10):
            while (read := await office.get(SEPATIN)).status_code != 200:
                assert read.status_code == 503
                assert read.headers["retry-after"] == "1"


async def test_a_connection_that_is_killed_in_the_middle_of_a_write_leaves_nothing(
    database: Database, other: Any, office: httpx.AsyncClient
) -> None:
    async def unit(tx: Transaction) -> None:
        await tx.execute(_touch, {"code": CODES[0]})
        village = await VILLAGES.find(tx, CODES[0])
        assert village is not None
        await VILLAGES.update(tx, village, {**village, "name": "Lain"})
        mine = (await tx.fetch(Statement(text("SELECT pg_backend_pid()")), {}))[0][0]
        await other.execute("SELECT pg_terminate_backend($1)", mine)
        await tx.fetch(_sleep, {})

    with pytest.raises(Unavailable):
        await database.write(act_of("write"), unit)

    assert (await office.get(SEPATIN)).json()["name"] == "Sepatin"


async def test_a_request_cut_off_by_its_deadline_gives_its_lock_back(settings: Settings, other: Any) -> None:
    database = PostgreSQL(settings.database_url, pool_size=2)
    await database.open()

    async def unit(tx: Transaction) -> None:
        await tx.fetch(_lock, {})
        await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await database.write(act_of("lock"), unit)

    async with asyncio.timeout(5):
        assert await other.fetchval("SELECT count(*) FROM villages") == 237
    await database.close()


async def test_a_server_that_is_not_there_is_unavailable(settings: Settings) -> None:
    application = create_app(
        settings.model_copy(update={"database_url": "postgresql://nobody@127.0.0.1:1/none"})
    )
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        visitor = callers.anybody()

        answers = [await visitor.get(path) for path in (SEPATIN, "/v1/villages", "/health/ready")]
        alive = await visitor.get("/health/live")
        await callers.leave()

    assert [answer.status_code for answer in answers] == [503] * 3
    assert alive.status_code == 200


async def test_writers_that_wait_leave_connections_to_those_who_read(settings: Settings) -> None:
    database = PostgreSQL(settings.database_url, pool_size=4)
    await database.open()
    gate = asyncio.Event()

    async def unit(tx: Transaction) -> None:
        await tx.claim("a place of its own")
        await gate.wait()

    writing = [asyncio.create_task(database.write(act_of("write"), unit)) for _ in range(6)]
    ended, _ = await asyncio.wait(writing, return_when=asyncio.FIRST_COMPLETED)

    name = await name_of(database, CODES[0])
    gate.set()
    told = await asyncio.gather(*writing, return_exceptions=True)
    await database.close()

    assert name is not None
    assert {type(one.exception()) for one in ended} == {Busy}
    assert [type(one) for one in told].count(type(None)) == 3
