"""Two requests over two connections that reach two servers in the same instant.

Of each request all but the last byte is sent before; then two bytes are left, and one is sent right after the other.
"""

import json
import socket
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit

ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Request:
    """What a client attempts."""

    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def told(self, host: str, headers: dict[str, str]) -> bytes:
        """Its bytes."""
        body = b"" if self.body is None else json.dumps(self.body, separators=(",", ":")).encode()
        sent = {"host": host, "content-length": str(len(body)), **headers, **self.headers}
        if body:
            sent["content-type"] = "application/json"
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass(frozen=True)
class Answer:
    """What it got."""

    status: int
    body: Any = None
    replayed: bool = False

    @property
    def fate(self) -> str:
        """The status, and of a refusal its code."""
        code = self.body.get("code") if self.status >= 400 else None
        return (
            f"{self.status} {code}"
            if code
            else f"{self.status} replayed"
            if self.replayed
            else f"{self.status}"
        )


Requests = tuple[Request, Request]
Answers = tuple[Answer, Answer]


def raced(
    addresses: tuple[str, str], requests: Requests, headers: dict[str, str], *, second_first: bool = False
) -> Answers:
    """The answers to two requests, each by a server of its own, released together, in either order."""
    hosts = [urlsplit(address).netloc for address in addresses]
    told = [request.told(host, headers) for request, host in zip(requests, hosts, strict=True)]
    ways = [_connected(host) for host in hosts]
    try:
        for way, sent in zip(ways, told, strict=True):
            way.sendall(sent[:-1])
        for turn in (1, 0) if second_first else (0, 1):
            ways[turn].sendall(told[turn][-1:])
        first, second = (_answer(way) for way in ways)
    finally:
        for way in ways:
            way.close()
    return first, second


def _connected(host: str) -> socket.socket:
    name, _, port = host.rpartition(":")
    way = socket.create_connection((name, int(port)), timeout=ANSWER_SECONDS)
    way.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return way


def _answer(way: socket.socket) -> Answer:
    with HTTPResponse(way) as response:
        response.begin()
        body = response.read()
        replayed = response.getheader("idempotent-replayed") is not None
        return Answer(response.status, json.loads(body) if body else None, replayed)
