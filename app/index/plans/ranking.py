"""The best plans in order, each exact: every later one does without an indicator of each plan before it.

A plan that only adds to an earlier one is no alternative. Which rows to leave out is searched best first: a choice
of them is solved only when nothing that is already known of it puts it behind another one.
"""

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush

from app.index.plans.solving import Solution, Solver

_Solved = dict[frozenset[int], Solution | None]


def ranked(solver: Solver) -> Iterator[Solution]:
    """The plans that reach the target, best first, until there is no further alternative."""
    solved: _Solved = {}
    given: set[Solution] = set()
    seen: set[frozenset[int]] = set()
    waiting: list[tuple[Solution, tuple[int, ...]]] = [(Solution(0, ()), ())]
    while waiting:
        bound, names = heappop(waiting)
        left_out = frozenset(names)
        if left_out not in solved:
            better = _solved(solver, bound, left_out, solved)
            if better is not None:
                heappush(waiting, (better, names))
            continue
        if bound not in given:
            given.add(bound)
            yield bound
        for at, _ in bound.moves:
            further = left_out | {at}
            if further not in seen:
                seen.add(further)
                heappush(waiting, (bound, tuple(sorted(further))))


def _solved(solver: Solver, bound: Solution, left_out: frozenset[int], solved: _Solved) -> Solution | None:
    """A better bound of what is left, or its solution, which is then kept; None where no plan is left."""
    known = _known(left_out, solved)
    if known is None and solved:
        return None
    if known is not None and known > bound:
        return known
    # A plan of fewer rows left out, that happens to use none of these, is the best here too.
    fits = known is not None and left_out.isdisjoint(at for at, _ in known.moves)
    solved[left_out] = known if fits else solver.cheapest(left_out)
    return solved[left_out]


def _known(left_out: frozenset[int], solved: Mapping[frozenset[int], Solution | None]) -> Solution | None:
    """The worst plan of those for fewer rows left out, None where one of them has none."""
    plans = [plan for fewer, plan in solved.items() if fewer <= left_out]
    if not plans or None in plans:
        return None
    return max(plan for plan in plans if plan is not None)
