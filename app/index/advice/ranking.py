"""The rows below full marks, ordered by what they give: in whole points, of equal ones the first in official order.

What a row gives is the ministry's NILAI: (maximum - score) times what one point of its dimension is worth.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any, NamedTuple

from app.index.editions import Edition, Language
from app.index.formula import calculate


class Rise(NamedTuple):
    """A higher score of one row, the points it adds, and whether it alone lifts the village into the target status.

    `reaches_target` is None where the target is the present status, which nothing exceeds.
    """

    score: int
    points: int
    reaches_target: bool | None


class Opportunity(NamedTuple):
    """A row below full marks: `at` is its place among the scores; `next` the next admissible score, `full` the last."""

    at: int
    score: int
    next: Rise
    full: Rise


def ranked(edition: Edition, scores: bytes) -> tuple[Opportunity, ...]:
    """Every row below its maximum, the one that gives most first; raises `ValueError` as `calculate` does.

    The next admissible score of a score that the rubric does not know is the lowest known one above it.
    """
    calculate(edition, scores)
    rise = _rises(edition, scores)
    found = [
        Opportunity(
            at, score, next=rise(at, min(s for s in row.admissible if s > score)), full=rise(at, row.maximum)
        )
        for at, (row, score) in enumerate(zip(edition.indicators, scores, strict=True))
        if score < row.maximum
    ]
    return tuple(sorted(found, key=lambda one: -one.full.points))


def describe(edition: Edition, ranking: tuple[Opportunity, ...], language: Language) -> list[dict[str, Any]]:
    """The ranking ready for JSON; gains are points over the edition's total."""
    return [_told(edition, rank, one, language) for rank, one in enumerate(ranking, start=1)]


def _rises(edition: Edition, scores: bytes) -> Callable[[int, int], Rise]:
    result = calculate(edition, scores)
    order = [status.id for status in edition.statuses]
    target = order.index(result.target_status)
    weight = {dimension.id: dimension.weight for dimension in edition.dimensions}

    def rise(at: int, score: int) -> Rise:
        points = (score - scores[at]) * weight[edition.indicators[at].dimension]
        reached = bisect_left(edition.cut_offs, result.points + points) >= target
        return Rise(score, points, None if result.status == result.target_status else reached)

    return rise


def _told(edition: Edition, rank: int, one: Opportunity, language: Language) -> dict[str, Any]:
    row = edition.indicators[one.at]
    level = row.at.get(one.score)
    activity = level.activity if level else None
    return {
        "rank": rank,
        "id": row.id,
        "name": row.name[language],
        "dimension": row.dimension,
        "variable": row.variable,
        "score": one.score,
        "maximum": one.full.score,
        "points": one.full.points,
        "gain": one.full.points / edition.total,
        "reaches_target": one.full.reaches_target,
        "next": {
            "score": one.next.score,
            "points": one.next.points,
            "gain": one.next.points / edition.total,
            "reaches_target": one.next.reaches_target,
        },
        "activity": activity[language] if activity else None,
        "executors": dict(row.executors),
    }
