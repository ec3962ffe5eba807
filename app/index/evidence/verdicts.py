"""An official score against what our registers show: a verdict claims no more than the evidence does.

`lower` is said only of an exact score: what is only a lower bound may be more, so there the doubt is ours.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from app.index.editions import Edition
from app.index.evidence.evidence import Finding
from app.index.formula import Calculation, calculate

VERDICTS: Final[Mapping[tuple[str, int], str]] = MappingProxyType(
    {
        ("exact", -1): "higher",
        ("exact", 0): "supported",
        ("exact", 1): "lower",
        ("at_least", -1): "higher",
        ("at_least", 0): "supported",
        ("at_least", 1): "unknown",
    }
)
"""By how well the supported score is known, and where the official one lies: -1 below it, 0 at it, 1 above."""


class Judged(NamedTuple):
    """A finding beside the official score; `gain` is what the index gains where the verdict is `higher`."""

    finding: Finding
    official_score: int | None
    verdict: str
    gain: float | None


class Resulting(NamedTuple):
    """The index with every row of verdict `higher` raised to the supported score; `gain` is exact to a double."""

    calculation: Calculation
    raised: tuple[str, ...]
    gain: float


def judge(edition: Edition, scores: bytes | None, finding: Finding) -> Judged:
    """The verdict on one row of the official scores; `unknown` where there is none."""
    official = None if scores is None else scores[edition.position[finding.indicator]]
    supported = finding.supported.score
    if official is None or supported is None:
        return Judged(finding, official, "unknown", None)
    verdict = VERDICTS[finding.supported.known, (official > supported) - (official < supported)]
    gain = (supported - official) * _weight(edition, finding.indicator) / edition.total
    return Judged(finding, official, verdict, gain if verdict == "higher" else None)


def resulting(edition: Edition, scores: bytes, judged: Sequence[Judged]) -> Resulting:
    """What the index would be if the ministry took over what our registers show above its own scores."""
    raised = bytearray(scores)
    higher = [one.finding for one in judged if one.verdict == "higher"]
    for finding in higher:
        raised[edition.position[finding.indicator]] = finding.supported.score or 0
    calculation = calculate(edition, bytes(raised))
    points = calculation.points - calculate(edition, scores).points
    return Resulting(calculation, tuple(one.indicator for one in higher), points / edition.total)


def _weight(edition: Edition, indicator: str) -> int:
    row = edition.indicators[edition.position[indicator]]
    return next(dimension.weight for dimension in edition.dimensions if dimension.id == row.dimension)
