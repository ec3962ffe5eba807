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


def encode(digest: str, value: Any, key: str) -> str:
    """The cursor after a row."""
    return base64.urlsafe_b64encode(orjson.dumps([digest, value, key])).rstrip(b"=").decode()


def decode(cursor: str, digest: str, sort: ColumnElement[Any], key: ColumnElement[Any]) -> tuple[Any, str]:
    """The sorting value and key in a cursor; 422 `cursor.unknown` for one that is forged or of another list."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        known = isinstance(parts, list) and len(parts) == 3 and parts[0] == digest
        if known and _holds(sort, parts[1]) and _holds(key, parts[2]):
            return parts[1], parts[2]
    except ValueError as forged:
        raise invalid("/query/cursor", "cursor.unknown") from forged
    raise invalid("/query/cursor", "cursor.unknown")


def _holds(column: ColumnElement[Any], value: Any) -> bool:
    number = _NUMBERS.get(type(column.type))
    if number is not None:
        return number(value)
    if not isinstance(value, str) or "\x00" in value:
        return False
    return all(fits(value) for word, fits in _TEXTS if word is column.type)
