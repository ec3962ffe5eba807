"""The door: who would find no room even in the queue is told so before anything is made of the request.

The answer is the one that the dispatcher would give, for a part of the work; with ten times as many callers as can be
served, it is the work of telling nine of them that takes the place from the tenth. They are counted as crowded out,
under no route.
"""

from functools import cache
from typing import Any
from urllib.parse import quote

from app.http.answers import start_headers
from app.http.catalogue import Language, language_of
from app.http.dispatch import SAFE_IN_PATH, problem, request_id_of
from app.http.gate import Gate
from app.http.problems import Crowded

_LINE = b"HTTP/1.1 503 Service Unavailable\r\n"
_OTHERS = frozenset({"HEAD", "OPTIONS"})
"""Methods whose answers have another form; the dispatcher gives them."""
_OWN = "#"
"""Stands in a written answer for what each caller has of their own."""


@cache
def _written(language: Language) -> tuple[list[bytes], list[bytes]]:
    """Headers and body, each cut where the caller's own goes: the id; the path and the id."""
    answer = problem(Crowded(), path=_OWN, request_id=_OWN, language=language)
    assert isinstance(answer.body, bytes)  # noqa: S101  # a problem is never a stream
    headers = b"".join(b"%b: %b\r\n" % header for header in start_headers(answer, _OWN.encode(), None))
    # The path is quoted as an address before it is told, and so is its stand-in.
    body = answer.body.replace(quote(_OWN).encode(), _OWN.encode())
    return headers.split(b": #\r\n"), body.split(b'"#"')


class Door:
    """The door before a gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def turns_away(self, scope: Any) -> tuple[bytes, bytes] | None:
        """What goes over the wire to one for whom there is no room: the status line, and the rest; None for others.

        The server puts its own headers between the two.
        """
        path: str = scope["path"]
        if not path.startswith("/v1/") or scope["method"] in _OTHERS or not self._gate.is_full():
            return None
        self._gate.refusal()
        given = dict(scope["headers"])
        request_id = request_id_of(given.get(b"x-request-id", b"")).encode()
        headers, body = _written(language_of(given.get(b"accept-language", b"").decode("latin-1")))
        instance = quote(path, safe=SAFE_IN_PATH, errors="replace").encode()
        told = b'%b"%b"%b"%b"%b' % (body[0], instance, body[1], request_id, body[2])
        rest = b"%b: %b\r\n%bcontent-length: %d\r\n\r\n%b" % (
            headers[0],
            request_id,
            headers[1],
            len(told),
            told,
        )
        return _LINE, rest
