"""A wish becomes plans: the best way to a status, or the furthest one can come and the reason, with a proof.

The search is exact, so the bound of the proof is the best plan's own cost (rupiah, or without costs the number of
indicators): no plan that keeps to the wish reaches the status for less.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from app.index.editions import Edition
from app.index.formula import Calculation, calculate
from app.index.plans.raising import Wish, allowed, rows_of
from app.index.plans.ranking import ranked
from app.index.plans.solving import Row, Solution, Solver

Reason = Literal["plan.over_budget", "plan.prices_missing", "plan.too_few_rows"]


@dataclass(frozen=True, slots=True)
class Planned:
    """The plans, the best one first; `bound` is None where no plan reaches the status at any price.

    `unpriced` stand in official order: the allowed rows left out because they have no price. `missing` are
    the points of the index that are short with every row at its best: each allowed one, or, where prices are
    what is missing, each that has a price.
    """

    before: Calculation
    solutions: tuple[Solution, ...]
    bound: int | None
    reason: Reason | None
    unpriced: tuple[int, ...]
    missing: int = 0

    @property
    def reachable(self) -> bool:
        """Whether the plans reach the status."""
        return self.reason is None


def plan(edition: Edition, scores: bytes, wish: Wish) -> Planned:
    """The plans for a village with these scores; `wish` must name what the edition knows."""
    before = calculate(edition, scores)
    rows = rows_of(edition, scores, wish)
    priced = {row.at for row in rows}
    unpriced = tuple(at for at in allowed(edition, scores, wish) if at not in priced)
    need = least_points(edition, wish.target) - before.points
    if need <= 0:
        return Planned(before, (Solution(0, ()),), 0, None, unpriced)
    solver = Solver(rows, need)
    best = solver.cheapest()
    if best is None:
        free = rows_of(edition, scores, replace(wish, costs=None))
        short: Reason = "plan.prices_missing" if _most(free) >= need else "plan.too_few_rows"
        missing = need - _most(rows if short == "plan.prices_missing" else free)
        return Planned(before, (solver.furthest(wish.budget),), None, short, unpriced, missing)
    bound = best.indicators if wish.costs is None else best.idr
    if wish.budget is not None and best.idr > wish.budget:
        return Planned(before, (solver.furthest(wish.budget),), bound, "plan.over_budget", unpriced)
    found = islice(ranked(solver), 1 + wish.alternatives) if wish.alternatives else (best,)
    return Planned(before, tuple(_within(wish.budget, found)), bound, None, unpriced)


def least_points(edition: Edition, status: str) -> int:
    """The points from which a status holds."""
    at = [one.id for one in edition.statuses].index(status)
    return edition.cut_offs[at - 1] + 1 if at else 0


def _most(rows: Iterable[Row]) -> int:
    return sum(row.steps[-1].gain * row.weight for row in rows)


def _within(budget: int | None, plans: Iterable[Solution]) -> Iterable[Solution]:
    for one in plans:
        if budget is not None and one.idr > budget:
            return
        yield one
