"""Rows changed on paper: the scores as they would be, and what each row that moved adds or takes in whole points."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.index.editions import Edition, Language
from app.index.formula import Calculation


class Move(NamedTuple):
    """A row that moved; `points` are negative where it fell."""

    at: int
    before: int
    after: int
    points: int


def changed(edition: Edition, scores: bytes, changes: Mapping[str, int]) -> bytes:
    """The scores with some rows changed; raises `KeyError` for an indicator that the edition does not have."""
    whole = bytearray(scores)
    for indicator, score in changes.items():
        whole[edition.position[indicator]] = score
    return bytes(whole)


def moves(edition: Edition, before: bytes, after: bytes) -> tuple[Move, ...]:
    """The rows in which two sets of scores differ, in official order; their points add up to the whole difference."""
    weight = {dimension.id: dimension.weight for dimension in edition.dimensions}
    return tuple(
        Move(at, old, new, (new - old) * weight[edition.indicators[at].dimension])
        for at, (old, new) in enumerate(zip(before, after, strict=True))
        if old != new
    )


def describe(edition: Edition, moved: tuple[Move, ...], language: Language) -> list[dict[str, Any]]:
    """The moves ready for JSON."""
    return [
        {
            "indicator": edition.indicators[move.at].id,
            "name": edition.indicators[move.at].name[language],
            "from": move.before,
            "to": move.after,
            "points": move.points,
            "gain": move.points / edition.total,
        }
        for move in moved
    ]


def figures(edition: Edition, calculation: Calculation) -> dict[str, Any]:
    """Every figure of one side, ready for JSON."""
    partial = zip(edition.dimensions, calculation.indices, strict=True)
    return {
        **{dimension.id: index for dimension, index in partial},
        edition.index: calculation.value,
        "points": calculation.points,
        "status": calculation.status,
        "target_status": calculation.target_status,
        "target_score": calculation.target_score,
        "increase_needed": calculation.increase_needed,
    }
