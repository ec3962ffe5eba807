"""Every parameter says what it does; those of the path show a value from Kukar.

An optional parameter carries no `example`: the page would fill it in, and a stale If-Match or a used key spoils
a try. Its example stands in its schema instead.
"""

from typing import Any

from app.http.openapi import recorded
from app.http.openapi.examples import example_of
from app.http.openapi.shapes import is_tagged
from app.http.operation import Operation

Told = dict[str, Any]


def _header(name: str, example: str, description: str, *, required: bool = False, **limits: Any) -> Told:
    schema = {"type": "string", **limits, "examples": [example]}
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


SHARED: Told = {
    "Accept-Language": _header("Accept-Language", "id", "`id` for Bahasa Indonesia, else English."),
    "If-None-Match": _header(
        "If-None-Match", '"3"', "An ETag you have: 304 with nothing when it is still the present one."
    ),
    "Berdaya-Read-After": _header(
        "Berdaya-Read-After",
        "1CE0A48",
        "The header of the same name that came with the answer to a write: nothing from before that write is shown. "
        "Where no replica is read it says nothing new.",
    ),
    "If-Match": _header(
        "If-Match",
        '"3"',
        "The ETag you read: when the thing has changed since, nothing is written and the answer is 412.",
    ),
    "Idempotency-Key": _header(
        "Idempotency-Key",
        "5f0c1f0e-8f0c-4d8e-9a53-0e1a52f2b0c7",
        "Any text of yours, up to 255 characters, that names this attempt: sent again, it has no second effect and "
        "gets the first answer, with `Idempotent-Replayed: true`. Kept for 7 days.",
        pattern=r'^"?[!#-~]{1,255}"?$',
    ),
    "Prefer": _header(
        "Prefer",
        "wait=3",
        "`wait=N`: wait up to N seconds, 3 at most, for what is worked on to be done; 200 when it is, else 202.",
    ),
    "webhook-id": _header(
        "webhook-id",
        "msg_2026-01-05_1",
        "Names the delivery, the same over retries: visible ASCII without a full stop. Kept for 30 days.",
        required=True,
    ),
    "webhook-timestamp": _header(
        "webhook-timestamp",
        "1767576600",
        "When this attempt was signed, in Unix seconds; off by at most 300.",
        required=True,
    ),
    "webhook-signature": _header(
        "webhook-signature",
        "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
        "`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64; several are separated by spaces.",
        required=True,
    ),
}

_WORDS = {
    "query": {
        "region": "only what lies in this region",
        "q": "words of the name, any part of a word",
        "updated_since": "only what changed at this instant or later",
        "sort": "the order of the list, with `-` downwards",
    },
    "path": {"id": "the id that the list and the answer to POST give", "year": "the year"},
}


def tell_parameters(told: Told, operation: Operation, schemas: Told) -> None:
    """Finish the parameters of an operation, and add the headers it understands."""
    parameters = told.setdefault("parameters", [])
    for parameter in parameters:
        name, place = parameter["name"], parameter["in"]
        schema = parameter["schema"] = _sendable(parameter["schema"])
        said = parameter.get("description") or schema.get("description") or _WORDS[place].get(name)
        parameter["description"] = said or f"only those with this {name.replace('_', ' ')}"
        schema.pop("description", None)
        if place == "path":
            parameter["example"] = recorded.path_value(operation.name, name) or example_of(
                schema, schemas, name=name
            )
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in _headers(operation)]


def address(told: Told, path: str) -> str:
    """An address of the operation, with the examples of its parameters."""
    for parameter in told["parameters"]:
        if parameter.get("in") == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
    return path


def _headers(operation: Operation) -> list[str]:
    wanted = {
        "If-None-Match": is_tagged(operation) and "GET" in operation.verbs,
        "Berdaya-Read-After": operation.beside and "GET" in operation.verbs,
        "If-Match": operation.conditional,
        "Idempotency-Key": operation.stores,
        **dict.fromkeys(
            ("webhook-id", "webhook-timestamp", "webhook-signature"), operation.admits is not None
        ),
        "Prefer": 202 in operation.responses,
        "Accept-Language": True,
    }
    return [name for name, it_is in wanted.items() if it_is]


def _sendable(schema: Told) -> Told:
    # A parameter is there or not; it cannot be null. A single choice is a choice, which the page can offer.
    options = [option for option in schema.pop("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        schema = {**options[0], **schema}
    elif options:
        schema["anyOf"] = options
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    if schema.get("type") == "integer" and "default" in schema:
        schema["default"] = int(schema["default"])
    return schema
