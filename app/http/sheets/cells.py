"""What a cell shows of a JSON value: a number as a number, a list in one line, null as nothing; 0 is never nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import INSTANT
from app.http.catalogue import Language

Plain = str | int | float | bool | None

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text may begin with that a spreadsheet would calculate."""

WORDS: Mapping[Language, Mapping[bool, str]] = {
    "en": {True: "yes", False: "no"},
    "id": {True: "ya", False: "tidak"},
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TRUE = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a sheet is made: the language of its words, and the zone of its clock."""

    language: Language
    zone: ZoneInfo


def plain(value: Any) -> Plain:
    """A JSON value without depth: the parts of a list are set apart by semicolons, of an object named."""
    if isinstance(value, list):
        return "; ".join(map(_part, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_part(one)}" for name, one in value.items())
    told: Plain = value
    return told


def moment(value: Any, zone: ZoneInfo) -> date | datetime | None:
    """A day as it is, an instant to the second as the clocks of a zone show it; None for what is neither."""
    if not isinstance(value, str):
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        if INSTANT.fullmatch(value):
            there = datetime.fromisoformat(value).astimezone(zone)
            return there.replace(microsecond=0, tzinfo=None)
    except (ValueError, OverflowError):
        # The first and last hours of all have no time of day elsewhere.
        return None
    return None


def _part(value: Any) -> str:
    if isinstance(value, dict):
        first, *rest = [_part(one) for one in value.values() if one is not None] or [""]
        return f"{first} ({', '.join(rest)})" if rest else first
    if isinstance(value, list):
        return ", ".join(map(_part, value))
    if isinstance(value, bool):
        return _TRUE[value]
    return "" if value is None else str(value)
