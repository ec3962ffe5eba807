"""With eight writers in each other's way the feed misses nothing, doubles nothing and tells nothing that was undone."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx
import pytest

from app.database import Database
from app.main import Berdaya
from tests.changes.reading import Told, feed, page_of
from tests.changes.writing import Event, Office

WRITERS = 8


class Reader:
    """Somebody who follows and keeps what a page told together with its cursor, as one step."""

    def __init__(self, client: httpx.AsyncClient, after: str) -> None:
        self._client = client
        self.kept: list[Told] = []
        self.after = after
        self.killed = 0
        self._asked: set[asyncio.Task[Told]] = set()
        self._luck = random.Random(len(after))  # noqa: S311  # a play that can be repeated

    async def follow(self) -> None:
        """Page after page, for ever."""
        while True:
            limit = str(self._luck.randint(1, 500))
            asked = asyncio.create_task(page_of(self._client, "/v1/changes", after=self.after, limit=limit))
            self._asked.add(asked)
            asked.add_done_callback(self._asked.discard)
            # The server goes on when the one who asked is gone.
            page = await asyncio.shield(asked)
            # Nothing may come between these two: that is what one transaction of a copy is for.
            self.kept += page["items"]
            self.after = page["next_cursor"]
            await asyncio.sleep(0.02)

    async def follow_and_be_killed(self) -> None:
        """The same, cut off at any point and begun again from what was kept."""
        while True:
            life = asyncio.create_task(self.follow())
            try:
                await asyncio.sleep(self._luck.uniform(0, 0.2))
            finally:
                life.cancel()
                with suppress(asyncio.CancelledError):
                    await life
            self.killed += 1

    async def to_the_end(self) -> list[Told]:
        """All of it."""
        await asyncio.gather(*self._asked)
        rest, self.after = await feed(self._client, self.after, limit="500")
        return self.kept + rest


@pytest.fixture
async def client(application: Berdaya) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose answers are not held to the document each time; other tests do that."""
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://berdaya.test") as made:
        yield made


async def followed_by_two(database: Database, client: httpx.AsyncClient, *, engine: str, events: int) -> str:
    """Write so many events, follow them, hold both to one another; gives the figures."""
    _, start = await feed(client, limit="500")
    office = Office(database, slow=engine == "postgresql")
    steady, mortal = Reader(client, start), Reader(client, start)
    began = time.monotonic()
    reading = [asyncio.create_task(steady.follow()), asyncio.create_task(mortal.follow_and_be_killed())]
    await asyncio.gather(*(office.write(writer, events) for writer in range(WRITERS)))
    written = time.monotonic() - began
    for one in reading:
        one.cancel()
    await asyncio.gather(*reading, return_exceptions=True)

    seen = [await reader.to_the_end() for reader in (steady, mortal)]

    truth = Counter(office.committed)
    for changes in seen:
        told = [(one["resource_id"], one["operation"], one["version"]) for one in changes]
        assert sorted((truth - Counter(told)).elements()) == [], "missed"
        assert sorted((Counter(told) - truth).elements()) == [], "doubled, or never committed"
        assert len({one["id"] for one in changes}) == len(changes)
        assert [group for group, versions in by_group(told).items() if versions != in_order(versions)] == []
    assert seen[0] == seen[1]
    return (
        f"{engine}: {len(office.committed)} events of {WRITERS} writers in {written:.1f} s, "
        f"{office.rolled_back} transactions rolled back, a reader killed {mortal.killed} times: "
        "0 missed, 0 doubled, 0 never committed"
    )


def by_group(told: list[Event]) -> dict[str, list[int]]:
    """The versions of each group as they were told."""
    versions: dict[str, list[int]] = {}
    for group, _, version in told:
        versions.setdefault(group, []).append(version)
    return versions


def in_order(versions: list[int]) -> list[int]:
    """From 1 on, each once."""
    return list(range(1, len(versions) + 1))


async def test_two_readers_see_what_eight_writers_committed_and_nothing_else(
    engine: str, database: Database, client: httpx.AsyncClient
) -> None:
    await followed_by_two(database, client, engine=engine, events=1_500)


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_two_readers_see_a_hundred_thousand_events_and_nothing_else(
    engine: str, database: Database, client: httpx.AsyncClient
) -> None:
    print(await followed_by_two(database, client, engine=engine, events=100_000))  # noqa: T201  # the figures
