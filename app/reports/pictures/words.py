"""What the pictures say, in both languages, with numbers and days as each writes them; no number is rounded twice."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.http.catalogue import Language, Text
from app.index.editions import EDITIONS
from app.reports.pictures.sentences import MONTHS, SENTENCES

STATUSES: Mapping[str, Text] = {
    status.id: Text(status.name.en, status.name.id) for status in EDITIONS["idm-2016"].statuses
}
"""The five statuses from the lowest to the highest."""

HIGHEST_FIRST = tuple(reversed(tuple(STATUSES)))


def direction(start: str, end: str) -> str:
    """Whether a village rose (`better`), stayed (`same`) or fell (`worse`)."""
    before, after = HIGHEST_FIRST.index(start), HIGHEST_FIRST.index(end)
    return "better" if after < before else "worse" if after > before else "same"


class Tongue:
    """One language as a picture speaks it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._separators = str.maketrans(",.", ".,") if language == "id" else {}

    def say(self, sentence: str, **facts: str) -> str:
        """A sentence of the table with its facts filled in."""
        return SENTENCES[sentence].say(self.language, facts)

    def status(self, status: str) -> str:
        """The name of a status of the IDM."""
        return STATUSES[status].say(self.language, {})

    def mark(self, mark: str) -> str:
        """What a mark on the map stands for."""
        return self.status(mark) if mark in STATUSES else self.say(mark)

    def flow(self, start: str, end: str, villages: int) -> str:
        """So many villages from one status to another."""
        return self.say(
            "one_flow", start=self.status(start), end=self.status(end), count=self.number(villages)
        )

    def number(self, count: float) -> str:
        """A count, or a length with its decimals."""
        return f"{count:,.10g}".translate(self._separators)

    def share(self, numerator: int, denominator: int) -> str:
        """So many of so many in per cent, rounded half up to one decimal; a dash where there are none."""
        if not denominator:
            return "–"
        tenths = (numerator * 2000 + denominator) // (2 * denominator)
        return f"{tenths // 10}.{tenths % 10}%".translate(self._separators)

    def day(self, day: str) -> str:
        """A calendar day."""
        when = date.fromisoformat(day)
        return f"{when.day} {MONTHS[when.month - 1].say(self.language, {})} {when.year:04}"

    def moment(self, at: str, zone: ZoneInfo, *, to_the_minute: bool) -> str:
        """The day of a canonical instant in a zone, with the time of day where that matters."""
        there = datetime.fromisoformat(at).astimezone(zone)
        day = self.day(there.date().isoformat())
        return f"{day}, {there:%H:%M}" if to_the_minute else day
