"""What an audit can find in a stored year, one finding a line of a table; whole points decide near a cut-off.

A printed index stands for the whole points within half a unit of its fourth decimal. Where no whole points lie
there (an average, or a decimal that was cut off) it may stand for the points on either side.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.index.audit import Published
from app.index.editions import Edition
from app.index.formula import status_of

_PARTS = 10**12
"""A printed index is read to its twelfth decimal; from there on everything is in whole numbers."""
_HALF_A_UNIT = 20_000
"""The tolerance is one part of this many: half a unit of the fourth decimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What the findings look at; `status` and `points` are by the rows, null where they are not known."""

    edition: Edition
    published: Published | None
    status: str | None
    points: int | None
    consistent: bool | None


def points_meant(edition: Edition, printed: float) -> frozenset[int]:
    """The whole points that a printed index may stand for: one number, or two where it lies between them."""
    whole, rest = divmod(round(printed * _PARTS) * edition.total, _PARTS)
    tolerance = edition.total * _PARTS // _HALF_A_UNIT
    if rest <= tolerance:
        return frozenset({whole})
    return frozenset({whole + 1} if rest >= _PARTS - tolerance else {whole, whole + 1})


def statuses_meant(edition: Edition, printed: float | None) -> tuple[str, ...]:
    """The status of a printed index; both where it may stand for either side of a cut-off, none without one."""
    meant = () if printed is None else sorted(points_meant(edition, printed))
    return tuple(dict.fromkeys(status_of(edition, points) for points in meant))


def smallest_step(edition: Edition) -> int:
    """The least that a single point of one row is worth: 12 of 6300 for the IDM, a point of the IKS."""
    return min(dimension.weight for dimension in edition.dimensions)


def on_the_border(edition: Edition, points: int) -> bool:
    """Whether one such point more, or one less, is another status.

    With `at_most` the last points of a status: from `at_most` - 11 (one more passes it) to `at_most` + 12 (one
    less falls back to it), both included, for a step of 12.
    """
    step, here = smallest_step(edition), status_of(edition, points)
    return status_of(edition, points + step) != here or status_of(edition, points - step) != here


def _inconsistent(found: Audited) -> bool:
    return found.consistent is False


def _status_would_change(found: Audited) -> bool:
    printed = found.published and found.published.status
    return None not in (printed, found.status) and printed != found.status


def _label_contradicts_value(found: Audited) -> bool:
    if found.published is None or found.published.status is None:
        return False
    meant = statuses_meant(found.edition, found.published.idm)
    return bool(meant) and found.published.status not in meant


def _borderline(found: Audited) -> bool:
    """By the rows; by the printed index where the rows are not known."""
    if found.points is not None:
        return on_the_border(found.edition, found.points)
    if found.published is None or found.published.idm is None:
        return False
    return all(on_the_border(found.edition, k) for k in points_meant(found.edition, found.published.idm))


FINDINGS: Mapping[str, Callable[[Audited], bool]] = MappingProxyType(
    {
        "inconsistent": _inconsistent,
        "status_would_change": _status_would_change,
        "label_contradicts_value": _label_contradicts_value,
        "borderline": _borderline,
    }
)
"""Each finding by its word, in the order in which they are told."""


def findings(audited: Audited) -> tuple[str, ...]:
    """The words of all that was found."""
    return tuple([word for word, holds in FINDINGS.items() if holds(audited)])
