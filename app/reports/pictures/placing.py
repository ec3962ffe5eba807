"""Where names go: beside the place they belong to, never over another name, and over as few marks as can be.

A name for which there is no room is left out and counted, rather than written over another one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import cos, pi, sin
from typing import NamedTuple

from app.reports.pictures.letters import width_of
from app.reports.pictures.projecting import Frame

_RINGS = (0, 6, 10, 14, 19, 25, 32, 40)
_DIRECTIONS = 16
_APART = 2.0


class Wanted(NamedTuple):
    """A name and the place it belongs to."""

    words: str
    x: float
    y: float


class Placed(NamedTuple):
    """A name with its left end and baseline, and the box it fills."""

    words: str
    x: float
    y: float
    box: Frame


def placed(
    names: Iterable[Wanted], marks: Iterable[tuple[float, float]], frame: Frame, *, size: float, reach: float
) -> list[Placed]:
    """The names that have room, each at the best of the places around its own; earlier ones choose first."""
    by_x = sorted(marks)
    done: list[Placed] = []
    for name in names:
        free = [
            one
            for one in _around(name, size)
            if _inside(one.box, frame) and not any(meet(one.box, other.box) for other in done)
        ]
        if free:
            done.append(min(free, key=lambda one: _price(one, name, by_x, reach)))
    return done


def meet(one: Frame, other: Frame, *, apart: float = _APART) -> bool:
    """Whether two boxes come closer than `apart`."""
    return (
        one.left < other.left + other.width + apart
        and other.left < one.left + one.width + apart
        and one.top < other.top + other.height + apart
        and other.top < one.top + one.height + apart
    )


def _around(name: Wanted, size: float) -> Iterable[Placed]:
    width, height = width_of(name.words, size), size
    for ring in _RINGS:
        for step in range(_DIRECTIONS if ring else 1):
            turn = 2 * pi * step / _DIRECTIONS
            # Sideways a name must go as far as it is wide to leave the place free.
            middle = name.x + cos(turn) * (ring + (width / 2 if ring else 0) * abs(cos(turn)))
            base = name.y + sin(turn) * ring + size * 0.35
            left = round(middle - width / 2, 1)
            yield Placed(name.words, left, round(base, 1), Frame(left, base - size * 0.8, width, height))


def _inside(box: Frame, frame: Frame) -> bool:
    return (
        box.left >= frame.left + _APART
        and box.top >= frame.top + _APART
        and box.left + box.width <= frame.left + frame.width - _APART
        and box.top + box.height <= frame.top + frame.height - _APART
    )


def _price(one: Placed, name: Wanted, by_x: Sequence[tuple[float, float]], reach: float) -> float:
    """Twenty units of distance are as bad as one mark under the name; ties go to the earlier place."""
    left, top, width, height = one.box
    first = bisect_left(by_x, (left - reach,))
    covered = 0
    for x, y in by_x[first:]:
        if x > left + width + reach:
            break
        covered += top - reach < y < top + height + reach
    away = abs(left + width / 2 - name.x) + abs(top + height / 2 - name.y)
    return round(covered * 20 + away, 3)
