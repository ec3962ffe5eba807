"""One connection of the generator: it knows just enough HTTP/1.1 to be far cheaper than the server it drives."""

import asyncio
import time
from collections.abc import Callable
from typing import cast

HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
LAST_CHUNK = b"\r\n0\r\n\r\n"


class Wire(asyncio.Protocol):
    """A kept connection with at most one request on its way; `told` hears of each answer, or that none will come."""

    def __init__(self, told: Callable[["Wire", bytes | None, float], None]) -> None:
        self._told = told
        self._held = bytearray()
        self._head = b""
        self._whole = 0
        self.due: float | None = None
        """When the request on its way should have been sent; None while there is none."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is there."""
        # A cast, since uvloop's transports are not registered as asyncio's.
        self.transport = cast(asyncio.WriteTransport, transport)

    def send(self, request: bytes, *, due: float) -> None:
        """Send the next request."""
        self.due = due
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Take in what came, and tell of a whole answer."""
        self._held += data
        if not self._head:
            self._begin()
        if self._head and (
            len(self._held) >= self._whole if self._whole else self._held.endswith(LAST_CHUNK)
        ):
            head, self._head = self._head, b""
            self._held.clear()
            self._end(head)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell of it if an answer was owed."""
        self._end(None)

    def _begin(self) -> None:
        end = self._held.find(HEAD_END)
        if end < 0:
            return
        self._head = bytes(self._held[: end + 2]).lower()
        at = self._head.find(LENGTH)
        # Without a length it comes in chunks, and ends with an empty one.
        length = self._head[at + len(LENGTH) : self._head.find(b"\r", at + 2)] if at >= 0 else b""
        self._whole = end + len(HEAD_END) + int(length) if length else 0

    def _end(self, head: bytes | None) -> None:
        due, self.due = self.due, None
        if due is not None:
            self._told(self, head, time.perf_counter() - due)
