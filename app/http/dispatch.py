"""The one ASGI application: every request enters here, gets an id, a deadline and an answer, and leaves as bytes.

Whatever happens below becomes a problem document; nothing else catches, so nothing is caught twice.
"""

import itertools
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import quote

import structlog
from starlette.types import Receive, Scope, Send

from app.database import ConstraintBroken, Unavailable, Unfit
from app.database.replica import Replicated
from app.http.answers import GZIP, PROBLEM, Answer, begun, compress, compressible, start_headers
from app.http.ask import Ask, Place
from app.http.caller import Caller
from app.http.catalogue import Language, language_of
from app.http.conditional import unchanged
from app.http.counting import counted
from app.http.deadlines import Deadlines
from app.http.gate import connection_of
from app.http.measures import Measures
from app.http.negotiation import gzip_accepted
from app.http.problems import Broken, Crowded, Refusal, Unserved, document
from app.http.read_after import answer_beside
from app.http.readings import leave
from app.http.routing import Addresses
from app.http.streaming import stream
from app.http.turned_down import turned_down

Authenticate = Callable[[Ask], Awaitable[Caller]]

_log = structlog.get_logger("berdaya.request")
_SAFE_ID = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:")


SAFE_IN_PATH = "/:@!$&'()*+,;=~"
"""What stands for itself in a path, besides letters and digits (RFC 3986, 3.3)."""

_PROCESS = secrets.token_hex(6)
_numbers = itertools.count(1)


def _new_request_id() -> str:
    return f"{_PROCESS}-{next(_numbers):x}"


def request_id_of(given: bytes) -> str:
    """The id that a caller gave their request, if it is fit to be one, else a new one."""
    return given.decode() if 0 < len(given) <= 128 and _SAFE_ID.issuperset(given) else _new_request_id()


def problem(refusal: Refusal, *, path: str, request_id: str, language: Language) -> Answer:
    """The answer that tells of a refusal."""
    body = document(
        refusal,
        instance=quote(path, safe=SAFE_IN_PATH, errors="replace"),
        request_id=request_id,
        language=language,
    )
    return Answer(
        status=refusal.status,
        body=body,
        media=PROBLEM,
        cache=b"no-store" if refusal.status != 308 else b"no-cache",
        vary=b"Accept-Language, Accept-Encoding",
        headers=[*refusal.headers, (b"content-language", language.encode())],
    )


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    # A header in several lines is one list (RFC 9110 §5.3); what is no list is then refused as malformed.
    joined: dict[bytes, bytes] = {}
    for name, value in headers:
        joined[name] = joined[name] + b", " + value if name in joined else value
    return joined


