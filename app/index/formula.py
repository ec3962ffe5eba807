"""The index by its formula: whole points decide the status, and a decimal is only ever their quotient.

Permendesa PDTT 2/2016, article 5: IDM is the mean of IKS, IKE and IKL. In whole numbers, with the sums S, E
and L of the scores, k = 12·S + 35·E + 140·L and IDM = k / 6300. Nothing below names that edition: weights,
total and cut-offs are the edition's own, so another one is evaluated by the same lines.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import mul, truediv
from typing import Any, NamedTuple

from app.index.editions import Dimension, Edition, Indicator, Language, SubDimension


class Calculation(NamedTuple):
    """What follows from the scores; `sums` and `indices` are per dimension, in the edition's order."""

    scores: bytes
    sums: tuple[int, ...]
    indices: tuple[float, ...]
    points: int
    value: float
    status: str
    target_status: str
    target_score: float
    increase_needed: float


def pack(edition: Edition, **rows: Sequence[int]) -> bytes:
    """The scores as stored, a byte each: `pack(edition, iks=[…35], ike=[…12], ikl=[…3])`.

    Raises `ValueError` where a dimension is missing, unknown or of the wrong length, or a score is not from 0
    to its row's maximum. Whether the rubric knows the score is for `scores_out_of_rubric` to say.
    """
    if rows.keys() != {dimension.id for dimension in edition.dimensions}:
        raise ValueError("the dimensions are not the edition's")
    for dimension in edition.dimensions:
        if len(rows[dimension.id]) != _length(dimension):
            raise ValueError(f"{dimension.id} needs {_length(dimension)} scores")
    scores = b"".join(bytes(rows[dimension.id]) for dimension in edition.dimensions)
    if any(score > row.maximum for score, row in zip(scores, edition.indicators, strict=True)):
        raise ValueError("a score is above its row's maximum")
    return scores


def unpack(edition: Edition, scores: bytes) -> dict[str, list[int]]:
    """The scores by dimension, as lists: what `pack` took."""
    return {dimension.id: list(scores[dimension.rows]) for dimension in edition.dimensions}


def scores_out_of_rubric(edition: Edition, scores: bytes) -> tuple[str, ...]:
    """The ids of the indicators whose score the rubric does not know, in official order."""
    return tuple(
        row.id
        for row, score, known in zip(edition.indicators, scores, edition.admissible, strict=True)
        if score not in known
    )


def calculate(edition: Edition, scores: bytes) -> Calculation:
    """The indices and the status; raises `ValueError` unless there is a score for each indicator."""
    if len(scores) != len(edition.indicators):
        raise ValueError(f"{edition.id} has {len(edition.indicators)} scores, not {len(scores)}")
    sums = tuple([sum(scores[rows]) for rows in edition.rows])
    points = points_of(edition, sums)
    rank = bisect_left(edition.cut_offs, points)
    status, target = edition.statuses[rank], edition.targets[rank]
    value = points / edition.total
    # By place, as a nation's villages are calculated at a time, and names cost as much as the rest of it.
    return Calculation(
        scores,
        sums,
        tuple(map(truediv, sums, edition.divisors)),
        points,
        value,
        status.id,
        status.target,
        target,
        target - value,
    )


def points_of(edition: Edition, sums: Sequence[int]) -> int:
    """The whole points that the sums of the dimensions are worth, out of `edition.total`."""
    return sum(map(mul, sums, edition.weights))


def status_of(edition: Edition, points: int) -> str:
    """The status of this many points; never ask it of a rounded decimal."""
    return edition.statuses[bisect_left(edition.cut_offs, points)].id


def gains(edition: Edition, scores: bytes) -> tuple[float, ...]:
    """What raising each row to its maximum adds to the index: (5 - score) / divisor / 3 for IDM.

    The quotient is taken once of whole numbers, so it is the double nearest to the exact value.
    """
    return tuple([gain[score] for gain, score in zip(edition.gains, scores, strict=True)])


def describe(edition: Edition, calculation: Calculation, language: Language) -> dict[str, Any]:
    """The answer of `POST /v1/idm/calculations`, ready for JSON: always the same keys in the same order.

    `dimensions` shows which sector still needs strengthening: per dimension its `score` (`sum` / `maximum`),
    its `share` (the part of the index it can give), `gain_per_point` (what one more point adds to the index)
    and `gain` (what full marks would add), and the same for its `sub_dimensions` (kesehatan, pendidikan, …).
    The gains of the dimensions, of the sub-dimensions and of the indicators each add up to 1 - index. A score
    outside the rubric has a gain, but no meaning and no activity.
    """
    rows = zip(edition.indicators, calculation.scores, gains(edition, calculation.scores), strict=True)
    partial = zip(edition.dimensions, calculation.indices, strict=True)
    return {
        "edition": edition.id,
        **{dimension.id: index for dimension, index in partial},
        edition.index: calculation.value,
        "status": calculation.status,
        "target_status": calculation.target_status,
        "target_score": calculation.target_score,
        "increase_needed": calculation.increase_needed,
        "dimensions": list(_dimensions(edition, calculation, language)),
        "indicators": [_indicator(row, score, gain, language) for row, score, gain in rows],
    }


def _length(dimension: Dimension) -> int:
    return int(dimension.rows.stop - dimension.rows.start)


def _dimensions(edition: Edition, calculation: Calculation, language: Language) -> Iterable[dict[str, Any]]:
    for dimension, total in zip(edition.dimensions, calculation.sums, strict=True):
        yield {
            "id": dimension.id,
            "name": dimension.name[language],
            "score": total / dimension.divisor,
            "sum": total,
            "maximum": dimension.divisor,
            "share": dimension.divisor * dimension.weight / edition.total,
            "gain_per_point": dimension.weight / edition.total,
            "gain": (dimension.divisor - total) * dimension.weight / edition.total,
            "sub_dimensions": [
                _sector(edition, dimension, sector, sum(calculation.scores[sector.rows]), language)
                for sector in dimension.sub_dimensions
            ],
        }


def _sector(
    edition: Edition, dimension: Dimension, sector: SubDimension, total: int, language: Language
) -> dict[str, Any]:
    return {
        "id": sector.id,
        "name": sector.name[language],
        "score": total / sector.maximum,
        "sum": total,
        "maximum": sector.maximum,
        "gain": (sector.maximum - total) * dimension.weight / edition.total,
    }


def _indicator(row: Indicator, score: int, gain: float, language: Language) -> dict[str, Any]:
    level = row.at.get(score)
    activity = level.activity if level else None
    return {
        "id": row.id,
        "name": row.name[language],
        "dimension": row.dimension,
        "variable": row.variable,
        "score": score,
        "gain": gain,
        "meaning": level.meaning[language] if level else None,
        "activity": activity[language] if activity else None,
        "executors": dict(row.executors),
    }
