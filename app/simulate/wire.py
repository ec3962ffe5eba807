"""One connection to a server, by the standard library, which can also break off in the middle as networks do."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import sleep
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson

PATIENCE_SECONDS = 30
TRIES = 60
_AGAIN = frozenset({429, 502, 503, 504})


class Unanswered(Exception):
    """The server gave no answer that can be worked with."""


class Reply(NamedTuple):
    """An answer: its status and what its JSON says."""

    status: int
    told: Any

    @property
    def code(self) -> str:
        """The code of a problem; empty where there is none."""
        return str(self.told.get("code", "")) if isinstance(self.told, dict) else ""


class Wire:
    """A caller of the server at `url`, who keeps one connection."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the address of a server begins with http:// or https://")
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
        self._token = {"authorization": f"Bearer {token}"} if token else {}

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def ask(self, path: str) -> Any:
        """What is read at a path; raises `Unanswered` when it is refused."""
        reply = self.send("GET", path, b"", self._token)
        if reply.status != 200:
            raise Unanswered(f"GET {path.partition('?')[0]} was answered with {reply.status} {reply.code}")
        return reply.told

    def tell(self, path: str, body: bytes, headers: Mapping[str, str], *, signed: bool = False) -> Reply:
        """The answer to a POST, sent again while the server is busy; a signed one goes without the token."""
        return self.send("POST", path, body, self._headers(headers, signed=signed))

    def break_off(
        self, path: str, body: bytes, headers: Mapping[str, str], *, sent: int, signed: bool = False
    ) -> None:
        """Send so many bytes of a POST and hang up without waiting for an answer."""
        connection = self._connection
        try:
            connection.putrequest("POST", path)
            for name, value in {
                **self._headers(headers, signed=signed),
                "content-length": str(len(body)),
            }.items():
                connection.putheader(name, value)
            connection.endheaders(body[:sent])
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()

    def _headers(self, headers: Mapping[str, str], *, signed: bool) -> dict[str, str]:
        return {"content-type": "application/json", **headers, **({} if signed else self._token)}

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """One request, again while the server is busy or gone; raises `Unanswered` in the end."""
        last = "nothing"
        for attempt in range(TRIES):
            try:
                self._connection.request(method, path, body or None, dict(headers))
                response = self._connection.getresponse()
                content = response.read()
                told = orjson.loads(content) if content else None
            except (OSError, HTTPException, orjson.JSONDecodeError) as lost:
                self._connection.close()
                last = type(lost).__name__
            else:
                reply = Reply(response.status, told)
                if reply.status not in _AGAIN and reply.code != "idempotency.running":
                    return reply
                last = f"{reply.status} {reply.code}"
            sleep(min(0.02 * 2**attempt, 1))
        raise Unanswered(f"{method} {path.partition('?')[0]} was answered with {last} {TRIES} times")
