"""The laws of plans, whatever the village, and what a wish means."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.index.editions import EDITIONS, Edition
from app.index.formula import calculate
from app.index.plans.describing import describe, raised
from app.index.plans.planning import Planned, least_points, plan
from app.index.plans.raising import FUNDS, Wish, payer_of
from app.trainings.schemas import Source
from tests.index.village_years import IDM, rubric_scores

STATUSES = [status.id for status in IDM.statuses]
costs = st.lists(st.integers(0, 900), min_size=50, max_size=50).map(
    lambda idr: dict(zip(IDM.position, idr, strict=True))
)
statuses = st.sampled_from(STATUSES)
FULL = bytes(row.maximum for row in IDM.indicators)
LOWEST = bytes(min(known) for known in IDM.admissible)


def scores_with(**scores: int) -> bytes:
    """Full marks, but for these rows."""
    changed = bytearray(FULL)
    for name, score in scores.items():
        changed[IDM.position[name]] = score
    return bytes(changed)


def scores_at(planned: Planned) -> bytes:
    """The scores once the first plan is done."""
    return raised(planned.before.scores, planned.solutions[0])


@settings(max_examples=60, deadline=None)
@given(rubric_scores, statuses, st.none() | costs)
def test_a_plan_that_is_done_has_the_status_and_nothing_in_it_can_be_left_out(
    scores: bytes, target: str, idr: dict[str, int] | None
) -> None:
    planned = plan(IDM, scores, Wish(target=target, costs=idr, alternatives=2))

    assert planned.reachable
    for solution in planned.solutions:
        after = calculate(IDM, raised(scores, solution))
        assert STATUSES.index(after.status) >= STATUSES.index(target)
        for at, to in solution.moves:
            assert to in IDM.admissible[at]
            assert to > scores[at]
            others = solution._replace(moves=tuple(move for move in solution.moves if move[0] != at))
            assert calculate(IDM, raised(scores, others)).points < least_points(IDM, target)


@settings(max_examples=60, deadline=None)
@given(rubric_scores, statuses, costs)
def test_alternatives_come_in_order_and_none_adds_to_one_before_it(
    scores: bytes, target: str, idr: dict[str, int]
) -> None:
    solutions = plan(IDM, scores, Wish(target=target, costs=idr, alternatives=4)).solutions

    rows = [{at for at, _ in solution.moves} for solution in solutions]
    assert list(solutions) == sorted(solutions)
    assert not [(before, after) for at, after in enumerate(rows) for before in rows[:at] if before <= after]


@settings(max_examples=60, deadline=None)
@given(rubric_scores, statuses, costs, st.sets(st.sampled_from(list(IDM.position)), max_size=20))
def test_leaving_rows_out_never_makes_a_plan_better(
    scores: bytes, target: str, idr: dict[str, int], excluded: set[str]
) -> None:
    free = plan(IDM, scores, Wish(target=target, costs=idr))

    bound = plan(IDM, scores, Wish(target=target, costs=idr, exclude=frozenset(excluded)))

    assert free.solutions[0] <= bound.solutions[0] or not bound.reachable
    assert not {IDM.indicators[at].id for at, _ in bound.solutions[0].moves} & excluded


@settings(max_examples=60, deadline=None)
@given(rubric_scores, costs, st.integers(0, 3000), st.integers(0, 3000))
def test_a_larger_budget_never_leads_less_far(
    scores: bytes, idr: dict[str, int], budget: int, more: int
) -> None:
    wish = Wish(target="mandiri", costs=idr, budget=budget)

    small, large = plan(IDM, scores, wish), plan(IDM, scores, replace(wish, budget=budget + more))

    assert small.solutions[0].idr <= budget
    # A plan that reaches the target stops there; until then every rupiah goes into points.
    assert large.reachable or (
        calculate(IDM, scores_at(small)).points <= calculate(IDM, scores_at(large)).points
        and not small.reachable
    )
    assert small.reachable is (small.bound is not None and small.bound <= budget)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_the_same_question_has_the_same_answer_in_every_edition(edition: Edition) -> None:
    lowest = bytes(min(known) for known in edition.admissible)

    answers = [plan(edition, lowest, Wish(target="mandiri")) for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0].reachable
    assert calculate(edition, scores_at(answers[0])).status == "mandiri"


def test_of_equal_plans_the_first_in_official_order_is_given() -> None:
    alike = [row.id for row in IDM.indicators[:35] if row.admissible == {1, 5}]
    heavy = {"ikl_01": 4, "ikl_02": 0}
    scores = scores_with(**dict.fromkeys(alike, 1), **heavy)
    wish = Wish(target="mandiri", exclude=frozenset(heavy), alternatives=1)

    first, second = plan(IDM, scores, wish).solutions

    places = [IDM.position[name] for name in alike]
    assert 1 < first.indicators == second.indicators < len(alike)
    assert [at for at, _ in first.moves] == places[: first.indicators]
    assert [at for at, _ in second.moves] == [*places[: first.indicators - 1], places[first.indicators]]


def test_at_or_above_the_target_nothing_changes() -> None:
    for target in STATUSES:
        planned = plan(IDM, FULL, Wish(target=target, costs={}, budget=0, alternatives=5))

        assert (planned.reachable, planned.bound, len(planned.solutions)) == (True, 0, 1)
        assert planned.solutions[0].moves == ()


def test_a_price_a_point_counts_the_points_and_a_price_a_score_is_the_whole_way() -> None:
    each_point = dict.fromkeys(IDM.position, 10)
    each_score = {name: dict.fromkeys(range(6), 10) for name in IDM.position}

    by_point = plan(IDM, LOWEST, Wish(target="tertinggal", costs=each_point))
    by_score = plan(IDM, LOWEST, Wish(target="tertinggal", costs=each_score))

    assert by_point.solutions[0].idr == 10 * by_point.solutions[0].points
    assert by_score.solutions[0].idr == 10 * by_score.solutions[0].indicators


def test_every_source_of_funds_speaks_for_a_level_of_the_rubric() -> None:
    assert set(FUNDS) == set(get_args(Source))
    assert sorted(FUNDS.values()) == sorted(IDM.indicators[0].executors)


def test_the_payer_is_the_first_asked_for_who_can_act_or_else_the_nearest_purse() -> None:
    library, banks = (IDM.indicators[IDM.position[name]] for name in ("iks_14", "ike_07"))

    assert payer_of(library, None) == "dana_desa"
    assert payer_of(library, ("apbn", "dana_desa")) == "apbn"
    assert payer_of(banks, None) == "lainnya"
    assert payer_of(banks, ("dana_desa",)) is None


def test_payers_leave_only_the_rows_on_which_they_can_act() -> None:
    planned = plan(
        IDM, LOWEST, Wish(target="tertinggal", payers=("csr",), costs=dict.fromkeys(IDM.position, 1))
    )

    acting = {at for at, row in enumerate(IDM.indicators) if row.executors["csr"]}
    assert {at for at, _ in planned.solutions[0].moves} <= acting
    assert planned.reason == "plan.too_few_rows"


def test_a_row_without_a_price_is_not_used_and_named() -> None:
    scores = scores_with(ikl_01=2, ikl_02=0, ikl_03=0)

    planned = plan(IDM, scores, Wish(target="mandiri", costs={"ikl_02": 7, "ikl_01": {2: 1}}))
    by_score = plan(IDM, scores, Wish(target="mandiri", costs={"ikl_02": {3: 1, 5: 7}}))

    assert (planned.reachable, planned.bound) == (True, 7 * planned.solutions[0].points)
    assert [IDM.indicators[at].id for at in planned.unpriced] == ["ikl_01", "ikl_03"]
    assert (by_score.reachable, by_score.reason, by_score.bound) == (True, None, 7)


def test_where_prices_are_missing_the_reason_names_the_rows_that_have_none() -> None:
    scores = scores_with(ikl_01=2, ikl_02=0, ikl_03=0)
    wish = Wish(target="mandiri", costs={})
    planned = plan(IDM, scores, wish)

    told = describe(IDM, planned, wish, "en", index="idm")

    assert (told["reachable"], told["plans"][0]["changes"], told["proof"]["bound"]) == (False, [], None)
    assert told["reason"]["code"] == "plan.prices_missing"
    assert "ikl_01, ikl_02, ikl_03" in told["reason"]["text"]
    assert told["unpriced"] == ["ikl_01", "ikl_02", "ikl_03"]
