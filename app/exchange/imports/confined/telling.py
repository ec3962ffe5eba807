"""What a cell says, by the value in it: numbers without an exponent, days in ISO 8601, texts as they are."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.exchange.imports.confined.rows import EMPTY
from app.exchange.imports.table import Cell, Kind

_SPELT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOISE = 12
"""A number of so few digits, when told with Excel's fifteen, is meant: 0.30000000000000004 is 0.3."""


def told(value: Any) -> Cell:
    """The cell with a value."""
    if value is None or value == "":
        return EMPTY
    return Cell(*next(say(value) for kinds, say in _SAY if isinstance(value, kinds)))


def error(said: str) -> Cell:
    """A cell with one of Excel's errors."""
    return Cell("error", said)


def number_text(value: float) -> str:
    """A number in its shortest form without an exponent: 6.402042001E9 is 6402042001."""
    if not math.isfinite(value):
        raise ValueError("no such number can be in a sheet")
    shortest = repr(value)
    if len(shortest) <= _NOISE and "e" not in shortest and value:
        return shortest.removesuffix(".0")
    exact = Decimal(shortest)
    shown = Decimal(f"{value:.15g}").normalize()
    told = shown if len(shown.as_tuple().digits) <= _NOISE else exact.normalize()
    return f"{told:f}" if told else "0"


def _moment(value: datetime) -> tuple[Kind, str]:
    """To the second, for a part of a day has no exact second; a day is a date where its time is midnight."""
    moment = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if moment.time() == time():
        return "date", moment.date().isoformat()
    return "instant", moment.isoformat()


def _sign(found: re.Match[str]) -> str:
    """What Excel spells as `_x000D_`; half of a surrogate pair stays as it is spelt."""
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number <= 0xDFFF else chr(number)


def _text(value: str) -> tuple[Kind, str]:
    return "text", _SPELT.sub(_sign, value) if "_x" in value else value


_SAY: tuple[tuple[type, Callable[[Any], tuple[Kind, str]]], ...] = (
    (str, _text),
    (bool, lambda value: ("boolean", "true" if value else "false")),
    (int, lambda value: ("number", str(value))),
    (float, lambda value: ("number", number_text(value))),
    (datetime, _moment),
    (date, lambda value: ("date", value.isoformat())),
    (time, lambda value: ("text", value.isoformat("seconds"))),
    (object, lambda value: ("text", str(value))),
)
"""How each type that openpyxl gives is told; a `bool` is also an `int`, a `datetime` also a `date`."""
