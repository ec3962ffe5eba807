"""Dana desa is the desa's: a fund is judged by what the village was in the fund's own year, not by what it is today.

Source: UU 6/2014 article 72 (dana desa is a desa's revenue; a kelurahan lives on its regency's budget).
"""

from collections.abc import Sequence
from typing import NamedTuple

DANA_DESA = "dana_desa"
DESA = frozenset({"desa", "desa_adat"})


class Era(NamedTuple):
    """A stretch of a village's life as one kind; `ended_on` is the first day of the next, None for the present."""

    kind: str
    ended_on: str | None


def was_desa(year: int, eras: Sequence[Era]) -> bool:
    """Whether a village was a desa on some day of a calendar year; `eras` go from the oldest to the present.

    >>> was_desa(2024, [Era("desa", "2025-06-01"), Era("kelurahan", None)])
    True
    >>> was_desa(2026, [Era("desa", "2025-06-01"), Era("kelurahan", None)])
    False
    """
    first, last = f"{year:04}-01-01", f"{year:04}-12-31"
    began = ""
    for era in eras:
        if era.kind in DESA and began <= last and (era.ended_on is None or era.ended_on > first):
            return True
        began = era.ended_on or ""
    return False
