"""Each refusal is shown as the very document the server would send."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson

from app.http.catalogue import TEXTS
from app.http.negotiation import MEDIA
from app.http.openapi import recorded
from app.http.openapi.examples import REF, resolved
from app.http.openapi.headers import COUNTS, referred
from app.http.openapi.parameters import address
from app.http.operation import Operation
from app.http.problems import (
    Broken,
    Conflict,
    Fault,
    Forbidden,
    Gone,
    Invalid,
    Moved,
    NotAcceptable,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unreadable,
    Unserved,
    UnsupportedMedia,
    document,
)

Told = dict[str, Any]

REQUEST_ID = "6c1d02b7a94e-2f"
"""The request id in every example."""

SAID: dict[int, str] = {
    308: "The code was retired: `Location` is the present address, with sub-path and query kept",
    400: "The bytes of the body are no JSON, or nested too deep",
    401: "No token where one is needed, or one that is wrong, expired or revoked",
    403: "The role lacks the permission",
    404: "It does not exist for this caller; what lies outside the token's region does not either",
    406: "Not available in the media types asked for",
    409: "The request is right and the register says otherwise",
    410: "The feed began anew, as after a restore: start a copy again from its snapshot",
    412: "Changed since the version in If-Match; nothing was written",
    413: "The body is over its limit",
    415: "The body has another media type, or is compressed",
    422: "Well formed and wrong: `errors` names every fault with its pointer",
    428: "This installation demands If-Match",
    429: "Too often; the same again passes after `Retry-After` seconds",
    500: "A fault of ours; the request id finds it in the log",
    503: "The database or the time is missing; send the same again after `Retry-After`",
}
_SHARED: dict[int, Refusal] = {
    400: Unreadable("request.malformed_json"),
    401: Unauthenticated(),
    406: NotAcceptable(
        "request.not_acceptable",
        pointer="/header/Accept",
        available=", ".join(MEDIA[name][0] for name in ("json", "csv", "xlsx")),
    ),
    410: Gone("feed.restarted", pointer="/query/after"),
    412: PreconditionFailed("request.precondition", pointer="/header/If-Match"),
    413: TooLarge("request.too_large", limit=1_048_576),
    415: UnsupportedMedia("request.media_type", pointer="/header/Content-Type", expected="application/json"),
    428: PreconditionRequired("request.precondition_required", pointer="/header/If-Match"),
    429: TooMany("fair_use.exceeded", wait=3),
    500: Broken(),
    503: Unserved(),
}
_PROBLEM = "application/problem+json"
UNSIGNED = Unauthenticated("webhook.unsigned", scheme="StandardWebhooks")
_HEADERS = {
    308: ("Location",),
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}


def shared() -> Told:
    """The refusals that are the same for every operation, by the name of their class; and 304."""
    told = {
        type(refusal).__name__: _response(status, _shown(refusal, "/v1/villages/64.02.04.2001"))
        for status, refusal in _SHARED.items()
    }
    unchanged = {"description": "The ETag in If-None-Match is still the present one"}
    return {**told, "Unchanged": {**unchanged, "headers": referred("X-Request-ID", *COUNTS, "ETag", "Link")}}


def refused(status: int, told: Told, operation: Operation, schemas: Told) -> Told:
    """The response of one status of one operation."""
    if status == HTTPStatus.UNAUTHORIZED and operation.admits is not None:
        shown = _shown(UNSIGNED, address(told, operation.path))
        return {**_response(status, shown), "description": "Not signed by a secret in force, or too old"}
    if status in _SHARED:
        return {"$ref": f"#/components/responses/{type(_SHARED[status]).__name__}"}
    shown = recorded.answer(operation.name, status, _PROBLEM)
    if shown is None:
        shown = _shown(_OWN[status](told, operation, schemas), address(told, operation.path))
    return _response(status, shown, waits=status == HTTPStatus.CONFLICT and operation.replays)


def _response(status: int, shown: Told, *, waits: bool = False) -> Told:
    names = ("X-Request-ID", *COUNTS, *_HEADERS.get(status, ()), *(("Retry-After",) if waits else ()))
    media = {"schema": {"$ref": f"{REF}Problem"}, "example": shown}
    return {"description": SAID[status], "headers": referred(*names), "content": {_PROBLEM: media}}


def _shown(refusal: Refusal, instance: str) -> Told:
    shown: Told = orjson.loads(document(refusal, instance=instance, request_id=REQUEST_ID, language="en"))
    return shown


def _moved(told: Told, operation: Operation, schemas: Told) -> Refusal:
    return Moved(_code(operation, "moved") or "route.not_found", address(told, operation.path))


def _forbidden(told: Told, operation: Operation, schemas: Told) -> Refusal:
    return Forbidden("access.forbidden", permission=operation.permission)


def _not_found(told: Told, operation: Operation, schemas: Told) -> Refusal:
    own = _code(operation, "not_found") or "route.not_found"
    if operation.path_names:
        return NotFound(own, pointer=f"/path/{operation.path_names[0]}")
    # What a body refers to may be what is missing: `village_code` is the code of a village.
    for name in _body(told, schemas).get("properties", {}):
        code = f"{name.rpartition('_')[0]}.not_found"
        if code in TEXTS:
            return NotFound(code, pointer=f"/{name}")
    return NotFound(own)


def _conflict(told: Told, operation: Operation, schemas: Told) -> Refusal:
    code = _code(operation, "in_use" if "DELETE" in operation.verbs else "exists", last=True)
    return Conflict(code or ("idempotency.running" if operation.replays else "conflict.constraint"))


def _invalid(told: Told, operation: Operation, schemas: Told) -> Refusal:
    body = _body(told, schemas)
    if operation.patches:
        return Invalid([Fault("/version", "read_only"), Fault("/remarks", "field.unknown")])
    if body:
        missing = [Fault(f"/{name}", "field.required") for name in body.get("required", ())[:1]]
        return Invalid([*missing, Fault("/remarks", "field.unknown")])
    if operation.signature.query:
        return Invalid([Fault("/query/limit", "value.too_large", {"limit": 500})])
    return Invalid([Fault("/query/verbose", "field.unknown")])


_OWN: dict[int, Callable[[Told, Operation, Told], Refusal]] = {
    308: _moved,
    403: _forbidden,
    404: _not_found,
    409: _conflict,
    422: _invalid,
}


def _body(told: Told, schemas: Told) -> Told:
    content = told.get("requestBody", {}).get("content", {})
    return resolved(content["application/json"]["schema"], schemas) if "application/json" in content else {}


def _code(operation: Operation, ending: str, *, last: bool = False) -> str:
    """The code by which a collection refuses: `village.not_found` for what lies below `/v1/villages`."""
    collections = [part for part in operation.path.split("/") if part not in ("", "v1") and "{" not in part]
    code = f"{collections[-1 if last else 0].replace('-', '_').removesuffix('s')}.{ending}"
    return code if code in TEXTS else ""
