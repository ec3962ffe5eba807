"""A primary and its replica, shared by these tests, and the application that writes here and reads there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from app.database.replica import Replicated
from app.http import read_after
from app.main import Berdaya, create_app
from app.settings import Settings
from tests import replica
from tests.conftest import Templates

SEPATIN = "/v1/villages/64.02.04.2001"
HEADER = read_after.HEADER
PATIENCE = 20


@pytest.fixture(scope="package")
def pair(engine: str, templates: Templates) -> Iterator[replica.Pair]:
    """The two servers, with one seeded database."""
    made = replica.start()
    assert made is not None
    templates._fill(made.primary.server.create("berdaya"))
    yield made
    made.stop()


@pytest.fixture
def settings(pair: replica.Pair) -> Settings:
    """Written here, read there."""
    here, there = pair.url("berdaya")
    return Settings(
        database_url=here, read_database_url=there, deadline_seconds=30, queue_seconds=30, webhooks=False
    )


@pytest.fixture
async def replicated(application: Berdaya) -> Replicated:
    """The database, with its replica in use."""
    database = application.place.database
    assert isinstance(database, Replicated)
    await becomes(database, "serving")
    return database


@asynccontextmanager
async def another(
    settings: Settings, caller: httpx.AsyncClient, state: str = "serving"
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a second application, with the token that the caller has at the first, once its replica is so."""
    made = create_app(settings)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(made),
            base_url="http://berdaya.test",
            headers={"authorization": caller.headers["authorization"]},
        ) as client,
    ):
        database = made.place.database
        assert isinstance(database, Replicated)
        await beaten(database)
        await becomes(database, state)
        yield client


@pytest.fixture
async def there(pair: replica.Pair) -> AsyncIterator[Any]:
    """A connection to the replica; replaying goes on when it closes."""
    connection = await asyncpg.connect(pair.url("berdaya")[1])
    yield connection
    await connection.execute("SELECT pg_wal_replay_resume()")
    await connection.close()


async def comes_true(asked: Callable[[], Awaitable[bool]]) -> None:
    """Ask until it is so."""
    async with asyncio.timeout(PATIENCE):
        # What is waited for happens in another process, so nobody could set an event.
        while not await asked():  # noqa: ASYNC110  # as said above
            await asyncio.sleep(0.02)


async def beaten(database: Replicated) -> None:
    """Wait until both servers were asked."""

    async def so() -> bool:
        return database.standby._heard > float("-inf")

    await comes_true(so)


async def becomes(database: Replicated, state: str) -> None:
    """Wait until the watch says so."""

    async def so() -> bool:
        return database.standby.state == state

    await comes_true(so)


async def paused(there: Any) -> None:
    """Let the replica stay where it is."""
    await there.execute("SELECT pg_wal_replay_pause()")

    async def so() -> bool:
        return bool(await there.fetchval("SELECT pg_get_wal_replay_pause_state() = 'paused'"))

    await comes_true(so)


async def households(client: httpx.AsyncClient, **headers: str) -> int:
    answer = await client.get(SEPATIN, headers=headers)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["households"])


async def write(client: httpx.AsyncClient, number: int) -> str:
    """Change Sepatin; gives from where to read."""
    answer = await client.patch(SEPATIN, json={"households": number})
    assert answer.status_code == 200, answer.text
    return str(answer.headers[HEADER])


async def outcomes(visitor: httpx.AsyncClient) -> dict[str, float]:
    """How many reads there were, by what became of them."""
    lines = (await visitor.get("/metrics")).text.splitlines()
    told = [line for line in lines if line.startswith("berdaya_replica_reads_total{")]
    return {line.split('"')[1]: float(line.rpartition(" ")[2]) for line in told}
