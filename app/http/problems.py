"""Every refusal is a problem document (RFC 9457): all faults, in the caller's language, nothing sent echoed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

import orjson
from pydantic import BaseModel, ConfigDict, Field

from app.http.catalogue import TEXTS, TITLES, Language


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong and where.

    `pointer` is a JSON Pointer into the body; `/query/…`, `/path/…` and `/header/…` speak of the other places.
    """

    pointer: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """The root of all answers that are not what was asked for; a subclass owns its status.

    `facts` fill the text of the code and, where a client can use them, stand in the document too (`members`).
    """

    status: ClassVar[int] = 500

    def __init__(
        self,
        code: str,
        *,
        pointer: str = "",
        headers: Sequence[tuple[bytes, bytes]] = (),
        members: Mapping[str, Any] | None = None,
        **facts: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.headers = tuple(headers)
        self.members = dict(members or {})
        self.faults: tuple[Fault, ...] = (Fault(pointer, code, facts),)


class Unreadable(Refusal):
    """400: the bytes are not a request of ours."""

    status = 400


class Unauthenticated(Refusal):
    """401: no token, or one that is wrong, expired or revoked; or a delivery that nobody we know has signed."""

    status = 401

    def __init__(self, code: str = "access.unauthenticated", *, scheme: str = "Bearer") -> None:
        challenge = f'{scheme} realm="berdaya"'.encode()
        super().__init__(code, headers=((b"www-authenticate", challenge),))


class Forbidden(Refusal):
    """403: the role lacks the permission."""

    status = 403


class NotFound(Refusal):
    """404: it does not exist for this caller."""

    status = 404


class MethodNotAllowed(Refusal):
    """405: the address exists and answers to other methods."""

    status = 405


class Moved(Refusal):
    """308: the thing lives at another address now; method and body stay the same."""

    status = 308

    def __init__(self, code: str, location: str) -> None:
        super().__init__(code, headers=((b"location", location.encode()),))


class NotAcceptable(Refusal):
    """406: not available in any of the media types asked for."""

    status = 406


class Conflict(Refusal):
    """409: the request is right and the register says otherwise."""

    status = 409


class Gone(Refusal):
    """410: what was here is over; the text says how to begin anew."""

    status = 410


class PreconditionFailed(Refusal):
    """412: the version in If-Match is not the present one."""

    status = 412


class TooLarge(Refusal):
    """413: the body is over its limit."""

    status = 413


class UnsupportedMedia(Refusal):
    """415: the body is of another type."""

    status = 415


class Invalid(Refusal):
    """422: well formed and wrong; carries every fault found."""

    status = 422

    def __init__(self, faults: Iterable[Fault], members: Mapping[str, Any] | None = None) -> None:
        found = tuple(faults)
        super().__init__("request.invalid", count=len(found), members=members)
        self.faults = found


class PreconditionRequired(Refusal):
    """428: this installation asks for If-Match."""

    status = 428


class TooMany(Refusal):
    """429: too often; the same again passes after `Retry-After` seconds."""

    status = 429

    def __init__(self, code: str, *, wait: int, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        super().__init__(code, wait=wait, headers=((b"retry-after", str(wait).encode()), *headers))


class Unserved(Refusal):
    """503: the database or the time is missing; send the same again after `Retry-After` seconds."""

    status = 503

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__("server.unavailable", headers=((b"retry-after", str(retry_after).encode()),))


class Crowded(Refusal):
    """503: more is asked at once than can be answered; send the same again after `Retry-After` seconds."""

    status = 503

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__("server.crowded", headers=((b"retry-after", str(retry_after).encode()),))


class Broken(Refusal):
    """500: a fault of ours; its trace is in the log under the request id."""

    status = 500

    def __init__(self) -> None:
        super().__init__("server.fault")


def invalid(pointer: str, code: str, **facts: object) -> Invalid:
    """A 422 with a single fault."""
    return Invalid([Fault(pointer, code, facts)])


@contextmanager
def told_first(faults: Sequence[Fault]) -> Iterator[None]:
    """What is wrong with the body is told before what it names is missing, and with what else turns out wrong."""
    try:
        yield
    except (Invalid, NotFound) as refusal:
        if not faults:
            raise
        more = refusal.faults if isinstance(refusal, Invalid) else ()
        raise Invalid([*faults, *more], members=refusal.members) from refusal


class ProblemError(BaseModel):
    """One fault."""

    pointer: str = Field(description="JSON Pointer into the body, or `/query/…`, `/path/…`, `/header/…`")
    code: str = Field(description="stable, for programs")
    message: str = Field(description="for people, in the language of `Accept-Language`")


class Problem(BaseModel):
    """A refusal (RFC 9457); some carry more, as `references` or `candidates`."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(
        description="an address that says what the code means", examples=["/problems/village.not_found"]
    )
    title: str = Field(description="what the status means, for people")
    status: int = Field(description="the HTTP status")
    detail: str = Field(description="what is wrong this time, for people")
    instance: str = Field(description="the path that was asked", examples=["/v1/villages/64.02.04.2001"])
    request_id: str = Field(description="finds the request in the log")
    code: str = Field(description="stable, for programs", examples=["village.not_found"])
    errors: list[ProblemError] = Field(description="every fault that was found")


def errors_in(refusal: Refusal, language: Language) -> list[dict[str, str]]:
    """Every fault of a refusal, as a problem document names it."""
    return [
        {
            "pointer": fault.pointer,
            "code": fault.code,
            "message": TEXTS[fault.code].say(language, fault.facts),
        }
        for fault in refusal.faults
    ]


def document(refusal: Refusal, *, instance: str, request_id: str, language: Language) -> bytes:
    """The problem document of a refusal."""
    shown = {
        "type": f"/problems/{refusal.code}",
        "title": TITLES[refusal.status].say(language, {}),
        "status": refusal.status,
        "detail": TEXTS[refusal.code].say(language, refusal.facts),
        "instance": instance,
        "request_id": request_id,
        "code": refusal.code,
        "errors": errors_in(refusal, language),
        **refusal.members,
    }
    return orjson.dumps(shown)
