"""Every plan there is, tried one by one: what the optimiser must agree with on small cases."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from app.index.editions import Edition
from app.index.formula import calculate
from app.index.plans.planning import least_points
from app.index.plans.raising import FUNDS, Wish
from app.index.plans.solving import Moves


class Tried(NamedTuple):
    """A plan; they sort as they are preferred among those that reach the target."""

    idr: int
    indicators: int
    points: int
    moves: Moves
    worth: int

    @property
    def rows(self) -> frozenset[int]:
        """Which rows it raises."""
        return frozenset(at for at, _ in self.moves)


def every_plan(edition: Edition, scores: bytes, wish: Wish) -> list[Tried]:
    """All plans that keep to everything of the wish but its target and its budget."""
    return sorted(_tried(edition, scores, wish))


def reaching(edition: Edition, wish: Wish, plans: Sequence[Tried]) -> list[Tried]:
    """Of sorted plans the best one to the target, then each next one that adds to none before it."""
    given: list[Tried] = []
    for one in plans:
        enough = one.worth >= least_points(edition, wish.target)
        affordable = wish.budget is None or one.idr <= wish.budget
        if enough and affordable and not any(before.rows <= one.rows for before in given):
            given.append(one)
    return given


def nearest(wish: Wish, plans: Sequence[Tried]) -> Tried:
    """Of the affordable plans the one that comes furthest, the better one of equals."""
    affordable = [one for one in plans if wish.budget is None or one.idr <= wish.budget]
    return min(affordable, key=lambda one: (-one.worth, one))


def _tried(edition: Edition, scores: bytes, wish: Wish) -> Iterator[Tried]:
    rows = [at for at in range(len(scores)) if _may(edition, at, wish)]
    choices = [[scores[at], *(to for to in sorted(edition.admissible[at]) if to > scores[at])] for at in rows]
    for choice in product(*choices):
        moves = tuple((at, to) for at, to in zip(rows, choice, strict=True) if to > scores[at])
        costs = [_cost(edition, wish, at, scores[at], to) for at, to in moves]
        idr = sum(cost for cost in costs if cost is not None)
        if None not in costs:
            after = bytearray(scores)
            for at, to in moves:
                after[at] = to
            points = sum(after) - sum(scores)
            yield Tried(idr, len(moves), points, moves, calculate(edition, bytes(after)).points)


def _may(edition: Edition, at: int, wish: Wish) -> bool:
    row = edition.indicators[at]
    acts = wish.payers is None or any(row.executors[FUNDS[payer]] for payer in wish.payers)
    return acts and row.id not in wish.exclude


def _cost(edition: Edition, wish: Wish, at: int, score: int, to: int) -> int | None:
    price = 0 if wish.costs is None else wish.costs.get(edition.indicators[at].id)
    if price is None or isinstance(price, int):
        return None if price is None else price * (to - score)
    return price.get(to)
