"""The exact optimiser: which rows to raise, and how far, so that whole points suffice at the least price.

Rows of one weight differ only by the sum they raise, so each weight has a table of least prices by sum (dynamic
programming), and the few tables are then combined. A price is one whole number that orders plans: rupiah first,
then the number of indicators, then the points of score; what is still equal is ordered by its moves, the first
in official order and the lowest score first. So every order is total and every answer the same for ever.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

Moves = tuple[tuple[int, int], ...]
"""Where a row stands in official order, and the score it is raised to."""

_ROOM = 1 << 16
"""More than the indicators or the points of score that any plan has."""
_NEVER = 1 << 200
"""Above every price: a sum that cannot be raised."""

_KEPT = 16
"""Tables kept for the next search: leaving a row out concerns one weight alone, and in it the rows up to that one.
They are large, so no more."""


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

    def __init__(self, rows: Sequence[Row], most: int, known: Iterable["_Weight"]) -> None:
        self.rows = rows
        self.weight = rows[0].weight
        self.most = most
        tables = max((one.shared(rows) for one in known), key=len, default=[])
        tables = tables or [[0] + [_NEVER] * most]
        for row in reversed(rows[: len(rows) + 1 - len(tables)]):
            tables.append(_with(row, tables[-1]))
        self.least = tables[::-1]

    def shared(self, rows: Sequence[Row]) -> list[list[int]]:
        """The tables, from the last one on, of as many last rows as both have: these ask for no others."""
        pairs = zip(reversed(self.rows), reversed(rows), strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))
        return self.least[len(self.rows) - alike :][::-1]

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
    raised = [[_NEVER] * step.gain + [*map(step.price.__add__, after)] for step in row.steps]
    return [*map(min, after, *raised)]


def _most(rows: Sequence[Row], need: int) -> int:
    """The largest sum that a plan may raise rows of one weight by."""
    # A plan that raises more here has a row it can do without, and is worse for having it.
    widest = max(row.steps[-1].gain for row in rows)
    enough = -(-need // rows[0].weight) + widest - 1
    return min(enough, sum(row.steps[-1].gain for row in rows))


class Solver:
    """Finds the best plans over some rows; `need` is how many points of the index are missing, at least 1."""

    def __init__(self, rows: Sequence[Row], need: int) -> None:
        self.need = need
        self._rows = rows
        self._most = {weight: _most(of_weight, need) for weight, of_weight in _by_weight(rows).items()}
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
            if price > best:
                continue
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
        rows = _by_weight(row for row in self._rows if row.at not in without)
        return sorted(map(self._weight, rows.values()), key=lambda one: one.most)

    def _weight(self, rows: Sequence[Row]) -> _Weight:
        names = tuple([row.at for row in rows])
        if names not in self._known:
            alike = [one for one in self._known.values() if one.weight == rows[0].weight]
            if len(self._known) == _KEPT:
                del self._known[next(iter(self._known))]
            self._known[names] = _Weight(rows, self._most[rows[0].weight], alike)
        return self._known[names]


def _by_weight(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.weight, []).append(row)
    return found


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
