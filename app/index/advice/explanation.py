"""An index explained from its rows: whole points at every level, which add up without remainder.

A row is worth its score times the weight of its dimension; a variable, a sector and a dimension are worth what
their rows are, and the dimensions together are the points that decide the status (Permendesa PDTT 2/2016,
article 5, in whole numbers). A decimal is only ever the quotient of such points and the edition's total.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from app.index.editions import Dimension, Edition, Language, Status, SubDimension, Text
from app.index.formula import calculate

LEVELS = ("dimensions", "sub_dimensions", "variables", "indicators")
"""What the parts of an index are called, from the index down to its rows."""


class Part(NamedTuple):
    """A piece of the index with the pieces it is made of; a row has none. `points` and `missing` are of the total."""

    id: str
    name: Text
    sum: int
    maximum: int
    weight: int
    parts: tuple["Part", ...] = ()

    @property
    def points(self) -> int:
        """What it contributes."""
        return self.sum * self.weight

    @property
    def missing(self) -> int:
        """What it leaves on the table."""
        return (self.maximum - self.sum) * self.weight


class Threshold(NamedTuple):
    """A status and how far it is: `missing` points up to it, or else `cushion` points that may be lost within it."""

    status: Status
    at_least: int
    missing: int | None
    cushion: int | None


class Explanation(NamedTuple):
    """Where the points of an index come from and what they are short of; sectors are sub-dimensions.

    A sector is None where there is none to name: all have full marks, or none has a point.
    """

    points: int
    status: str
    dimensions: tuple[Part, ...]
    thresholds: tuple[Threshold, ...]
    weakest: Part | None
    gives_most: Part | None
    most_to_gain: Part | None


def explain(edition: Edition, scores: bytes) -> Explanation:
    """Explains the index of these scores; raises `ValueError` unless there is a score for each indicator."""
    result = calculate(edition, scores)
    dimensions = tuple(_dimension(edition, dimension, scores) for dimension in edition.dimensions)
    sectors = [sector for dimension in dimensions for sector in dimension.parts]
    short = [sector for sector in sectors if sector.missing]
    return Explanation(
        points=result.points,
        status=result.status,
        dimensions=dimensions,
        thresholds=thresholds(edition, result.points),
        # Of equal ones, the first in official order: both take the first they meet.
        weakest=min(short, key=lambda one: Fraction(one.sum, one.maximum), default=None),
        gives_most=max(
            (sector for sector in sectors if sector.points), key=lambda one: one.points, default=None
        ),
        most_to_gain=max(short, key=lambda one: one.missing, default=None),
    )


def thresholds(edition: Edition, points: int) -> tuple[Threshold, ...]:
    """How far each status is from this many points, the lowest first.

    `missing` is the least that must be gained to be in the status or above it; `cushion` the most that can be
    lost without falling below it. One of the two is always None.
    """
    least = (0, *(cut_off + 1 for cut_off in edition.cut_offs))
    return tuple(
        Threshold(
            status=status,
            at_least=at_least,
            missing=at_least - points if points < at_least else None,
            cushion=points - at_least if points >= at_least else None,
        )
        for status, at_least in zip(edition.statuses, least, strict=True)
    )


def describe(edition: Edition, explanation: Explanation, language: Language) -> dict[str, Any]:
    """The explanation ready for JSON; `contribution` and `gain` are points over the total, each rounded once."""
    total = edition.total
    return {
        edition.index: explanation.points / total,
        "points": explanation.points,
        "total": total,
        "status": explanation.status,
        "weakest": _named(explanation.weakest, total, language),
        "gives_most": _named(explanation.gives_most, total, language),
        "most_to_gain": _named(explanation.most_to_gain, total, language),
        "thresholds": [
            {
                "status": threshold.status.id,
                "name": threshold.status.name[language],
                "at_least": threshold.at_least,
                "score": threshold.at_least / total,
                "missing": _distance(threshold.missing, total),
                "cushion": _distance(threshold.cushion, total),
            }
            for threshold in explanation.thresholds
        ],
        "dimensions": [
            {
                **_told(dimension, total, language),
                "weight": dimension.weight,
                "gain_per_point": dimension.weight / total,
                **_below(dimension, 1, total, language),
            }
            for dimension in explanation.dimensions
        ],
    }


def _dimension(edition: Edition, dimension: Dimension, scores: bytes) -> Part:
    sectors = [_sector(edition, dimension, sector, scores) for sector in dimension.sub_dimensions]
    return _whole(dimension.id, dimension.name, dimension.weight, sectors)


def _sector(edition: Edition, dimension: Dimension, sector: SubDimension, scores: bytes) -> Part:
    rows: dict[str, list[Part]] = {}
    for row, score in zip(edition.indicators[sector.rows], scores[sector.rows], strict=True):
        part = Part(row.id, row.name, score, row.maximum, dimension.weight)
        rows.setdefault(row.variable, []).append(part)
    names = {variable.id: variable.name for variable in edition.variables}
    variables = [_whole(id, names[id], dimension.weight, parts) for id, parts in rows.items()]
    return _whole(sector.id, sector.name, dimension.weight, variables)


def _whole(id: str, name: Text, weight: int, parts: Iterable[Part]) -> Part:
    made_of = tuple(parts)
    return Part(
        id, name, sum(part.sum for part in made_of), sum(part.maximum for part in made_of), weight, made_of
    )


def _told(part: Part, total: int, language: Language) -> dict[str, Any]:
    marks = {"score": part.sum / part.maximum, "sum": part.sum} if part.parts else {"score": part.sum}
    return {
        "id": part.id,
        "name": part.name[language],
        **marks,
        "maximum": part.maximum,
        "points": part.points,
        "contribution": part.points / total,
        "points_missing": part.missing,
        "gain": part.missing / total,
    }


def _below(part: Part, level: int, total: int, language: Language) -> dict[str, Any]:
    if not part.parts:
        return {}
    below = [{**_told(one, total, language), **_below(one, level + 1, total, language)} for one in part.parts]
    return {LEVELS[level]: below}


def _named(sector: Part | None, total: int, language: Language) -> dict[str, Any] | None:
    return None if sector is None else _told(sector, total, language)


def _distance(points: int | None, total: int) -> dict[str, Any] | None:
    return None if points is None else {"points": points, "score": points / total}
