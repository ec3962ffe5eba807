"""How unequal figures are: Gini and Theil's T, the latter parted exactly into within and between groups.

For n figures x of at least 0 with the sum S, in ascending order x_1 … x_n:
G = Σ (2i - n - 1)·x_i / (n·S), from 0 (all equal) to (n - 1)/n (one has all);
T = Σ (x/S)·ln(n·x/S), from 0 to ln n, where 0·ln 0 = 0.
For groups g with n_g figures of the sum S_g and their own T_g: within = Σ (S_g/S)·T_g,
between = Σ (S_g/S)·ln((S_g/S)/(n_g/n)), and T = within + between.
Law: sums are correctly rounded once (`math.fsum`), so no order of the figures changes a result.
"""

from collections.abc import Iterable, Sequence
from math import fsum, log
from typing import NamedTuple


class Parts(NamedTuple):
    """Theil's T of all, parted: within groups and between them."""

    within: float
    between: float


def gini(figures: Sequence[float]) -> float | None:
    """Gini's coefficient; 0 where all are 0, None of nothing."""
    n, total = len(figures), fsum(figures)
    if not n:
        return None
    if total == 0:
        return 0.0
    return fsum((2 * i - n - 1) * x for i, x in enumerate(sorted(figures), start=1)) / (n * total)


def theil(figures: Sequence[float]) -> float | None:
    """Theil's T; 0 where all are 0, None of nothing."""
    if not figures:
        return None
    if min(figures) == max(figures):
        return 0.0
    n, total = len(figures), fsum(figures)
    # Nearly equal figures may round to a hair below the 0 that T is never under.
    return max(0.0, fsum(x / total * log(n * x / total) for x in figures if x > 0))


def parted(groups: Iterable[Sequence[float]]) -> Parts | None:
    """Theil's T of all figures, parted by group; empty groups count for nothing, None of nothing."""
    filled = [group for group in groups if group]
    if not filled:
        return None
    n, total = sum(map(len, filled)), fsum(x for group in filled for x in group)
    if min(map(min, filled)) == max(map(max, filled)):
        return Parts(0.0, 0.0)
    shares = [(fsum(group) / total, len(group) / n, theil(group) or 0.0) for group in filled]
    between = fsum(part * log(part / size) for part, size, _ in shares if part > 0)
    return Parts(fsum(part * own for part, _, own in shares), max(0.0, between))
