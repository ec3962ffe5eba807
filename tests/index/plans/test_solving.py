"""The solver and its ranking against every plan there is, on small tables of made-up rows."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.index.plans.ranking import ranked
from app.index.plans.solving import Row, Solution, Solver, Step, price_of


def row(at: int, weight: int, *costs: tuple[int, int]) -> Row:
    """A row whose steps raise it by so many points of score for so many rupiah."""
    return Row(
        at, weight, tuple(Step(by, by, price_of(idr=idr, indicators=1, points=by)) for by, idr in costs)
    )


def every(rows: Sequence[Row]) -> Iterator[tuple[int, Solution]]:
    """Every plan, with the points of the index that it gives."""
    for choice in product(*([None, *one.steps] for one in rows)):
        chosen = [(one, step) for one, step in zip(rows, choice, strict=True) if step is not None]
        price = sum(step.price for _, step in chosen)
        moves = tuple((one.at, step.to) for one, step in chosen)
        yield sum(one.weight * step.gain for one, step in chosen), Solution(price, moves)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Up to five rows of three weights, each with up to three steps."""
    steps = st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 5)), min_size=1, max_size=3, unique_by=lambda s: s[0]
    )
    rows = draw(st.lists(st.tuples(st.sampled_from((1, 3, 5)), steps), max_size=5))
    return [row(at, weight, *sorted(costs)) for at, (weight, costs) in enumerate(rows)]


ALIKE = [row(at, weight, (1, 2), (2, 4)) for at, weight in enumerate((1, 1, 3, 3, 5))]
FREE = [row(at, 3, (1, 0), (4, 0)) for at in range(4)]


@settings(max_examples=150, deadline=None)
@example(ALIKE, 1)
@example(ALIKE, 7)
@example(ALIKE, 26)
@example(FREE, 13)
@example([], 1)
@given(tables(), st.integers(1, 40))
def test_the_cheapest_plan_is_the_best_of_all_that_reach_the_need(rows: list[Row], need: int) -> None:
    reaching = [plan for points, plan in every(rows) if points >= need]

    found = Solver(rows, need).cheapest()

    assert found == min(reaching, default=None)


@settings(max_examples=150, deadline=None)
@example(ALIKE, 9)
@example(FREE, 0)
@example([], 3)
@example([row(0, 5, (1, 3))], 3)
@example([row(0, 5, (1, 3))], 2)
@example([row(0, 1, (1, 0)), row(1, 3, (1, 1))], 1)
@given(tables(), st.none() | st.integers(0, 25))
def test_the_furthest_plan_has_the_most_points_that_the_rupiah_allow(
    rows: list[Row], idr: int | None
) -> None:
    affordable = [(points, plan) for points, plan in every(rows) if idr is None or plan.idr <= idr]
    need = max(points for points, _ in affordable) + 1

    found = Solver(rows, need).furthest(idr)

    assert found == min(affordable, key=lambda one: (-one[0], one[1]))[1]


@settings(max_examples=80, deadline=None)
@example(ALIKE, 5)
@example(ALIKE, 12)
@given(tables(), st.integers(1, 25))
def test_each_next_plan_is_the_best_that_adds_to_none_before_it(rows: list[Row], need: int) -> None:
    expected: list[Solution] = []
    for points, plan in sorted(every(rows), key=lambda one: one[1]):
        used = {at for at, _ in plan.moves}
        if points >= need and not any({at for at, _ in before.moves} <= used for before in expected):
            expected.append(plan)
    assume(expected)

    found = list(islice(ranked(Solver(rows, need)), len(expected) + 1))

    assert found == expected


def test_an_alternative_that_is_known_already_is_not_searched_for_again() -> None:
    asked: list[frozenset[int]] = []

    class Counting(Solver):
        def cheapest(self, without: frozenset[int] = frozenset()) -> Solution | None:
            asked.append(without)
            return super().cheapest(without)

    found = list(ranked(Counting([row(at, 1, (1, at)) for at in range(3)], need=1)))

    assert [plan.moves for plan in found] == [((0, 1),), ((1, 1),), ((2, 1),)]
    assert asked == [frozenset(), frozenset({0}), frozenset({0, 1}), frozenset({0, 1, 2})]


@pytest.mark.parametrize(("idr", "indicators", "points"), [(0, 0, 0), (3, 2, 7), (10**12, 56, 280)])
def test_a_price_says_what_it_is_made_of(idr: int, indicators: int, points: int) -> None:
    solution = Solution(price_of(idr=idr, indicators=indicators, points=points), ((0, 1),) * indicators)

    assert (solution.idr, solution.indicators, solution.points) == (idr, indicators, points)


def test_rupiah_weigh_more_than_any_number_of_indicators_and_these_more_than_any_points() -> None:
    assert price_of(idr=1, indicators=0, points=0) > price_of(idr=0, indicators=56, points=280)
    assert price_of(idr=0, indicators=1, points=0) > price_of(idr=0, indicators=0, points=280)
