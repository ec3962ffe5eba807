"""Real village-years with the figures the ministry published, and scores made to measure, for these tests."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.index.audit import Published
from app.index.editions import EDITIONS
from app.index.formula import pack

IDM = EDITIONS["idm-2016"]
FIGURES = ("iks", "ike", "ikl", "idm")


@dataclass(frozen=True)
class VillageYear:
    """One official record; the last three are `None` where only the yearly file is known."""

    code: str
    village: str
    year: int
    scores: bytes
    published: Published
    target_status: str | None
    target_score: float | None
    increase_needed: float | None


def village_year(record: dict[str, Any]) -> VillageYear:
    """A record of `village_years.json`: the scores as a digit each, in official order."""
    rows = {dimension: [int(digit) for digit in record.pop(dimension)] for dimension in ("iks", "ike", "ikl")}
    return VillageYear(scores=pack(IDM, **rows), published=Published(**record.pop("published")), **record)


VILLAGE_YEARS = {
    record["village"]: village_year(record)
    for record in json.loads(Path(__file__).with_name("village_years.json").read_text("utf-8"))
}

any_scores = st.lists(st.integers(0, 5), min_size=50, max_size=50).map(bytes)
rubric_scores = st.tuples(*(st.sampled_from(sorted(known)) for known in IDM.admissible)).map(bytes)


def scores_worth(points: int) -> bytes:
    """Fifty scores from 0 to 5 that are worth this many of the 6300 points."""
    iks, ike, ikl = next(
        (rest // 12, ike, ikl)
        for ikl in range(16)
        for ike in range(61)
        if (rest := points - 140 * ikl - 35 * ike) % 12 == 0 and 0 <= rest <= 12 * 175
    )
    return _filled(35, iks) + _filled(12, ike) + _filled(3, ikl)


def _filled(rows: int, total: int) -> bytes:
    return bytes(min(5, max(0, total - 5 * row)) for row in range(rows))
