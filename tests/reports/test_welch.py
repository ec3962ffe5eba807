"""The interval of a difference: Student's quantiles as tables print them, and Welch's method on a worked case."""

from math import isclose
from random import Random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.welch import difference, student_cdf, student_quantile

samples = st.lists(st.floats(min_value=-1, max_value=1), min_size=2, max_size=30)


@pytest.mark.parametrize(
    ("probability", "freedom", "expected"),
    [
        (0.975, 1, 12.7062047),
        (0.975, 2, 4.3026527),
        (0.975, 5, 2.5705818),
        (0.975, 9, 2.2621572),
        (0.975, 30, 2.0422725),
        (0.975, 120, 1.9799304),
        (0.995, 10, 3.1692727),
        (0.95, 20, 1.7247182),
    ],
)
def test_a_quantile_is_as_tables_print_it(probability: float, freedom: float, expected: float) -> None:
    assert isclose(student_quantile(probability, freedom), expected, rel_tol=1e-7)


def test_many_degrees_of_freedom_are_the_normal_distribution() -> None:
    assert isclose(student_quantile(0.975, 1e7), NormalDist().inv_cdf(0.975), rel_tol=1e-6)


@given(st.floats(min_value=0.501, max_value=0.9995), st.floats(min_value=1, max_value=5000))
def test_a_quantile_is_where_its_probability_is_reached(probability: float, freedom: float) -> None:
    assert isclose(student_cdf(student_quantile(probability, freedom), freedom), probability, rel_tol=1e-9)


def test_a_worked_case() -> None:
    # Means 4 and 2; variances 2 and 1, of the means 1/3 each: 2 ± t·√(2/3) with (2/3)²/(1/45 + 1/18) = 40/7 degrees.
    first, second = [2.0, 4.0, 6.0, 4.0, 3.0, 5.0], [1.0, 2.0, 3.0]

    found = difference(first, second)

    assert (found.first, found.second, found.difference) == (4, 2, 2)
    assert isclose(found.high - 2, student_quantile(0.975, 40 / 7) * (2 / 3) ** 0.5)
    assert isclose(found.high + found.low, 4)


def test_figures_without_any_spread_have_no_interval() -> None:
    assert difference([0.5, 0.5], [0.25, 0.25, 0.25]) == (0.5, 0.25, 0.25, 0.25, 0.25)


@given(samples, samples, st.randoms(use_true_random=False))
def test_the_order_of_the_villages_changes_nothing_and_of_the_groups_the_sign(
    first: list[float], second: list[float], random: Random
) -> None:
    found = difference(first, second)

    assert difference(random.sample(first, len(first)), second) == found
    other = difference(second, first)
    assert (other.difference, other.low, other.high) == (-found.difference, -found.high, -found.low)
    assert found.low <= found.difference <= found.high
