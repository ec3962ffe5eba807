"""Gini and Theil: by hand, and the laws that hold for any figures."""

from fractions import Fraction
from math import isclose, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.disparity import gini, parted, theil

figure = st.floats(min_value=0, max_value=1, allow_subnormal=False).map(lambda x: round(x, 6))
figures = st.lists(figure, min_size=1, max_size=40)
groups = st.lists(st.lists(figure, max_size=12), min_size=1, max_size=8).filter(any)


def close(one: float | None, other: float | None) -> bool:
    assert one is not None
    assert other is not None
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ([1.0, 2.0, 3.0, 4.0], 0.25),
        ([1.0, 1.0, 1.0], 0.0),
        ([0.0, 0.0, 0.0, 1.0], 0.75),
        ([1.0, 3.0], 0.25),
        ([0.0, 0.0], 0.0),
        ([5.0], 0.0),
    ],
)
def test_gini_is_what_it_is_by_hand(of: list[float], expected: float) -> None:
    assert gini(of) == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        # Shares 1/4 and 3/4 of two: ¼·ln ½ + ¾·ln 1½.
        ([1.0, 3.0], log(0.5) / 4 + 3 * log(1.5) / 4),
        # One has all of four: ln 4; the zeros add 0·ln 0 = 0.
        ([0.0, 0.0, 0.0, 1.0], log(4)),
        ([2.0, 2.0], 0.0),
        ([0.0, 0.0], 0.0),
    ],
)
def test_theil_is_what_it_is_by_hand(of: list[float], expected: float) -> None:
    assert close(theil(of), expected)


def test_theil_is_parted_as_by_hand() -> None:
    # Sums 4 and 12 of 16, two figures each: between = ¼·ln ½ + ¾·ln 1½; within = ¼·T(1, 3) + ¾·0.
    of_two = log(0.5) / 4 + 3 * log(1.5) / 4

    parts = parted([[1.0, 3.0], [6.0, 6.0], []])

    assert parts is not None
    assert close(parts.between, of_two)
    assert close(parts.within, of_two / 4)


def test_of_nothing_nothing_is_said() -> None:
    assert (gini([]), theil([]), parted([]), parted([[], []])) == (None, None, None, None)


@given(figures)
def test_gini_is_the_mean_difference_of_all_pairs(of: list[float]) -> None:
    exact = [Fraction(x) for x in of]
    apart = sum((abs(x - y) for x in exact for y in exact), Fraction())

    expected = float(apart / (2 * len(of) * sum(exact))) if sum(exact) else 0.0

    assert close(gini(of), expected)


@given(figures, st.sampled_from([2.0, 0.5, 10.0, 1 / 3]))
def test_another_unit_changes_nothing(of: list[float], unit: float) -> None:
    scaled = [x * unit for x in of]

    assert close(gini(scaled), gini(of))
    assert close(theil(scaled), theil(of))


@given(figures, st.integers(min_value=2, max_value=5))
def test_every_village_several_times_changes_nothing(of: list[float], times: int) -> None:
    assert close(gini(of * times), gini(of))
    assert close(theil(of * times), theil(of))


@given(figures)
def test_both_are_within_their_bounds(of: list[float]) -> None:
    g, t = gini(of), theil(of)

    assert g is not None
    assert t is not None
    assert 0 <= g < 1
    assert 0 <= t <= log(len(of)) + 1e-12


@given(figure, st.integers(min_value=1, max_value=50))
def test_where_all_are_equal_both_are_nothing(value: float, many: int) -> None:
    equal = [value] * many

    assert (gini(equal), theil(equal), parted([equal, equal])) == (0, 0, (0, 0))


@given(figures, st.randoms(use_true_random=False))
def test_no_order_changes_a_bit(of: list[float], random: Random) -> None:
    shuffled = random.sample(of, len(of))

    assert (gini(shuffled), theil(shuffled)) == (gini(of), theil(of))


@given(groups)
def test_what_is_within_and_between_adds_up_to_all(of: list[list[float]]) -> None:
    parts = parted(of)

    assert parts is not None
    assert min(parts) >= 0
    assert close(parts.within + parts.between, theil([x for group in of for x in group]))


@given(figures)
def test_one_group_has_nothing_between_and_single_ones_nothing_within(of: list[float]) -> None:
    whole, single = parted([of]), parted([[x] for x in of])

    assert whole is not None
    assert single is not None
    assert close(whole.between, 0)
    assert single.within == 0
