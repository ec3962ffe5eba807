"""One attempt to deliver: the name is resolved once, every address judged, and the connection goes to that address.

Law: no redirect is followed, no proxy of the environment is asked, and TLS is verified for the name, so the judged
address and the reached one are the same. Whatever happens becomes a `Result`, never an error.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from app.changes.webhooks.addresses import Refused, Rules, Target, check, target

TIMEOUT_SECONDS = 15.0
_OVERLOADED = frozenset({429, 502, 503, 504})
_GONE = 410

Resolve = Callable[[str, int], Awaitable[list[str]]]


class Result(NamedTuple):
    """How an attempt went: the receiver's status if it answered, a word for the failure, None once it is delivered."""

    status: int | None
    error: str | None
    asked_wait: float | None = None


async def resolved(host: str, port: int) -> list[str]:
    """The addresses that a host has now; raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


@dataclass(frozen=True)
class Sender:
    """Sends to public hosts, or to what the rules let through besides."""

    rules: Rules
    resolve: Resolve = resolved
    timeout: float = TIMEOUT_SECONDS

    def client(self) -> httpx.AsyncClient:
        """A client for `send`. It keeps no connection: two names at one address must not share one."""
        return httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=self.timeout,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def pinned(self, url: str) -> tuple[Target, str]:
        """The parts of a URL and the address to connect to; raises `Refused` or `OSError`."""
        where = target(url, self.rules)
        addresses = check(await self.resolve(where.host, where.port), self.rules)
        return where, str(addresses[0])

    async def send(
        self, client: httpx.AsyncClient, url: str, body: bytes, headers: Mapping[str, str], *, now: float
    ) -> Result:
        """Deliver once; `now` in Unix seconds, for a receiver that says until when to wait."""
        try:
            async with asyncio.timeout(self.timeout):
                where, address = await self.pinned(url)
                request = _request(client, where, address, body, headers)
                answer = await client.send(request, stream=True)
                # What a receiver says beyond its status is not read, however long it is.
                await answer.aclose()
        except Refused:
            return Result(None, "address")
        except (TimeoutError, httpx.TimeoutException):
            return Result(None, "timeout")
        except (httpx.HTTPError, httpx.InvalidURL):
            return Result(None, "unreachable")
        except (OSError, UnicodeError):
            return Result(None, "unresolved")
        return _judged(answer, now)


def _request(
    client: httpx.AsyncClient, where: Target, address: str, body: bytes, headers: Mapping[str, str]
) -> httpx.Request:
    host = f"[{address}]" if ":" in address else address
    named = {**headers, "host": where.authority, "content-type": "application/json", "user-agent": "Berdaya"}
    return client.build_request(
        "POST",
        f"{where.scheme}://{host}:{where.port}{where.path}",
        content=body,
        headers=named,
        extensions={"sni_hostname": where.host},
    )


def _judged(answer: httpx.Response, now: float) -> Result:
    status = answer.status_code
    if 200 <= status < 300:
        return Result(status, None)
    if status in _OVERLOADED:
        return Result(status, "overloaded", _wait_in(answer.headers.get("retry-after", ""), now))
    if status == _GONE:
        return Result(status, "gone")
    return Result(status, "redirect" if 300 <= status < 400 else "status")


def _wait_in(header: str, now: float) -> float | None:
    """The seconds that a `Retry-After` asks for, as a number or as a day and hour (RFC 9110 §10.2.3)."""
    if header.isascii() and header.isdigit() and len(header) < 10:
        return float(header)
    try:
        return parsedate_to_datetime(header).timestamp() - now
    except (ValueError, OverflowError):
        return None
