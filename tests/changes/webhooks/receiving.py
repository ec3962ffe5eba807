"""A receiver on this machine that answers as it is told, and a clock that the tests move."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson

from app import clock

Heard = dict[str, Any]
Reply = Callable[[Heard], str]
OK = "204 No Content"
HANG = ""


@dataclass
class Receiver:
    """What came in, and what is answered: a status line with headers, or nothing for one that hangs."""

    heard: list[Heard] = field(default_factory=list)
    reply: Reply = lambda heard: OK
    url: str = ""
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            # Whoever called has given up before asking.
            writer.close()
            return
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
        heard = {"path": first.split()[1], "headers": headers, "body": body, **orjson.loads(body)}
        answer = self.reply(heard)
        self.heard.append({**heard, "answer": answer})
        self.called.set()
        if answer == HANG:
            await reader.read()
        else:
            writer.write(f"HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n".encode())
            await writer.drain()
        writer.close()

    @property
    def taken(self) -> list[Heard]:
        """What was answered with success."""
        return [one for one in self.heard if one["answer"] == OK]


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    made = Receiver()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/notices"
    try:
        yield made
    finally:
        server.close()


@dataclass
class Clock:
    """An instant that stands still until it is moved."""

    at: str = field(default_factory=clock.now)

    def __call__(self) -> str:
        """The instant."""
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.at = clock.instant(datetime.fromisoformat(self.at) + timedelta(**by))
