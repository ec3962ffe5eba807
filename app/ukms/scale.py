"""The size of a business follows from its yearly sales, or while it has none from its capital.

Source: PP 7/2021, article 35: capital without land and buildings for a new business, yearly sales for one that
sells. The upper bounds belong to the class they close.
"""

from typing import Final, Literal, NamedTuple

ScaleName = Literal["mikro", "kecil", "menengah", "besar"]
Basis = Literal["sales", "capital"]
Limits = tuple[tuple[int, ScaleName], ...]

BILLION: Final = 1_000_000_000
BY_SALES: Final[Limits] = ((2 * BILLION, "mikro"), (15 * BILLION, "kecil"), (50 * BILLION, "menengah"))
BY_CAPITAL: Final[Limits] = ((1 * BILLION, "mikro"), (5 * BILLION, "kecil"), (10 * BILLION, "menengah"))


class Scale(NamedTuple):
    """A class and what it was judged by; both None when neither sales nor capital are known."""

    scale: ScaleName | None
    basis: Basis | None


def scale_of(*, sales_idr: int | None, capital_idr: int | None) -> Scale:
    """The scale by the sales of the latest year that has any reported, else by capital; in whole rupiah.

    Sales of 0 are reported sales; None is not.
    """
    if sales_idr is not None:
        return Scale(_class(sales_idr, BY_SALES), "sales")
    if capital_idr is not None:
        return Scale(_class(capital_idr, BY_CAPITAL), "capital")
    return Scale(None, None)


def _class(amount: int, limits: Limits) -> ScaleName:
    return next((name for limit, name in limits if amount <= limit), "besar")


def independence(*, sales_idr: int | None, support_idr: int | None) -> float | None:
    """How far a year's sales stand without support from the village fund: 1 – support ÷ sales.

    1 without any support, 0 when support equals sales, below 0 by as much as support exceeds them. None when
    either is not reported, or nothing was sold: then there is nothing to compare with.
    """
    if sales_idr is None or support_idr is None or sales_idr == 0:
        return None
    # One division of whole numbers is rounded once; 1 - support/sales would be rounded twice.
    return (sales_idr - support_idr) / sales_idr
