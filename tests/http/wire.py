"""A request byte by byte, as a server hands it to the application: what no well-behaved client would send."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson

from app.main import Berdaya

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    pieces: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return orjson.loads(self.body)

    def header(self, name: bytes) -> bytes | None:
        """The only header of that name, or None."""
        found = [value for given, value in self.headers if given == name]
        assert len(found) < 2, f"{name!r} is sent once"
        return found[0] if found else None


async def send(
    application: Berdaya,
    method: str,
    target: bytes,
    *,
    headers: Headers = (),
    body: Iterable[bytes] = (),
    leaves: bool = False,
) -> Heard:
    """Send a request whose body comes in these pieces; with `leaves` the client is gone before the last of them."""
    path, _, query = target.partition(b"?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"berdaya.test"), *headers],
        "client": ("192.0.2.1", 40000),
        "server": ("berdaya.test", 80),
    }
    pieces = list(body)
    incoming = [
        {"type": "http.request", "body": piece, "more_body": leaves or number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ] or [{"type": "http.request", "body": b"", "more_body": leaves}]
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if incoming:
            return incoming.pop(0)
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def hear(message: Any) -> None:
        said.append(message)

    await application(scope, receive, hear)
    start, *rest = said
    assert not rest[-1].get("more_body", False), "an answer has an end"
    return Heard(start["status"], tuple(start["headers"]), tuple(one.get("body", b"") for one in rest))
