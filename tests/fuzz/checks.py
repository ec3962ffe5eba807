"""What is asked of every answer beside Schemathesis' own checks; law: a check that is off has its reason here."""

from collections.abc import Awaitable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

import httpx
import orjson
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.specs.openapi.checks import negative_data_rejection

from app.main import Berdaya
from tests.answers import Check, checked

Told = dict[str, Any]

OFF = {
    "positive_data_acceptance": "it judges by the status alone; `only_a_rule_refuses` reads the codes of the refusal",
    "negative_data_rejection": "a batch answers 200 and judges each item; `what_is_wrong_is_refused` looks into it",
    "object_level_authorization": "reading is public by contract, so whatever one makes another may read; that nobody "
    "writes or sees what is personal beyond his region is asked by `StaysInReach` and by the matrix in tests/access",
}
"""Built-in checks that run nowhere."""

ONE_ADDRESS = ("POST /v1/imports/{kind}", "GET /v1/imports/{id}")
"""Two operations whose addresses have one shape: what the document calls undeclared on one is declared on the other."""
OFF_AT = {
    name: {"unsupported_method": {"enabled": False}, "allow_header_conformance": {"enabled": False}}
    for name in ONE_ADDRESS
}

SHAPES = ("value.", "field.", "text.", "list.", "code.", "sort.", "request.", "idempotency.malformed")
"""How the codes begin of what a schema can say: nobody who keeps to the document meets them."""
IN_WORDS = {
    "request.precondition": "whether an ETag is stale depends on what is stored",
    "value.integer": "for JSON Schema 5.0 is an integer; for us it is not one, as clients differ in how they read it",
    "text.character": "that nothing invisible may stand in a text is said once for all of them",
    "text.blank": "so is that a name is not made of blanks",
    "text.population_nik": "whether digits are a person's number needs arithmetic",
    "field.required": "which field is needed depends on another one",
    "value.choice": "which statuses an edition knows depends on the edition in the path",
    "value.date_future": "what is in the future depends on the day",
    "value.instant": "that a parameter takes a day or an instant is said in its description",
    "list.repeated": "what makes two items of a list the same is said in its description",
    "field.unknown": "which rows of scores there are depends on the edition in the path",
    "sort.unknown": "the orders of a list are named in the description of `sort`",
    "request.media_type": "JSON is imported for one kind alone",
    "code.malformed": "which level a code is of, and a BPS code among them, is said in words",
}
"""The codes among them that a request by the document may still meet, and why."""
REFUSED = ("400", "401", "403", "404", "405", "406", "409", "410", "412", "413", "415", "422", "428", "429")
"""What may come of a request that breaks the document: a stale If-Match is seen before what a merge would leave."""


@schemathesis.check
def only_a_rule_refuses(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """What keeps to the document is refused by a rule of the office, never for its shape."""
    meta = case.meta
    if meta is None or meta.generation.mode is not schemathesis.GenerationMode.POSITIVE:
        return
    if response.status_code not in {400, 406, 412, 413, 415, 422}:
        return
    codes = {error["code"] for error in orjson.loads(response.content)["errors"]}
    of_shape = {code for code in codes if code.startswith(SHAPES)} - IN_WORDS.keys()
    assert not of_shape, f"the document allows this, and it is refused: {', '.join(sorted(of_shape))}"


@schemathesis.check
def what_is_wrong_is_refused(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """What breaks the document is refused; where many are judged one by one, at least one of them is."""
    try:
        negative_data_rejection(ctx, response, case)
    except AcceptedNegativeData:
        judged = [one for one in _objects(_json(response)) if one.get("status") in ("refused", "rejected")]
        if not judged:
            raise


@schemathesis.check
def the_answer_is_as_documented(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """What the whole suite asks of each answer: its strict shape, its headers, a problem that names its faults."""
    application: Berdaya = case.operation.app
    if application not in _strict:
        _strict[application] = checked(application)
    request = httpx.Request(response.request.method or "GET", response.request.url or "")
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    heard = httpx.Response(response.status_code, headers=headers, request=request)
    heard._content = response.content
    _finished(_strict[application](heard))


_strict: WeakKeyDictionary[Berdaya, Check] = WeakKeyDictionary()


@schemathesis.check
class StaysInReach:
    """Nobody writes a thing beyond his region, or reads what is personal in one."""

    def __init__(self, reach: str = "") -> None:
        self._reach = reach

    def after_response(
        self, ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
    ) -> None:
        """Look at every thing in the answer that says where it is."""
        if not response.status_code < 300:
            return
        for thing in _objects(_json(response)):
            place = thing.get("village_code") or self._reach
            if place.startswith(self._reach):
                continue
            shown = [name for name in ("owner_name", "phone", "email") if thing.get(name) is not None]
            assert not shown, f"{', '.join(shown)} of somebody in another district"
            assert response.request.method not in ("PUT", "PATCH", "DELETE"), "a write in another district"


def _finished(work: Awaitable[None]) -> None:
    # It awaits nothing that is not there already, so one step is all of it.
    try:
        work.__await__().send(None)
    except StopIteration:
        return
    raise AssertionError("a check waits for something")


def _json(response: schemathesis.Response) -> Any:
    kind = response.headers.get("content-type", [""])[0]
    return (
        orjson.loads(response.content) if kind.startswith("application/json") and response.content else None
    )


def _objects(told: Any) -> Iterator[Told]:
    if isinstance(told, dict):
        yield told
        told = list(told.values())
    for one in told if isinstance(told, list) else ():
        yield from _objects(one)
