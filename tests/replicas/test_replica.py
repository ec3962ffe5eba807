"""A real streaming replica answers reads, whoever wrote reads what they wrote, and its loss is nobody's loss."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app.database.replica import Replicated
from app.http.slots import SIZE
from app.settings import Settings
from tests import replica
from tests.conftest import Callers
from tests.replicas.conftest import (
    HEADER,
    SEPATIN,
    another,
    becomes,
    comes_true,
    households,
    outcomes,
    paused,
    write,
)

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.standby]


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


async def test_whoever_wrote_reads_it_from_every_worker_of_the_host_and_with_the_header_anywhere(
    replicated: Replicated, there: Any, office: httpx.AsyncClient, settings: Settings, tmp_path: Path
) -> None:
    shared = tmp_path / "limits"
    shared.write_bytes(bytes(SIZE))
    host = settings.model_copy(update={"limits_file": shared})
    async with another(host, office) as worker, another(host, office) as beside_it:
        await paused(there)
        before = await households(office)

        after = await write(worker, 109)

        assert await households(beside_it) == 109, "the workers of a host tell each other who wrote"
        assert await households(office) == before, "another host is not told"
        assert await households(office, **{HEADER: after}) == 109, "and needs no more than the header"


async def test_a_role_that_may_only_read_is_enough_for_the_replica_and_no_superuser_is_needed(
    pair: replica.Pair, replicated: Replicated, office: httpx.AsyncClient, settings: Settings
) -> None:
    owner = await asyncpg.connect(settings.database_url)
    await owner.execute(
        "CREATE ROLE writer LOGIN; CREATE ROLE reader LOGIN; GRANT pg_read_all_data TO reader"
    )
    await owner.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer")
    await owner.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO writer")
    here, beside = pair.url("berdaya")
    plain = {
        "database_url": here.replace("postgres@", "writer@"),
        "read_database_url": beside.replace("postgres@", "reader@"),
    }

    async with another(settings.model_copy(update=plain), office) as one:
        after = await write(one, 110)
        read = await households(one, **{HEADER: after})
        counted = await outcomes(one)
    await owner.execute("DROP OWNED BY writer, reader; DROP ROLE writer, reader")
    await owner.close()

    assert read == 110
    assert counted.get("replica", 0) + counted.get("behind", 0) == 1


def test_the_replica_is_made_as_its_page_says() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "replicas.md").read_text(encoding="utf-8")

    assert all(option in page for option in replica.COPY)


async def test_a_server_that_is_no_replica_or_none_any_more_takes_no_reads(
    replicated: Replicated, office: httpx.AsyncClient, settings: Settings
) -> None:
    itself = settings.model_copy(update={"read_database_url": settings.database_url})
    async with another(itself, office, state="lost") as one:
        after = await write(one, 111)
        read = await households(one, **{HEADER: after})
        ready = (await one.get("/health/ready")).json()
        counted = await outcomes(one)

    assert read == 111
    assert ready == {"status": "ready", "replica": "lost"}
    assert counted == {"lost": 1}
