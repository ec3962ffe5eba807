"""The size of a business by PP 7/2021, and how far its sales stand alone."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ukms.scale import Scale, independence, scale_of

BILLION = 1_000_000_000
ORDER = ("mikro", "kecil", "menengah", "besar")
rupiah = st.integers(0, 2**53 - 1)


@pytest.mark.parametrize(
    ("sales_idr", "expected"),
    [
        (0, "mikro"),
        (2 * BILLION, "mikro"),
        (2 * BILLION + 1, "kecil"),
        (15 * BILLION, "kecil"),
        (15 * BILLION + 1, "menengah"),
        (50 * BILLION, "menengah"),
        (50 * BILLION + 1, "besar"),
    ],
)
def test_by_sales_each_bound_belongs_to_the_class_it_closes(sales_idr: int, expected: str) -> None:
    assert scale_of(sales_idr=sales_idr, capital_idr=None) == (expected, "sales")


@pytest.mark.parametrize(
    ("capital_idr", "expected"),
    [
        (0, "mikro"),
        (1 * BILLION, "mikro"),
        (1 * BILLION + 1, "kecil"),
        (5 * BILLION, "kecil"),
        (5 * BILLION + 1, "menengah"),
        (10 * BILLION, "menengah"),
        (10 * BILLION + 1, "besar"),
    ],
)
def test_by_capital_each_bound_belongs_to_the_class_it_closes(capital_idr: int, expected: str) -> None:
    assert scale_of(sales_idr=None, capital_idr=capital_idr) == (expected, "capital")


def test_of_nothing_known_nothing_follows() -> None:
    assert scale_of(sales_idr=None, capital_idr=None) == Scale(None, None)


@given(rupiah, rupiah)
def test_sales_count_before_capital(sales_idr: int, capital_idr: int) -> None:
    assert scale_of(sales_idr=sales_idr, capital_idr=capital_idr) == scale_of(
        sales_idr=sales_idr, capital_idr=None
    )


@given(rupiah, rupiah)
def test_whoever_sells_more_is_not_smaller(one: int, other: int) -> None:
    smaller, larger = (
        ORDER.index(scale_of(sales_idr=amount, capital_idr=None).scale or "")
        for amount in sorted((one, other))
    )

    assert smaller <= larger


@pytest.mark.parametrize(
    ("sales_idr", "support_idr", "expected"),
    [
        (200, 50, 0.75),
        (200, 0, 1.0),
        (200, 200, 0.0),
        (200, 300, -0.5),
        (0, 0, None),
        (0, 50, None),
        (None, 50, None),
        (200, None, None),
        (None, None, None),
    ],
)
def test_independence_is_the_share_of_sales_without_support(
    sales_idr: int | None, support_idr: int | None, expected: float | None
) -> None:
    assert independence(sales_idr=sales_idr, support_idr=support_idr) == expected


@given(rupiah.filter(bool), rupiah)
def test_independence_is_rounded_once(sales_idr: int, support_idr: int) -> None:
    exact = 1 - Fraction(support_idr, sales_idr)

    assert independence(sales_idr=sales_idr, support_idr=support_idr) == float(exact)
