"""A way between two programs that can be shut, blocked or cut; what it carries it does not read."""

import asyncio
import socket
import struct
from collections.abc import Callable, Coroutine
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: what is closed is reset, as by a machine that lost its power."""


class Proxy:
    """A port of its own that leads to another one, run by a thread of its own."""

    def __init__(self, host: str, port: int) -> None:
        self._there = host, port
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._sides: set[_Side] = set()
        self.blocked = False
        self.allowance: int | None = None
        self._door = _bound(0)
        self.port: int = self._door.getsockname()[1]
        self.open()

    def open(self) -> None:
        """Let new connections through."""
        self._do(self._open())

    def shut(self) -> None:
        """Refuse new connections and reset those there are; the port stays taken."""
        self._do(self._shut())

    def block(self) -> None:
        """Carry nothing more, and hang up on nobody: the other end neither answers nor leaves."""
        self._do(self._set_blocked(blocked=True))

    def unblock(self) -> None:
        """Go on where it stood still."""
        self._do(self._set_blocked(blocked=False))

    def cut(self, *, after: int | None = 0) -> None:
        """Reset every connection once it has carried so many more bytes, new ones too; None: no longer."""
        self._do(self._cut(after))

    def close(self) -> None:
        """End it."""
        self._do(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self._door.close()

    def _do(self, what: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    async def _open(self) -> None:
        self._server = await self._loop.create_server(self._entered, sock=self._door)

    async def _shut(self) -> None:
        self._server.close()
        for side in tuple(self._sides):
            side.reset()
        await asyncio.sleep(0)
        self._door = _bound(self.port)

    async def _set_blocked(self, *, blocked: bool) -> None:
        self.blocked = blocked
        for side in self._sides:
            side.read(not blocked)

    async def _cut(self, after: int | None) -> None:
        self.allowance = after
        for side in tuple(self._sides):
            side.allow(after)

    def _entered(self) -> "_Side":
        return _Side(self, self._there)

    def joined(self, side: "_Side") -> None:
        """A new end of a connection."""
        self._sides.add(side)
        side.read(not self.blocked)

    def left(self, side: "_Side") -> None:
        """One that is gone."""
        self._sides.discard(side)


class _Side(asyncio.Protocol):
    """One end of a connection through the proxy; `beyond` is the other one."""

    def __init__(self, proxy: Proxy, there: tuple[str, int] | None, beyond: "_Side | None" = None) -> None:
        self._proxy = proxy
        self._there = there
        self.beyond = beyond
        self.transport: asyncio.Transport | None = None
        self._left = proxy.allowance
        # A pause is no promise: Python 3.11.2 forgets one that is made as the connection begins.
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._proxy.joined(self)
        if self._there is not None:
            transport.pause_reading()
            self._reaching = asyncio.get_running_loop().create_task(self._reach(*self._there))

    async def _reach(self, host: str, port: int) -> None:
        make: Callable[[], _Side] = lambda: _Side(self._proxy, None, self)  # noqa: E731  # of one line
        try:
            _, self.beyond = await asyncio.get_running_loop().create_connection(make, host, port)
        except OSError:
            self.reset()
            return
        self._proxy.joined(self)

    def read(self, whether: bool) -> None:  # noqa: FBT001  # says it by its name
        if self.transport is not None and not self.transport.is_closing():
            if whether and self.beyond is not None and self._held:
                held, self._held = self._held, b""
                self._carry(held)
            (self.transport.resume_reading if whether and self.beyond else self.transport.pause_reading)()

    def allow(self, bytes_more: int | None) -> None:
        self._left = bytes_more
        if bytes_more == 0:
            self.reset()

    def data_received(self, data: bytes) -> None:
        if self._proxy.blocked or self.beyond is None:
            self._held += data
        else:
            self._carry(data)

    def _carry(self, data: bytes) -> None:
        if self._left is not None:
            # More may come in before the reset: of that, nothing.
            data, self._left = data[: self._left], max(self._left - len(data), 0)
        if self.beyond is not None and self.beyond.transport is not None:
            self.beyond.transport.write(data)
        if self._left is not None and self._left <= 0:
            asyncio.get_running_loop().call_soon(self.reset)

    def connection_lost(self, exc: Exception | None) -> None:
        self._proxy.left(self)
        if self.beyond is not None and self.beyond.transport is not None:
            self.beyond.transport.close()

    def reset(self) -> None:
        for side in (self, self.beyond):
            if side is not None and side.transport is not None and not side.transport.is_closing():
                wire = side.transport.get_extra_info("socket")
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                side.transport.abort()


def _bound(port: int) -> socket.socket:
    """A socket that has the port and does not listen: whoever calls is refused, and nobody else gets it."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    return door
