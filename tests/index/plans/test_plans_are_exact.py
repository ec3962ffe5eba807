"""The optimiser against every plan there is, on thousands of small cases of either edition."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.index.editions import EDITIONS, Edition
from app.index.plans.planning import least_points, plan
from app.index.plans.raising import FUNDS, Price, Wish
from tests.index.plans.every_plan import every_plan, nearest, reaching
from tests.index.village_years import IDM

payers = st.none() | st.lists(st.sampled_from(sorted(FUNDS)), min_size=1, max_size=3, unique=True)
a_point = st.integers(0, 9)
a_score = st.none() | a_point | st.dictionaries(st.integers(0, 5), st.integers(0, 20), min_size=1)
Priced = st.SearchStrategy[Price | None] | None


@st.composite
def small(draw: st.DrawFn, edition: Edition, prices: Priced) -> tuple[bytes, Wish]:
    """Scores below a threshold of which only a few rows may be raised, and what is asked of them."""
    at = draw(st.lists(st.integers(0, len(edition.indicators) - 1), min_size=1, max_size=5, unique=True))
    rows = {place: edition.indicators[place] for place in at}
    low = {place: draw(st.sampled_from(sorted(row.admissible | {1})[:-1])) for place, row in rows.items()}
    target = draw(st.sampled_from(edition.statuses[1:])).id
    scores = _short_of(edition, least_points(edition, target), low, percent=draw(st.integers(25, 105)))
    told = {row.id: None if prices is None else draw(prices) for row in rows.values()}
    costs = {name: price for name, price in told.items() if price is not None}
    return scores, Wish(
        target=target,
        costs=None if prices is None else costs,
        payers=draw(payers) if any(row.executors["desa"] for row in edition.indicators) else None,
        exclude=frozenset(edition.position) - {row.id for row in rows.values()},
        budget=None if prices is None else draw(st.none() | st.integers(5, 60)),
        alternatives=draw(st.integers(0, 5)),
    )


def _short_of(edition: Edition, points: int, low: dict[int, int], *, percent: int) -> bytes:
    """Scores with these rows low, short of the points by about so many percent of what the rows can give."""
    weight = {dimension.id: dimension.weight for dimension in edition.dimensions}
    weights = [weight[row.dimension] for row in edition.indicators]
    scores = bytearray(row.maximum for row in edition.indicators)
    can_give = sum((scores[at] - score) * weights[at] for at, score in low.items())
    for at, score in low.items():
        scores[at] = score
    over = edition.total - can_give - points + can_give * percent // 100
    for at in sorted(range(len(scores)), key=lambda at: -weights[at]):
        if at not in low and over > 0:
            taken = min(scores[at], over // weights[at])
            scores[at] -= taken
            over -= taken * weights[at]
    return bytes(scores)


def agrees_with_every_plan(edition: Edition, scores: bytes, wish: Wish) -> None:
    """Fail unless the answer is what trying every plan gives."""
    found = plan(edition, scores, wish)

    tried = every_plan(edition, scores, wish)
    expected = reaching(edition, wish, tried)
    told = [(one.idr, one.indicators, one.points, one.moves) for one in found.solutions]
    unlimited = reaching(edition, replace(wish, budget=None), tried)
    assert found.reachable is bool(expected)
    best = (expected or [nearest(wish, tried)])[: 1 + wish.alternatives]
    assert told == [(one.idr, one.indicators, one.points, one.moves) for one in best]
    objectives = [one.indicators if wish.costs is None else one.idr for one in unlimited]
    assert found.bound == (objectives[0] if objectives else None)


@settings(max_examples=700, deadline=None)
@given(small(IDM, a_point))
def test_with_a_price_a_point_the_plans_are_those_that_trying_every_plan_gives(
    case: tuple[bytes, Wish],
) -> None:
    agrees_with_every_plan(IDM, *case)


@settings(max_examples=700, deadline=None)
@given(small(IDM, a_score))
def test_with_prices_a_score_or_none_the_plans_are_those_that_trying_every_plan_gives(
    case: tuple[bytes, Wish],
) -> None:
    agrees_with_every_plan(IDM, *case)


@settings(max_examples=700, deadline=None)
@given(small(IDM, None))
def test_without_costs_the_plans_are_those_that_trying_every_plan_gives(case: tuple[bytes, Wish]) -> None:
    agrees_with_every_plan(IDM, *case)


@settings(max_examples=200, deadline=None)
@given(small(EDITIONS["indeks-desa-2025"], a_score))
def test_the_plans_of_indeks_desa_are_those_that_trying_every_plan_gives(case: tuple[bytes, Wish]) -> None:
    agrees_with_every_plan(EDITIONS["indeks-desa-2025"], *case)
