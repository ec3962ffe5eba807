"""What may be raised, by whom and at what price: the rows of an edition as the optimiser sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.index.editions import Edition, Indicator
from app.index.plans.solving import Row, Step, price_of

FUNDS: Mapping[str, str] = MappingProxyType(
    {
        "dana_desa": "desa",
        "apbd_kabupaten": "kabupaten",
        "apbd_provinsi": "provinsi",
        "apbn": "pusat",
        "csr": "csr",
        "lainnya": "lainnya",
    }
)
"""The level of the rubric's executors that each source of funds speaks for, the nearest purse first."""

Price = int | Mapping[int, int]
"""Rupiah a point of score, or the rupiah of reaching each score from the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a plan; `costs` and `payers` are `None` where nobody spoke of them."""

    target: str
    costs: Mapping[str, Price] | None = None
    payers: Sequence[str] | None = None
    exclude: frozenset[str] = frozenset()
    budget: int | None = None
    alternatives: int = 0


def payer_of(row: Indicator, payers: Sequence[str] | None) -> str | None:
    """The first of the payers who can act on a row, of all of them where none is asked for."""
    for payer in FUNDS if payers is None else payers:
        if row.executors[FUNDS[payer]]:
            return payer
    return None


def allowed(edition: Edition, scores: bytes, wish: Wish) -> tuple[int, ...]:
    """Where the rows stand that can be raised, are not excluded, and on which a payer asked for can act."""
    return tuple(
        at
        for at, (row, score) in enumerate(zip(edition.indicators, scores, strict=True))
        if score < row.maximum
        and row.id not in wish.exclude
        and (wish.payers is None or payer_of(row, wish.payers) is not None)
    )


def cost_of(wish: Wish, indicator: str, score: int, to: int) -> int | None:
    """The rupiah of raising a row, 0 where nobody speaks of costs, None where it has no price."""
    if wish.costs is None:
        return 0
    price = wish.costs.get(indicator)
    if price is None or isinstance(price, int):
        return None if price is None else price * (to - score)
    return price.get(to)


def rows_of(edition: Edition, scores: bytes, wish: Wish) -> list[Row]:
    """The allowed rows with the steps that have a price; a row without any is left out."""
    weight = {dimension.id: dimension.weight for dimension in edition.dimensions}
    rows = []
    for at in allowed(edition, scores, wish):
        row, score = edition.indicators[at], scores[at]
        higher = sorted(to for to in row.admissible if to > score)
        costs = {to: cost_of(wish, row.id, score, to) for to in higher}
        steps = tuple(
            Step(to, to - score, price_of(idr=cost, indicators=1, points=to - score))
            for to, cost in costs.items()
            if cost is not None
        )
        if steps:
            rows.append(Row(at, weight[row.dimension], steps))
    return rows
