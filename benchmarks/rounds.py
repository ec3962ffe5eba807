"""Interleaved rounds A B C A B C: what troubles the machine for a while troubles all, and ratios hold."""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Sample:
    """A round of one server: answers as expected, others, seconds of clock and of the server's CPU, longest wait."""

    answered: int
    failed: int
    seconds: float
    cpu_seconds: float
    worst: float = 0.0
    others: str = ""

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.answered / self.seconds

    @property
    def cpu_micros(self) -> float:
        """Microseconds of CPU for each answer; what a refusal cost is carried by the answers."""
        return _quotient(self.cpu_seconds * 1e6, self.answered)


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of the rounds, and the least and the greatest of them."""

    median: float
    low: float
    high: float

    @classmethod
    def only(cls, value: float) -> Self:
        """A figure that was taken once."""
        return cls(value, value, value)

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        return cls(median=statistics.median(values), low=min(values), high=max(values))


def _quotient(dividend: float, divisor: float) -> float:
    """Infinite by nothing: a round without any answer costs without end and ends no run."""
    return dividend / divisor if divisor else math.inf


def cheaper(samples: Sequence[Sample], than: Sequence[Sample]) -> Spread:
    """How many times less CPU an answer costs than the other's in the same round."""
    return Spread.of(
        [_quotient(other.cpu_micros, own.cpu_micros) for own, other in zip(samples, than, strict=True)]
    )


def faster(samples: Sequence[Sample], than: Sequence[Sample]) -> Spread:
    """How many times more answers come per second than the other's in the same round."""
    return Spread.of([_quotient(own.rate, other.rate) for own, other in zip(samples, than, strict=True)])


def interleave(
    names: Sequence[str], rounds: int, measure: Callable[[str, int], Sample]
) -> dict[str, list[Sample]]:
    """Measure every name once a round; `measure` is given the name and the round's number, from 0."""
    samples: dict[str, list[Sample]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            samples[name].append(measure(name, number))
    return samples
