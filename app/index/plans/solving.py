"""The exact optimiser: which rows to raise, and how far, so that whole points suffice at the least price.

Rows of one weight differ only by the sum they raise, so each weight has a table of least prices by sum (dynamic
programming), and the few tables are then combined. A price is one whole number that orders plans: rupiah first,
then the number of indicators, then the points of score; what is still equal is ordered by its moves, the first
in official order and the lowest score first. So every order is total and every answer the same for ever.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

Moves = tuple[tuple[int, int], ...]
"""Where a row stands in official order, and the score it is raised to."""

_ROOM = 1 << 16
"""More than the indicators or the points of score that any plan has."""
_NEVER = 1 << 200
"""Above every price: a sum that cannot be raised."""

_KEPT = 16
"""Tables kept for the next search: leaving a row out concerns one weight alone. They are large, so no more."""


def price_of(*, idr: int, indicators: int, points: int) -> int:
    """The whole number by which plans are compared."""
    return (idr * _ROOM + indicators) * _ROOM + points


class Step(NamedTuple):
    """One way to raise a row: by `gain` points of score, to the score `to`."""

    to: int
    gain: int
    price: int


class Row(NamedTuple):
    """A row that may be raised; its steps rise, and each of its points is worth `weight` points of the index."""

    at: int
    weight: int
    steps: tuple[Step, ...]


class Solution(NamedTuple):
    """A plan; plans compare as they are preferred, the better one first."""

    price: int
    moves: Moves

    @property
    def idr(self) -> int:
        """What it costs."""
        return self.price // (_ROOM * _ROOM)

    @property
    def indicators(self) -> int:
        """How many rows it raises."""
        return len(self.moves)

    @property
    def points(self) -> int:
        """The points of score by which it raises them."""
        return self.price % _ROOM


class _Weight:
    """The rows of one weight; `least[i][g]` is the least price of raising the rows from the i-th on by g in all."""

    def __init__(self, rows: Sequence[Row], need: int) -> None:
        self.rows = rows
        self.weight = rows[0].weight
        widest = max(row.steps[-1].gain for row in rows)
        # A plan that raises more here has a row it can do without, and is worse for having it.
        enough = -(-need // self.weight) + widest - 1
        self.most = min(enough, sum(row.steps[-1].gain for row in rows))
        tables = [[0] + [_NEVER] * self.most]
        for row in reversed(rows):
            tables.append(_with(row, tables[-1]))
        self.least = tables[::-1]

    def moves(self, raised: int) -> Iterator[tuple[int, int]]:
        """The first of the cheapest ways to raise exactly this sum."""
        for row, here, after in zip(self.rows, self.least, self.least[1:], strict=False):
            for step in row.steps:
                left = raised - step.gain
                if left >= 0 and step.price + after[left] == here[raised]:
                    yield row.at, step.to
                    raised = left
                    break


def _with(row: Row, after: list[int]) -> list[int]:
    raised = [
        [_NEVER] * step.gain + [price + step.price for price in after[: max(0, len(after) - step.gain)]]
        for step in row.steps
        if step.gain < len(after)
    ]
    return list(map(min, after, *raised)) if raised else after


class Solver:
    """Finds the best plans over some rows; `need` is how many points of the index are missing, at least 1."""

    def __init__(self, rows: Sequence[Row], need: int) -> None:
        self.need = need
        self._rows = rows
        self._known: dict[tuple[int, ...], _Weight] = {}

    def cheapest(self, without: frozenset[int] = frozenset()) -> Solution | None:
        """The best plan that reaches `need` and leaves these rows out, or None where none reaches it."""
        weights = self._weights(without)
        if not weights:
            return None
        *others, widest = weights
        # By sum, the least price of raising at least that much.
        at_least = list(accumulate(reversed(widest.least[0]), min))[::-1]
        best: int = _NEVER
        found: list[tuple[int, ...]] = []
        for points, price, sums in _combined(others):
            wanted = max(0, -(-(self.need - points) // widest.weight))
            if wanted > widest.most or price + at_least[wanted] > best:
                continue
            if price + at_least[wanted] < best:
                best, found = price + at_least[wanted], []
            # The points of a price are the sum it raises.
            found.append((*sums, at_least[wanted] % _ROOM))
        return _first(best, weights, found)

    def furthest(self, idr: int | None) -> Solution:
        """The best plan of those with the most points within this many rupiah; meant for where `need` is not."""
        ceiling = _NEVER if idr is None else price_of(idr=idr + 1, indicators=0, points=0)
        weights = self._weights(frozenset())
        if not weights:
            return Solution(0, ())
        *others, widest = weights
        at_least = list(accumulate(reversed(widest.least[0]), min))[::-1]
        best: tuple[int, int] = (1, 0)
        found: list[tuple[int, ...]] = []
        for points, price, sums in _combined(others):
            if price >= ceiling:
                continue
            raised = bisect_right(at_least, ceiling - 1 - price) - 1
            reached = (-points - raised * widest.weight, price + at_least[raised])
            if reached < best:
                best, found = reached, []
            if reached == best:
                found.append((*sums, raised))
        return _first(best[1], weights, found) or Solution(0, ())

    def _weights(self, without: frozenset[int]) -> list[_Weight]:
        rows: dict[int, list[Row]] = {}
        for row in self._rows:
            if row.at not in without:
                rows.setdefault(row.weight, []).append(row)
        return sorted(map(self._weight, rows.values()), key=lambda one: one.most)

    def _weight(self, rows: Sequence[Row]) -> _Weight:
        names = tuple([row.at for row in rows])
        if names not in self._known:
            if len(self._known) == _KEPT:
                del self._known[next(iter(self._known))]
            self._known[names] = _Weight(rows, self.need)
        return self._known[names]


def _combined(weights: Sequence[_Weight]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Every choice of a sum in each weight: the points it gives, its least price, the sums."""
    combined: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for one in weights:
        prices = [(raised, price) for raised, price in enumerate(one.least[0]) if price < _NEVER]
        combined = [
            (points + raised * one.weight, before + price, (*sums, raised))
            for points, before, sums in combined
            for raised, price in prices
        ]
    return combined


def _first(price: int, weights: Sequence[_Weight], found: Sequence[tuple[int, ...]]) -> Solution | None:
    """Of equally priced sums, the plan that comes first."""
    if price >= _NEVER:
        return None
    told: dict[tuple[int, int], list[tuple[int, int]]] = {}
    plans = []
    for sums in found:
        moves: list[tuple[int, int]] = []
        for place in enumerate(sums):
            if place not in told:
                told[place] = list(weights[place[0]].moves(place[1]))
            moves += told[place]
        plans.append(tuple(sorted(moves)))
    return Solution(price, min(plans))
