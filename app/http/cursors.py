"""A cursor is where a page ended: the last row's sorting value and key, bound to the list, its filters and its order.

Nothing about it is secret, so what comes back is held to what the columns can hold: a forged one is refused on
either engine before it reaches the database.
"""

import base64
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Double, Integer, SmallInteger

from app.clock import parse_instant
from app.database.words import Day, Id, Instant
from app.http.problems import invalid

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _whole(bits: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and -(2**bits) <= value < 2**bits


_NUMBERS: Mapping[type, Callable[[Any], bool]] = {
    SmallInteger: _whole(15),
    Integer: _whole(31),
    BigInteger: _whole(63),
    Double: lambda value: type(value) is float and math.isfinite(value),
}
_TEXTS: tuple[tuple[Any, Callable[[str], bool]], ...] = (
    (Instant, lambda text: parse_instant(text) == text),
    (Day, lambda text: date.fromisoformat(text).isoformat() == text),
    (Id, lambda text: _UUID.fullmatch(text) is not None),
)


def pack(*parts: Any) -> str:
    """A cursor that carries these values of JSON."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


def unpack(cursor: str, *, pointer: str) -> list[Any]:
    """What a cursor carries, whoever made it; 422 `cursor.unknown` for what is none."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except ValueError as forged:
        raise invalid(pointer, "cursor.unknown") from forged
    if not isinstance(parts, list):
        raise invalid(pointer, "cursor.unknown")
    return parts


def holds(column: ColumnElement[Any], value: Any) -> bool:
    """Whether a column can hold a value that came in a cursor."""
    try:
        return _holds(column, value)
    except ValueError:
        return False


def encode(digest: str, value: Any, key: str) -> str:
    """The cursor after a row."""
    return pack(digest, value, key)


def decode(cursor: str, digest: str, sort: ColumnElement[Any], key: ColumnElement[Any]) -> tuple[Any, str]:
    """The sorting value and key in a cursor; 422 `cursor.unknown` for one that is forged or of another list."""
    parts = unpack(cursor, pointer="/query/cursor")
    if len(parts) == 3 and parts[0] == digest and holds(sort, parts[1]) and holds(key, parts[2]):
        return parts[1], parts[2]
    raise invalid("/query/cursor", "cursor.unknown")


def _holds(column: ColumnElement[Any], value: Any) -> bool:
    number = _NUMBERS.get(type(column.type))
    if number is not None:
        return number(value)
    if not isinstance(value, str) or "\x00" in value:
        return False
    return all(fits(value) for word, fits in _TEXTS if word is column.type)
