"""What a hostile or careless client may send, and the status each of it deserves, on whichever engine.

The subject is Sepatin, 64.02.04.2001, at version 1. A request that succeeds leaves what the next one expects.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.http.hostile_addresses import ACCEPTED, CONDITIONS, PATHS, QUERIES
from tests.http.hostile_bodies import BODIES, COUNTS, LATITUDES, MEDIA, NAMES

SEPATIN = b"/v1/villages/64.02.04.2001"
VILLAGES = b"/v1/villages"
JSON = ((b"content-type", b"application/json"),)


class Request(NamedTuple):
    """One request and the status of its answer."""

    method: str
    target: bytes
    status: int
    body: bytes | None = None
    headers: tuple[tuple[bytes, bytes], ...] = JSON


def requests() -> Iterator[Request]:
    """All of it, reading first."""
    for query, status in QUERIES.items():
        yield Request("GET", VILLAGES + b"?" + query, status)
    for path, status in PATHS.items():
        yield Request("GET", path, status)
    for accept, status in ACCEPTED.items():
        yield Request("GET", VILLAGES, status, headers=((b"accept", accept),))
    for name, status in NAMES.items():
        yield Request("PATCH", SEPATIN, status, b'{"name":' + name + b"}")
    for count, status in COUNTS.items():
        yield Request("PATCH", SEPATIN, status, b'{"population":' + count + b"}")
    for latitude, status in LATITUDES.items():
        yield Request("PATCH", SEPATIN, status, b'{"longitude":117.5,"latitude":' + latitude + b"}")
    for body, status in BODIES.items():
        yield Request("PATCH", SEPATIN, status, body)
    for media, status in MEDIA.items():
        yield Request("PATCH", SEPATIN, status, b"{}", ((b"content-type", media),))
    for header, status in CONDITIONS.items():
        yield Request("PATCH", SEPATIN, status, b"{}", (*JSON, header))
