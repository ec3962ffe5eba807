"""Who finds no room is told so at the door, on a connection that goes on as after any other answer."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import uvicorn

from app.http.connection import TimedConnection
from app.http.door import Door
from app.http.gate import Gate
from tests.http.test_connection import at_once, until

GET = b"GET /v1/villages HTTP/1.1\r\nhost: contoh\r\n\r\n"
POST = b"POST /v1/groups HTTP/1.1\r\nhost: contoh\r\ncontent-length: 10\r\n\r\n12345"


@pytest.fixture
def gate() -> Gate:
    """One at a time, and one who waits."""
    made = Gate(at_once=1, queue=1, patience=60)
    made.open()
    return made


@contextmanager
def crowded(gate: Gate) -> Iterator[None]:
    """No room until the end of the block: one is inside and one waits."""
    gate.enter(0.0)
    waiting = gate.wait(None, since=float("inf"))
    waiting.send(None)
    yield
    waiting.close()
    gate.leave()


@asynccontextmanager
async def served(gate: Gate) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to uvicorn with our door before an application that lets everybody in."""
    config = uvicorn.Config(at_once, http=TimedConnection, log_config=None, lifespan="off", port=0)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    await until(lambda: server.started)
    server.lifespan.state["door"] = Door(gate)
    reader, writer = await asyncio.open_connection(*server.servers[0].sockets[0].getsockname())
    async with asyncio.timeout(20):
        yield reader, writer
    writer.close()
    server.should_exit = True
    await serving


async def status_in(reader: asyncio.StreamReader) -> int:
    """The status of the next answer, which is read to its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
    return int(head[9:12])


async def test_who_finds_no_room_is_told_so_and_served_later_on_the_same_connection(gate: Gate) -> None:
    async with served(gate) as (reader, writer):
        with crowded(gate):
            writer.write(GET + GET)
            refused = [await status_in(reader), await status_in(reader)]
        writer.write(GET)
        then = await status_in(reader)

    assert (refused, then) == ([503, 503], 200)


async def test_a_body_that_comes_after_its_refusal_is_not_taken_for_a_request(gate: Gate) -> None:
    async with served(gate) as (reader, writer):
        with crowded(gate):
            writer.write(POST)
            refused = await status_in(reader)
        writer.write(b"67890" + GET)
        then = await status_in(reader)

    assert (refused, then) == (503, 200)


async def test_who_wants_no_connection_afterwards_has_none(gate: Gate) -> None:
    async with served(gate) as (reader, writer):
        with crowded(gate):
            writer.write(GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
            told = await reader.read()

    assert told.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nconnection: close\r\n" in told


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/health/live"), ("HEAD", "/v1/villages"), ("OPTIONS", "/v1/a")]
)
async def test_the_door_leaves_to_the_dispatcher_what_is_answered_otherwise(
    gate: Gate, method: str, path: str
) -> None:
    scope: dict[str, Any] = {"method": method, "path": path, "headers": []}

    with crowded(gate):
        told = Door(gate).turns_away(scope)

    assert told is None


async def test_those_who_come_in_one_turn_are_counted_before_they_wait(gate: Gate) -> None:
    gate = Gate(at_once=1, queue=3, patience=60)
    gate.open()

    with crowded(gate):
        full = [gate.is_full() for _ in range(3)]
        await asyncio.sleep(0)
        afterwards = gate.is_full()

    assert full == [False, False, True]
    assert not afterwards
