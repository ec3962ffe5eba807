"""The gate: whoever is let in is served in order, the next is told at once to come again, and health stays outside."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from app.http.dispatch import Dispatcher
from app.http.door import Door
from app.http.gate import Gate
from app.http.problems import Crowded, Unserved
from app.main import Berdaya
from app.settings import Settings
from tests.conftest import Callers

VILLAGE = "/v1/villages/64.02.04.2001"


@pytest.fixture
def settings(database_url: str) -> Settings:
    """One at a time, and two who wait."""
    return Settings(database_url=database_url, in_flight=1, queue=2, deadline_seconds=30, webhooks=False)


@asynccontextmanager
async def writes_held(url: str) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Nobody can write to the villages until what this gives is called."""
    if url.startswith("sqlite"):
        file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        file.execute("BEGIN IMMEDIATE")

        async def let_go() -> object:
            return file.execute("ROLLBACK")

        yield let_go
        file.close()
        return
    holder = await asyncpg.connect(url)
    await holder.execute("BEGIN; LOCK TABLE villages IN EXCLUSIVE MODE")
    yield lambda: holder.execute("ROLLBACK")
    await holder.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0)


def line_of(application: Berdaya) -> Callable[[], tuple[bool, int]]:
    """Whether the place is taken, and how many wait for it."""
    gate = application.place.gate
    gate.patience = 60.0
    return lambda: (gate._room == 0, len(gate._waiting))


async def test_those_beyond_the_queue_are_told_to_come_again_and_the_others_served_in_order(
    application: Berdaya, callers: Callers, visitor: httpx.AsyncClient
) -> None:
    office, line = await callers.holding("admin"), line_of(application)

    def patch(households: int) -> asyncio.Task[httpx.Response]:
        return asyncio.create_task(office.patch(VILLAGE, json={"households": households}))

    async with writes_held(application.place.settings.database_url) as let_go:
        let_in = []
        for number in range(3):
            let_in.append(patch(number))
            await until(lambda number=number: line() == (True, number))  # type: ignore[misc]  # mypy cannot infer a default
        turned_away = await office.get(VILLAGE)
        alive = await visitor.get("/health/live")
        await let_go()
        served = await asyncio.gather(*let_in)
    measured = await visitor.get("/metrics")

    assert turned_away.status_code == 503
    assert turned_away.json()["code"] == "server.crowded"
    assert turned_away.headers["retry-after"] == "1"
    assert alive.status_code == 200
    assert "berdaya_requests_crowded_out_total 1.0" in measured.text
    assert "berdaya_requests_queued 0.0" in measured.text
    assert [one.status_code for one in served] == [200] * 3
    versions = [one.json()["version"] for one in served]
    assert versions == sorted(versions)
    assert line() == (False, 0)


async def test_whom_the_door_turns_away_gets_the_answer_that_the_dispatcher_would_give(
    application: Berdaya, callers: Callers, visitor: httpx.AsyncClient
) -> None:
    office, line = await callers.holding("admin"), line_of(application)
    gate = application.place.gate
    told = {"x-request-id": "contoh", "accept-language": "id"}
    scope = {"method": "GET", "path": VILLAGE, "headers": [(k.encode(), v.encode()) for k, v in told.items()]}

    async with writes_held(application.place.settings.database_url) as let_go:
        let_in = [asyncio.create_task(office.patch(VILLAGE, json={"households": 1})) for _ in range(3)]
        await until(lambda: line() == (True, 2))
        by_dispatcher = await visitor.get(VILLAGE, headers=told)
        at_the_door = Door(gate).turns_away(scope)
        await let_go()
        await asyncio.gather(*let_in)

    assert at_the_door is not None
    status, rest = at_the_door
    headers, _, body = rest.partition(b"\r\n\r\n")
    assert status == b"HTTP/1.1 503 Service Unavailable\r\n"
    assert sorted(headers.split(b"\r\n")) == sorted(b"%b: %b" % one for one in by_dispatcher.headers.raw)
    assert body == by_dispatcher.content


