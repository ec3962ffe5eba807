"""Instants and days as the text the API shows: an instant is RFC 3339 in UTC with microseconds and a `Z`.

Text of this fixed width sorts as time does, so the same form serves JSON, SQLite and comparison.
"""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def instant(moment: datetime) -> str:
    """The canonical text of an aware `datetime`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def now() -> str:
    """The present instant."""
    return instant(datetime.now(UTC))


def parse_instant(text: str) -> str:
    """The canonical text of any RFC 3339 instant; raises `ValueError` without an offset."""
    if _RFC_3339.fullmatch(text) is None:
        raise ValueError("an instant is a day, a time to the second and an offset")
    moment = datetime.fromisoformat(text.upper())
    try:
        return instant(moment)
    except OverflowError as beyond:
        raise ValueError("an instant needs a year from 1 to 9999 in UTC") from beyond


def day_of(at: str, zone: ZoneInfo) -> str:
    """The calendar day, in `zone`, of a canonical instant."""
    return datetime.fromisoformat(at).astimezone(zone).date().isoformat()


def end_of(day: str, zone: ZoneInfo) -> str:
    """The last instant of a calendar day in `zone`."""
    start = datetime.combine(date.fromisoformat(day), datetime.min.time(), zone)
    return instant(start + timedelta(days=1) - timedelta(microseconds=1))


def earlier(at: str, *, days: int) -> str:
    """The canonical instant that many days before another."""
    return instant(datetime.fromisoformat(at) - timedelta(days=days))


def later(at: str, *, days: int = 0, hours: float = 0) -> str:
    """The canonical instant that many days and hours after another."""
    return instant(datetime.fromisoformat(at) + timedelta(days=days, hours=hours))
