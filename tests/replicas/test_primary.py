"""A primary that is gone or stands still: what is open to all is read from its replica, and all else is 503 in time."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from app.database.replica import Replicated
from app.settings import Settings
from tests import replica
from tests.replicas.conftest import HEADER, SEPATIN, comes_true, households, write

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.standby]

PROMISED_SECONDS = 4.5
AHEAD = 1 << 30
"""Bytes of log that nobody has written yet."""
AWAY: dict[str, tuple[Callable[[replica.Node], None], Callable[[replica.Node], None]]] = {
    "gone": (replica.Node.stop, replica.Node.start),
    "frozen": (replica.Node.freeze, replica.Node.thaw),
}


@pytest.fixture
def settings(pair: replica.Pair) -> Settings:
    """As it is set by default, so that what is refused is refused in time."""
    here, there = pair.url("berdaya")
    return Settings(database_url=here, read_database_url=there, webhooks=False)


async def refused(office: httpx.AsyncClient, visitor: httpx.AsyncClient, after: str) -> list[httpx.Response]:
    """The answers to what only the primary can say or do."""
    ahead = {HEADER: f"{int(after, 16) + AHEAD:X}"}
    return list(
        await asyncio.gather(
            office.patch(SEPATIN, json={"households": 1}),
            office.post("/v1/groups", json={}, headers={"idempotency-key": "k"}),
            office.get(SEPATIN),
            visitor.get("/v1/changes"),
            visitor.get(SEPATIN, headers=ahead),
        )
    )


@pytest.mark.parametrize("way", AWAY)
async def test_without_its_primary_a_replica_answers_whoever_needs_no_token_and_all_else_is_503_until_it_is_back(
    pair: replica.Pair,
    replicated: Replicated,
    office: httpx.AsyncClient,
    visitor: httpx.AsyncClient,
    way: str,
) -> None:
    leave, come_back = AWAY[way]
    after = await write(office, 201)

    async def replayed() -> bool:
        return await households(visitor, **{HEADER: after}) == 201 and replicated.standby._replayed >= int(
            after, 16
        )

    await comes_true(replayed)
    leave(pair.primary)
    try:
        at_once = await households(visitor)

        async def alone() -> bool:
            return replicated.standby.alone

        await comes_true(alone)
        async with asyncio.timeout(PROMISED_SECONDS):
            without = await refused(office, visitor, after)
        read = [await households(visitor), await households(visitor, **{HEADER: after})]
        page = await visitor.get("/v1/villages", params={"region": "64.02.04"})
        ready = await visitor.get("/health/ready")
        told = (await visitor.get("/metrics")).text
    finally:
        come_back(pair.primary)

    async def writes_again() -> bool:
        return (await office.patch(SEPATIN, json={"households": 202})).status_code == 200

    async def whole_again() -> bool:
        health = (await visitor.get("/health/ready")).json()
        return bool(health == {"status": "ready", "replica": "serving"})

    await comes_true(writes_again)
    await comes_true(whole_again)

    assert [at_once, *read] == [201] * 3
    assert page.status_code == 200
    assert [(answer.status_code, answer.headers["retry-after"]) for answer in without] == [(503, "1")] * 5
    assert ready.json() == {"status": "reading", "replica": "serving"}
    assert "berdaya_database_up 0.0" in told
    assert "berdaya_replica_up 1.0" in told
    assert await households(visitor, **{HEADER: await write(office, 203)}) == 203
