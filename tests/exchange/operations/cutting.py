"""A link that breaks: a proxy between a client and a server that lets so many bytes through, and then nothing."""

import json
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Thread
from typing import Any, Literal

Way = Literal["request", "response"]
WHOLE = 1 << 40


class Link:
    """One way in; `lets` says how many bytes of the next connection's request and response get through.

    `passed` counts what the last connection brought through, so that the length of a whole one is known.
    """

    def __init__(self, server_port: int) -> None:
        self._to = ("127.0.0.1", server_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.lets: dict[Way, int] = {}
        self.passed: dict[Way, int] = {}
        self._thread = Thread(target=self._serve, daemon=True)

    def open(self) -> None:
        """Begin to take connections, one after another."""
        self._thread.start()

    def close(self) -> None:
        """Take none any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=10)

    def cut(self, way: Way, after: int) -> None:
        """Let the next connection break when so many bytes have gone one way."""
        self.lets = {way: after}

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            left: dict[Way, int] = {way: self.lets.get(way, WHOLE) for way in ("request", "response")}
            self.lets, self.passed = {}, {"request": 0, "response": 0}
            with client, socket.create_connection(self._to) as server:
                self._carry({client: ("request", server), server: ("response", client)}, left)

    def _carry(self, ends: dict[socket.socket, tuple[Way, socket.socket]], left: dict[Way, int]) -> None:
        while all(left.values()):
            ready, _, _ = select.select(list(ends), [], [])
            for end in ready:
                way, other = ends[end]
                try:
                    data = end.recv(65536)[: left[way]]
                    other.sendall(data)
                except OSError:
                    return
                if not data:
                    return
                left[way] -= len(data)
                self.passed[way] += len(data)


@contextmanager
def link_to(server_port: int) -> Iterator[Link]:
    """A link that is whole until it is told otherwise."""
    link = Link(server_port)
    link.open()
    try:
        yield link
    finally:
        link.close()


def attempt(port: int, token: str, outbox: list[Any]) -> dict[str, Any] | None:
    """Send an outbox once; None unless a whole answer came back that says what became of it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json", "connection": "close"}
    try:
        connection.request("POST", "/v1/operations", json.dumps({"operations": outbox}), headers)
        answer = connection.getresponse()
        told: dict[str, Any] = json.loads(answer.read())
    except (HTTPException, OSError, ValueError):
        return None
    finally:
        connection.close()
    return told if answer.status == 200 and "results" in told else None
