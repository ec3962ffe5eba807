"""The same payloads at every operation that takes JSON: each operation gets them one after another at its members.

The document says which members an operation has and what each of them takes; the matrix of access, a body it accepts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import orjson

from tests.access.matrix import LINES
from tests.access.things import FIXED, Things
from tests.http.hostile_bodies import BODIES, COUNTS, LATITUDES, MEDIA, NAMES

Told = dict[str, Any]
Table = Mapping[bytes, int]

WHOLE = frozenset({400, 413, 415})
"""What does not depend on where a payload is sent."""
APART = {
    "POST /v1/webhooks/legality/{source}": "is refused by its signature, before anything is read",
    "POST /v1/imports/{kind}": "takes files of many kinds, and looks at the media type of one first",
}
"""What has hostile payloads of its own, and why."""
SLOW = ("/v1/sessions", "/v1/users")
"""Where a text that passes costs the hash of a password: there only whole bodies are sent."""
_JSON = "application/json"
_OF_TYPE: dict[str, Table] = {"string": NAMES, "integer": COUNTS, "number": LATITUDES}


@dataclass(frozen=True, slots=True)
class Payload:
    """What is sent, as what, and the status it deserves; None where that is for the operation to say."""

    content: bytes
    media: bytes
    status: int | None


@dataclass(frozen=True, slots=True)
class Taker:
    """An operation that takes JSON, with its members by what they take."""

    said: str
    members: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """Its verb."""
        return self.said.partition(" ")[0]

    def target(self, things: Things) -> bytes:
        """Where it is asked about these things."""
        return _whole(things).at(self.said.partition(" ")[2]).encode()

    def payloads(self, things: Things) -> Iterator[Payload]:
        """All of them, the same number and order for whatever things."""
        for body, status in BODIES.items():
            yield Payload(body, _JSON.encode(), _anywhere(status))
        for media, status in MEDIA.items():
            yield Payload(b"{}", media, _anywhere(status))
        for type, members in self.members.items():
            for (value, status), member in zip(_OF_TYPE[type].items(), cycle(members), strict=False):
                content = _with(self._good(things), member, value)
                yield Payload(content, _JSON.encode(), _anywhere(status))

    def _good(self, things: Things) -> Told:
        line = LINES[self.said]
        told = line.body(_whole(things)) if line.body is not None and self.method != "PATCH" else {}
        return told if isinstance(told, dict) else {}


def takers(document: Told) -> list[Taker]:
    """Every operation of the document that takes JSON."""
    return [
        Taker(f"{verb.upper()} {path}", _members(document, schema, path))
        for path, item in document["paths"].items()
        for verb, operation in item.items()
        if (schema := _schema(operation)) is not None
        and f"{verb.upper()} {path}" in LINES.keys() - APART.keys()
    ]


def _schema(operation: Told) -> Told | None:
    content: Told = operation.get("requestBody", {}).get("content", {})
    schema: Told | None = content.get(_JSON, {}).get("schema")
    return schema


def _members(document: Told, schema: Told, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, told in _resolved(document, schema).get("properties", {}).items():
        for one in (told, *told.get("anyOf", ())):
            type = _resolved(document, one).get("type")
            if type in _OF_TYPE and not path.startswith(SLOW):
                found.setdefault(type, []).append(name)
    return found


def _resolved(document: Told, schema: Told) -> Told:
    name = schema.get("$ref", "").rpartition("/")[2]
    resolved: Told = document["components"]["schemas"][name] if name else schema
    return resolved


def _whole(things: Things) -> Things:
    return Things(things.village, things.ids, {**FIXED, **things.below})


def _anywhere(status: int) -> int | None:
    return status if status in WHOLE else None


def _with(told: Told, member: str, value: bytes) -> bytes:
    # The value stands last, as it is: most of them are no JSON that a library would write.
    rest = b"".join(
        orjson.dumps(name) + b":" + orjson.dumps(other) + b","
        for name, other in told.items()
        if name != member
    )
    return b"{" + rest + orjson.dumps(member) + b":" + value + b"}"