async def test_no_more_begin_in_one_turn_than_it_can_hold_and_the_others_begin_in_the_next() -> None:
    gate = Gate(at_once=8, queue=8, patience=60)
    gate.open()
    gate._share = 2

    begun = [gate.enter(0.0) for _ in range(3)]
    third = asyncio.create_task(gate.wait(None, since=float("inf")))
    await asyncio.sleep(0)
    await third

    assert begun == [True, True, False]


async def test_a_stream_has_a_place_while_a_piece_is_made_and_none_while_it_is_sent(
    application: Berdaya,
) -> None:
    gate, dispatcher = application.place.gate, application.build_middleware_stack()
    assert isinstance(dispatcher, Dispatcher)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(2):
            yield b"made" if gate._room == 0 else b"made without a place"

    sent = [(piece, gate._room) async for piece in dispatcher._in_place(pieces())]

    assert sent == [(b"made", 1), (b"made", 1)]
    assert gate._room == 1


async def test_a_client_that_leaves_frees_its_place(application: Berdaya, callers: Callers) -> None:
    office, line = await callers.holding("admin"), line_of(application)

    def patch() -> asyncio.Task[httpx.Response]:
        return asyncio.create_task(office.patch(VILLAGE, json={"households": 1}))

    async with writes_held(application.place.settings.database_url) as let_go:
        first, leaving = patch(), patch()
        await until(lambda: line() == (True, 1))
        leaving.cancel()
        await until(lambda: line() == (True, 0))
        first.cancel()
        await until(lambda: line() == (False, 0))
        await let_go()
        after = await patch()

    assert after.status_code == 200


async def test_a_body_that_trickles_in_holds_no_place(application: Berdaya, callers: Callers) -> None:
    office, line, rest = await callers.holding("admin"), line_of(application), asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield b'{"households":'
        await rest.wait()
        yield b" 5}"

    sending = {"content": body(), "headers": {"content-type": "application/json"}}
    slow = asyncio.create_task(office.patch(VILLAGE, **sending))  # type: ignore[arg-type]  # of one call
    await asyncio.sleep(0)
    meanwhile = await office.get(VILLAGE)
    await until(lambda: line() == (False, 0))
    rest.set()

    assert meanwhile.status_code == 200
    assert (await slow).json()["households"] == 5
    assert line() == (False, 0)


async def test_who_waited_too_long_is_turned_away_instead_of_served_too_late() -> None:
    gate = Gate(at_once=1, queue=2, patience=0.75)
    gate.open()

    assert gate.enter(0.0)
    early = asyncio.create_task(gate.wait(None, since=float("-inf")))
    late = asyncio.create_task(gate.wait(None, since=float("inf")))
    await asyncio.sleep(0)
    gate.leave()

    with pytest.raises(Crowded):
        await early
    await late
    with pytest.raises(Crowded):
        gate.enter(gate.patience + 1)


async def test_who_stood_aside_for_an_instant_has_lost_nothing() -> None:
    gate = Gate(at_once=1, queue=2, patience=0.75)
    gate.open()

    gate.enter(0.0)
    waiting = asyncio.create_task(gate.wait(None, since=float("inf")))
    await asyncio.sleep(0)
    gate.leave()
    gate.again()
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert not waiting.done()
    gate.leave()
    await waiting


async def test_a_place_given_in_the_moment_of_leaving_goes_to_the_next() -> None:
    gate = Gate(at_once=1, queue=2, patience=0.75)
    gate.open()

    gate.enter(0.0)
    leaving = asyncio.create_task(gate.wait(None, since=float("inf")))
    following = asyncio.create_task(gate.wait(None, since=float("inf")))
    await asyncio.sleep(0)
    gate.leave()
    gate._wake()
    leaving.cancel()

    await following
    assert leaving.cancelled()


async def test_a_gate_that_is_shut_says_that_nothing_can_be_answered_yet() -> None:
    gate = Gate(at_once=1, queue=2, patience=0.75)

    assert not gate.enter(0.0)
    with pytest.raises(Unserved):
        await gate.wait(None, since=0.0)
