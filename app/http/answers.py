"""An answer is written straight to bytes: status, media type, headers, and either a body or a stream of pieces."""

import gzip
import hashlib
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.database.readings import Reading
from app.database.register import Register, State
from app.http.catalogue import Language

Header = tuple[bytes, bytes]

JSON = b"application/json"
PROBLEM = b"application/problem+json"
CSV = b"text/csv; charset=utf-8"
XLSX = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON = b"application/geo+json"
SVG = b"image/svg+xml"

GZIP = "-gzip"
"""What the tag of a gzip form ends with."""
_COMPRESS_FROM = 1024
_GUARDS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
"""What a browser must not do with an answer, whatever it is."""


@dataclass(slots=True)
class Answer:
    """What goes back to the caller; `etag` is the unquoted strong tag of the representation."""

    status: int = 200
    body: bytes | AsyncIterator[bytes] = b""
    media: bytes = JSON
    etag: str | None = None
    cache: bytes = b"no-cache"
    vary: bytes = b"Accept, Accept-Encoding"
    headers: list[Header] = field(default_factory=list)
    policy: bytes = b"default-src 'none'; frame-ancestors 'none'"
    """The Content-Security-Policy: data loads nothing and stands in no frame."""
    secret: bool = False
    """Whether it shows a secret, so that it is given once and never kept."""
    reading: Reading | None = None
    """What it shows of people in the clear, to be put on record before it is sent."""


Present = Callable[[Any, "str | None"], Answer]
"""Turns the state a service gives back into an answer for a reader with that personal reach (None: nowhere)."""


def json_answer(value: object, *, status: int = 200, cache: bytes = b"no-store") -> Answer:
    """An answer that is computed for this request alone."""
    return Answer(status=status, body=orjson.dumps(value), cache=cache)


def tagged(answer: Answer) -> Answer:
    """The answer with a tag of its content, for what has no version of its own."""
    if isinstance(answer.body, bytes):
        answer.etag = hashlib.sha256(answer.body).hexdigest()[:24]
    return answer


def representation(register: Register, state: State, reach: str | None, *, status: int = 200) -> Answer:
    """The representation of a state as its reader may see it, with the tag of its version and variant."""
    if not register.reveals(state, reach):
        body = register.document(state).encode()
        return variant(body, state["version"], clear=False, personal=bool(register.personal), status=status)
    body = register.clear_document(state)
    answer = variant(body, state["version"], clear=True, personal=True, status=status)
    answer.reading = register.reading(state)
    return answer


def variant(body: bytes, version: int, *, clear: bool, personal: bool, status: int = 200) -> Answer:
    """A representation with its tag, caching and `Vary`; `personal` says that it has a clear and a masked form."""
    return Answer(
        status=status,
        body=body,
        etag=f"{version}-clear" if clear else f"{version}",
        cache=b"no-store" if clear else b"no-cache",
        vary=b"Accept, Accept-Encoding, Authorization" if personal else b"Accept, Accept-Encoding",
    )


def spoken(body: bytes, version: int | None, *, language: Language, status: int = 200) -> Answer:
    """A representation that holds texts in one language; without a version it is made for this request alone."""
    return Answer(
        status=status,
        body=body,
        etag=None if version is None else f"{version}-{language}",
        cache=b"no-store" if version is None else b"no-cache",
        vary=b"Accept, Accept-Encoding, Accept-Language",
        headers=[(b"content-language", language.encode())],
    )


def start_headers(answer: Answer, request_id: bytes, length: int | None) -> list[Header]:
    """All headers of an answer in the order they are sent."""
    headers = [
        (b"content-type", answer.media),
        (b"cache-control", answer.cache),
        (b"vary", answer.vary),
        (b"x-request-id", request_id),
        (b"content-security-policy", answer.policy),
        *_GUARDS,
        *answer.headers,
    ]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    if answer.etag is not None:
        headers.append((b"etag", f'"{answer.etag}"'.encode()))
    return headers


def compressible(answer: Answer) -> bool:
    """Whether the answer is long enough to be worth a gzip form; a stream is, unless it is packed already."""
    if answer.media == XLSX:
        return False
    return not isinstance(answer.body, bytes) or len(answer.body) >= _COMPRESS_FROM


def compress(answer: Answer) -> None:
    """Turn the answer into its gzip form, whose strong tag is another one."""
    if isinstance(answer.body, bytes):
        answer.body = gzip.compress(answer.body, compresslevel=5, mtime=0)
    else:
        answer.body = _compressed(answer.body)
    answer.headers.append((b"content-encoding", b"gzip"))
    if answer.etag is not None:
        answer.etag += GZIP


async def begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The stream with its first piece made: what fails before it becomes a problem, not a broken 200."""
    first = await anext(pieces, b"")

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return whole()


async def _compressed(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(5, zlib.DEFLATED, 31)
    async for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()
