"""The door: who would find no room even in the queue is told so before anything is made of the request.

The answer is the one that the dispatcher would give, for a third of the work; with ten times as many callers as can be
served, it is the work of telling nine of them that takes the place from the tenth. They are counted as crowded out,
under no route.
"""

from typing import Any

from app.http.answers import start_headers
from app.http.catalogue import language_of
from app.http.dispatch import problem, request_id_of
from app.http.gate import Gate

_LINE = b"HTTP/1.1 503 Service Unavailable\r\n"
_OTHERS = frozenset({"HEAD", "OPTIONS"})
"""Methods whose answers have another form; the dispatcher gives them."""


class Door:
    """The door before a gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def turns_away(self, scope: Any) -> list[bytes] | None:
        """What goes over the wire to one for whom there is no room: status line, headers, body; None for others.

        There is room after the status line for headers of the server's own.
        """
        path: str = scope["path"]
        if not path.startswith("/v1/") or scope["method"] in _OTHERS or not self._gate.is_full():
            return None
        given = dict(scope["headers"])
        request_id = request_id_of(given.get(b"x-request-id", b""))
        language = language_of(given.get(b"accept-language", b"").decode("latin-1"))
        answer = problem(self._gate.refusal(), path=path, request_id=request_id, language=language)
        assert isinstance(answer.body, bytes)  # noqa: S101  # a problem is never a stream
        headers = start_headers(answer, request_id.encode(), len(answer.body))
        return [_LINE, *(b"%b: %b\r\n" % header for header in headers), b"\r\n", answer.body]
