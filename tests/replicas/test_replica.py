"""A real streaming replica answers reads, whoever wrote reads what they wrote, and its loss is nobody's loss."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.database.replica import Replicated
from app.http import read_after
from app.main import Berdaya
from app.settings import Settings
from tests import replica
from tests.conftest import Callers, Templates

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.standby]

SEPATIN = "/v1/villages/64.02.04.2001"
HEADER = read_after.HEADER
PATIENCE = 10


@pytest.fixture(scope="module")
def pair(engine: str, templates: Templates) -> Iterator[replica.Pair]:
    """The two servers of this module, with one seeded database."""
    made = replica.start()
    assert made is not None
    templates._fill(made.cluster.create("berdaya"))
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


async def test_reads_come_from_the_replica_and_writes_go_to_the_primary(
    replicated: Replicated, there: Any, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await write(office, 101)

    async def arrived() -> bool:
        return await households(visitor) == 101

    await comes_true(arrived)
    await paused(there)

    after = await write(office, 102)

    assert await households(visitor) == 101
    assert await households(office) == 102, "who wrote reads it, without a header"
    assert await households(visitor, **{HEADER: after}) == 102, "and whoever shows the header"
    assert await households(visitor, **{HEADER: "no position"}) == 102
    counted = await outcomes(visitor)
    assert min(counted[name] for name in ("replica", "newest", "behind")) >= 1, counted


async def test_a_read_waits_a_little_for_the_replica_to_come_to_its_position(
    replicated: Replicated, there: Any, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await paused(there)
    after = await write(office, 103)
    waiting = asyncio.create_task(households(visitor, **{HEADER: after}))
    await asyncio.sleep(0.02)

    await there.execute("SELECT pg_wal_replay_resume()")

    assert await waiting == 103
    assert (await outcomes(visitor)).get("behind", 0) == 0, "the replica answered"


async def test_a_version_is_checked_where_it_is_written(
    replicated: Replicated, there: Any, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await paused(there)
    seen = (await visitor.get(SEPATIN)).headers["etag"]
    await write(office, 104)
    stale = await visitor.get(SEPATIN)

    refused = await office.patch(SEPATIN, json={"households": 1}, headers={"if-match": seen})

    assert stale.headers["etag"] == seen
    assert refused.status_code == 412


async def test_a_revoked_token_is_refused_before_the_replica_knows(
    replicated: Replicated, there: Any, callers: Callers, office: httpx.AsyncClient
) -> None:
    made = (await office.post("/v1/tokens", json={"name": "Contoh", "role": "officer"})).json()
    holder = callers._client({"authorization": f"Bearer {made['token']}"})
    assert (await holder.get(SEPATIN)).status_code == 200
    await paused(there)

    await office.delete(f"/v1/tokens/{made['id']}")

    assert (await holder.get(SEPATIN)).status_code == 401


async def test_the_feed_is_never_behind_its_reader(
    replicated: Replicated, there: Any, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await paused(there)
    await write(office, 105)
    cursor = ""
    items: list[Any] = [None]
    last = items
    while items:
        page = (
            await visitor.get("/v1/changes", params={"limit": 500, "after": cursor} if cursor else {})
        ).json()
        items, cursor, last = page["items"], page["next_cursor"], items

    again = await visitor.get("/v1/changes", params={"after": cursor})

    assert last[-1]["data"]["households"] == 105
    assert again.status_code == 200


async def test_a_replica_that_lags_too_far_is_passed_over_until_it_has_caught_up(
    replicated: Replicated, there: Any, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await paused(there)
    await write(office, 106)
    await becomes(replicated, "lagging")

    seen = await households(visitor)
    ready = (await visitor.get("/health/ready")).json()
    await there.execute("SELECT pg_wal_replay_resume()")
    await becomes(replicated, "serving")

    assert seen == 106
    assert ready == {"status": "ready", "replica": "lagging"}
    assert (await visitor.get("/health/ready")).json() == {"status": "ready", "replica": "serving"}


async def test_a_frozen_replica_holds_nobody_up_for_long_and_is_used_again_after_the_thaw(
    pair: replica.Pair, replicated: Replicated, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await write(office, 107)
    pair.standby.freeze()
    try:
        answers = await asyncio.gather(*(visitor.get(SEPATIN) for _ in range(4)))
        lost = (await visitor.get("/health/ready")).json()
    finally:
        pair.standby.thaw()
    await becomes(replicated, "serving")

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["households"] for answer in answers} == {107}
    assert lost == {"status": "ready", "replica": "lost"}


async def test_a_replica_that_dies_fails_no_read_and_is_used_again_when_it_is_back(
    pair: replica.Pair, replicated: Replicated, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await write(office, 108)
    await visitor.get(SEPATIN)

    pair.standby.stop()
    try:
        after = [await households(visitor) for _ in range(3)]
    finally:
        pair.standby.start()

    assert after == [108] * 3
    counted = await outcomes(visitor)
    assert counted.get("failed", 0) + counted.get("lost", 0) == 3
    await becomes(replicated, "serving")