class Dispatcher:
    """Serves the operations of an application at one place."""

    def __init__(
        self,
        *,
        addresses: Addresses,
        place: Place,
        authenticate: Authenticate,
        lifespan: Callable[[Scope, Receive, Send], Awaitable[None]],
        measures: Measures,
    ) -> None:
        self._addresses = addresses
        self._place = place
        self._authenticate = authenticate
        self._lifespan = lifespan
        self._measures = measures
        self._deadline = place.settings.deadline_seconds
        self._deadlines = Deadlines()
        self._fair_use = place.fair_use
        self._gate = place.gate
        self._replicated = place.database if isinstance(place.database, Replicated) else None
        self._log_requests = place.settings.log_requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] != "http":
            await self._lifespan(scope, receive, send)
            return
        connection = connection_of(scope)
        began = time.perf_counter() if connection is None else connection.arrived
        ask = self._ask(scope, receive)
        status = 0
        self._measures.enter()
        try:
            answer = await self._answer(ask, began)
            await self._send(ask, answer, send)
            status = answer.status
        finally:
            operation = getattr(ask, "operation", None)
            self._measures.leave(operation and operation.path, status, time.perf_counter() - began)
        self._tell(ask, answer.status, began)

    def _ask(self, scope: Scope, receive: Receive) -> Ask:
        ask = Ask(scope, receive)
        ask.place = self._place
        headers = scope["headers"]
        ask.raw = dict(headers)
        if len(ask.raw) != len(headers):
            ask.raw = _joined(headers)
        ask.request_id = request_id_of(ask.raw.get(b"x-request-id", b""))
        return ask

    async def _answer(self, ask: Ask, began: float) -> Answer:
        waited = time.perf_counter() - began
        try:
            with self._deadlines.within(self._deadline - waited) as ask.limit:
                ask.operation, ask.path_values = self._addresses.find(ask.scope)
                if ask.operation.counted:
                    if not self._gate.enter(waited):
                        await self._gate.wait(connection_of(ask.scope), since=began)
                    ask.inside = True
                    ask.caller = await self._authenticate(ask)
                    if self._fair_use is not None:
                        ask.told = counted(ask, self._fair_use)
                if self._replicated is None:
                    answer = await ask.operation.answer(ask)
                else:
                    answer = await answer_beside(ask, self._replicated)
                if answer.reading is not None:
                    await leave(ask, answer)
                if not isinstance(answer.body, bytes):
                    answer.body = await begun(answer.body)
                return answer
        except Exception as raised:  # noqa: BLE001  # the one place where everything becomes an answer
            return self._problem(ask, self._refusal(ask, raised))
        finally:
            if ask.inside:
                self._gate.leave()

    def _refusal(self, ask: Ask, raised: Exception) -> Refusal:
        if isinstance(raised, Refusal):
            ask.crowded_out = isinstance(raised, Crowded)
            return raised
        if isinstance(raised, TimeoutError | Unavailable):
            _log.warning(
                "unavailable", request_id=ask.request_id, reason=type(raised).__name__, told=str(raised)
            )
            return Unserved()
        if isinstance(raised, ConstraintBroken | Unfit):
            return turned_down(ask, raised)
        _log.error("fault", request_id=ask.request_id, exc_info=raised)
        return Broken()

    def _problem(self, ask: Ask, refusal: Refusal) -> Answer:
        language = language_of(ask.raw.get(b"accept-language", b"").decode("latin-1"))
        path: str = ask.scope["path"]
        return problem(refusal, path=path, request_id=ask.request_id, language=language)

    async def _send(self, ask: Ask, answer: Answer, send: Send) -> None:
        method: str = ask.scope["method"]
        reads = method in ("GET", "HEAD")
        tag = answer.etag if reads and answer.status == 200 else None
        packed = compressible(answer) and gzip_accepted(ask.raw.get(b"accept-encoding"))
        if tag and unchanged(ask.raw.get(b"if-none-match"), tag):
            answer.status, answer.body = 304, b""
            answer.etag = tag + GZIP if packed else tag
        elif packed:
            compress(answer)
        body = answer.body
        length = len(body) if isinstance(body, bytes) and answer.status not in {204, 304} else None
        headers = [*start_headers(answer, ask.request_id.encode(), length), *ask.told]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
        elif isinstance(body, bytes):
            await send({"type": "http.response.body", "body": body})
        else:
            await stream(self._in_place(body) if ask.inside else body, ask.receive, send)

    async def _in_place(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        # A stream holds a place while a piece is made, not while it is sent: else those would be let in without end
        # whose answers have begun and cannot go on.
        while True:
            self._gate.again()
            try:
                piece = await anext(pieces)
            except StopAsyncIteration:
                return
            finally:
                self._gate.leave()
            yield piece

    def _tell(self, ask: Ask, status: int, began: float) -> None:
        wanted = self._log_requests
        method: str = ask.scope["method"]
        reads = method in ("GET", "HEAD", "OPTIONS") and status < 500
        # Those who find no place are counted: a line for each would be work, just when there is too much of it.
        if wanted == "none" or (wanted == "writes" and (reads or ask.crowded_out)):
            return
        operation: Any = getattr(ask, "operation", None)
        caller: Any = getattr(ask, "caller", None)
        _log.info(
            "request",
            request_id=ask.request_id,
            method=method,
            route=operation.path if operation else None,
            status=status,
            milliseconds=round((time.perf_counter() - began) * 1000, 2),
            caller=caller.name if caller else None,
        )
