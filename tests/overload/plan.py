"""What the generator is told, and what it tells: a wave of requests, of an open or a closed loop, and its fate."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

GOOD_SECONDS = 2.0
"""An answer that takes longer is of no use to who asked."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One wave: `rate` requests a second, however they are answered; or `connections` that ask one after another."""

    port: int
    requests: list[str]
    """Whole requests as they go over the wire, each as likely as the next."""
    seconds: float
    rate: float = 0
    connections: int = 0
    half_open: int = 0
    """Connections whose head never ends, held throughout: one that is closed is opened again."""
    normal: float = 0
    """After the wave, ask until ten answers in a row took no longer than so many seconds; 0 does not ask."""
    seed: int = 1


@dataclass(kw_only=True)
class Seen:
    """What became of a wave."""

    sent: int = 0
    good: int = 0
    """Successes that came within `GOOD_SECONDS`, and before the wave ended."""
    statuses: dict[str, int] = field(default_factory=dict)
    bare: int = 0
    """Refusals that do not say when to come again."""
    broken: int = 0
    """Connections that ended, or were never made, while an answer was owed."""
    unanswered: int = 0
    goodput: float = 0
    median: float = 0
    p99: float = 0
    """Seconds of the successes, from when they were due."""
    alive: int = 0
    dead: int = 0
    alive_slowest: float = 0
    hung_up: int = 0
    """Connections of half a head that the server closed."""
    normal_after: float = 0
    """Seconds from the last arrival until it was as before."""
    busy: float = 0
    """The generator's own share of a core."""


def arrivals(rate: float, seconds: float, seed: int) -> Iterator[float]:
    """When requests are due, in seconds from the beginning: those of many who know nothing of each other (Poisson)."""
    chance = random.Random(seed)  # noqa: S311  # a load, not a secret
    due = chance.expovariate(rate)
    while due < seconds:
        yield due
        due += chance.expovariate(rate)


def at_share(ordered: list[float], share: float) -> float:
    """The value that this share of the ordered values does not exceed; 0 of none."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
