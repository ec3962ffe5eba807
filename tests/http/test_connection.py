"""A caller who owes a head, or the rest of a body, is not waited for without end; who owes nothing is left in peace."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from app.http.connection import TimedConnection
from app.http.gate import Gate, connection_of
from app.http.problems import Crowded

HEAD = b"GET / HTTP/1.1\r\nhost: contoh\r\n"
UPLOAD = b"POST / HTTP/1.1\r\nhost: contoh\r\ncontent-length: 10\r\n\r\n12345"


class Hasty(TimedConnection):
    """As in production, and shorter of patience."""

    OWED_SECONDS = 0.2


async def at_once(scope: Any, receive: Any, send: Any) -> None:
    """An answer that waits for no body."""
    length = (b"content-length", b"2")
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def served(application: Any) -> AsyncIterator[int]:
    """The port of uvicorn around an application."""
    config = uvicorn.Config(application, http=Hasty, log_config=None, lifespan="off", port=0)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    await until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0)


async def closed(reader: asyncio.StreamReader) -> bytes:
    """What came until the server closed."""
    async with asyncio.timeout(20):
        return await reader.read()


@pytest.mark.parametrize("sent", [b"", b"G", HEAD], ids=["nothing", "a letter", "half a head"])
async def test_a_head_that_does_not_come_is_not_waited_for(sent: bytes) -> None:
    async with served(at_once) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        told = await closed(reader)
        writer.close()

    assert told == b""


async def test_a_head_that_trickles_in_wins_no_time() -> None:
    async with served(at_once) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        closing = asyncio.create_task(closed(reader))
        while not closing.done():
            writer.write(b"G" if not writer.transport.get_write_buffer_size() else b"")
            await asyncio.sleep(0.02)
        writer.close()

    assert closing.exception() is not None or b"200" not in closing.result()


async def test_the_second_head_of_a_connection_is_owed_like_the_first() -> None:
    async with served(at_once) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"\r\n" + HEAD)
        told = await closed(reader)
        writer.close()

    assert told.count(b"HTTP/1.1 200") == 1


async def test_a_body_that_does_not_end_after_its_answer_is_not_waited_for() -> None:
    async with served(at_once) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(UPLOAD)
        told = await closed(reader)
        writer.close()

    assert told.endswith(b"ok")


async def test_who_owes_nothing_is_left_in_peace() -> None:
    async with served(at_once) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(HEAD + b"\r\n")
            await reader.readuntil(b"ok")
            await asyncio.sleep(Hasty.OWED_SECONDS * 2)
        writer.close()


async def test_a_caller_who_hangs_up_leaves_the_queue() -> None:
    gate, ended = Gate(at_once=1, queue=1, patience=0.75), asyncio.Event()
    gate.open()

    async def waiting(scope: Any, receive: Any, send: Any) -> None:
        connection = connection_of(scope)
        assert connection is not None
        assert connection.arrived > 0
        with pytest.raises(Crowded):
            await gate.wait(connection, since=float("inf"))
        ended.set()

    gate.enter(0.0)
    async with served(waiting) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"\r\n")
        await until(lambda: bool(gate._waiting))
        writer.close()
        await until(ended.is_set)

    assert not gate._waiting
