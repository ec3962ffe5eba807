"""Whether two groups differ in their means: the difference with its interval after Welch, for unequal variances.

With means m, variances s² (over n - 1) and v = s²/n of each group: the interval is (m1 - m2) ± t·√(v1 + v2), where t
is the quantile of Student's distribution with (v1 + v2)² / (v1²/(n1 - 1) + v2²/(n2 - 1)) degrees of freedom.
Law: sums are correctly rounded once (`math.fsum`), so no order of the figures changes a result.
"""

from collections.abc import Sequence
from itertools import count
from math import exp, fsum, lgamma, log, sqrt
from typing import NamedTuple

CONFIDENCE = 0.95
_TINY = 1e-300
_STEPS = 100_000


class Difference(NamedTuple):
    """The means of both groups, how much the first exceeds the second, and the interval around that."""

    first: float
    second: float
    difference: float
    low: float
    high: float


def difference(first: Sequence[float], second: Sequence[float]) -> Difference:
    """How much the mean of the first exceeds that of the second; each needs at least two figures."""
    (m1, v1), (m2, v2) = _of_mean(first), _of_mean(second)
    apart, variance, margin = m1 - m2, v1 + v2, 0.0
    if variance > 0:
        # By shares of the whole, so that squares of tiny variances do not vanish.
        p1, p2 = v1 / variance, v2 / variance
        freedom = 1 / (p1 * p1 / (len(first) - 1) + p2 * p2 / (len(second) - 1))
        margin = student_quantile((1 + CONFIDENCE) / 2, freedom) * sqrt(variance)
    return Difference(m1, m2, apart, apart - margin, apart + margin)


def _of_mean(figures: Sequence[float]) -> tuple[float, float]:
    """The mean, and its variance."""
    n = len(figures)
    mean = fsum(figures) / n
    return mean, fsum((x - mean) ** 2 for x in figures) / (n - 1) / n


def student_quantile(probability: float, freedom: float) -> float:
    """The t that Student's distribution stays below with this probability, from 0.5 to below 1."""
    low, high = 0.0, 1.0
    while student_cdf(high, freedom) < probability:
        low, high = high, 2 * high
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (middle, high) if student_cdf(middle, freedom) < probability else (low, middle)
    return high


def student_cdf(t: float, freedom: float) -> float:
    """The probability that Student's distribution stays below a t of at least 0."""
    return 1 - _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    return front * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of I_x(a, b), by the modified method of Lentz."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in count(1):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_zero(1 + step * d)
            c = _away_from_zero(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15 or m > _STEPS:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
