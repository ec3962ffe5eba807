"""What must hold, as a table: nearly all ratios within one run, so that any machine may judge them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.rounds import Spread


@dataclass(frozen=True, slots=True)
class Goal:
    """In the median a suite's figure is at least `threshold`, or at most where less is better."""

    number: str
    statement: str
    engine: str
    suite: str
    figure: str
    threshold: float
    at_most: bool = False


def _both(
    number: str, statement: str, suite: str, figure: str, threshold: float, *, at_most: bool
) -> list[Goal]:
    return [
        Goal(number, statement, engine, suite, figure, threshold, at_most)
        for engine in ("sqlite", "postgres")
    ]


GOALS: Sequence[Goal] = (
    Goal("1", "a village: at least 9x the textbook", "postgres", "peers", "one: ours / textbook", 9),
    Goal("1", "a village: at least 27 % of bare uvicorn", "postgres", "peers", "one: ours / bare", 0.27),
    Goal("2", "a village: at least 12x the textbook", "sqlite", "peers", "one: ours / textbook", 12),
    Goal("2", "a village: at least 35 % of bare uvicorn", "sqlite", "peers", "one: ours / bare", 0.35),
    Goal("3", "a page of 50 with its count: at least 7x", "postgres", "peers", "page: ours / textbook", 7),
    Goal("3", "a page of 50 with its count: at least 10x", "sqlite", "peers", "page: ours / textbook", 10),
    Goal("4", "a recorded change: at least 5x", "postgres", "peers", "patch: ours / textbook", 5),
    Goal("5", "a recorded, durable change: at least 9x", "sqlite", "peers", "patch: ours / textbook", 9),
    Goal("5", "no writer is turned away", "sqlite", "writes", "turned away", 0, at_most=True),
    Goal(
        "5", "eight writers wait 50 ms at most", "sqlite", "writes", "worst wait of 8, ms", 50, at_most=True
    ),
    *_both("6", "the national report: at least 8x the scan", "index", "report / scan", 8, at_most=False),
    *_both(
        "6", "an unchanged report: at least 100x", "reading", "unchanged / textbook one", 100, at_most=False
    ),
    *_both(
        "7",
        "the page at row 80,000: 1.5x the first at most",
        "reading",
        "far page / first page",
        1.5,
        at_most=True,
    ),
    Goal(
        "8", "scores: 25x smaller than a row each", "postgres", "index", "scores: long form / ours, bytes", 25
    ),
    *_both(
        "8", "all calculated anew: at least 14x", "index", "recompute: long form / ours", 14, at_most=False
    ),
    *_both("9", "entered: at least 8x as fast as the ORM", "index", "ingest: ORM / ours", 8, at_most=False),
    *_both(
        "10",
        "the last route: 1.1x the first at most",
        "reading",
        "last route / first route",
        1.1,
        at_most=True,
    ),
    *_both(
        "11",
        "the first answer no later than the textbook's",
        "start",
        "start: ours / textbook, seconds",
        1,
        at_most=True,
    ),
    *_both("11", "80 MB a worker at most", "start", "memory at start, MB", 80, at_most=True),
    *_both(
        "12",
        "1,000 events in a batch: at least 20x single ones",
        "legality",
        "batch / single, rate",
        20,
        at_most=False,
    ),
    *_both("13", "the best plan: 10 ms of CPU at most", "index", "plan, ms", 10, at_most=True),
    *_both(
        "guards",
        "a village with all guards up keeps 85 %",
        "peers",
        "one: guarded / ours",
        0.85,
        at_most=False,
    ),
    *_both(
        "guards", "a page with all guards up keeps 85 %", "peers", "page: guarded / ours", 0.85, at_most=False
    ),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a goal came to; without a figure it was not measured, which is not reached either."""

    goal: Goal
    figure: Spread | None

    @property
    def reached(self) -> bool:
        """Whether the median is on the right side of the threshold."""
        if self.figure is None:
            return False
        if self.goal.at_most:
            # A wait, a refusal or a slow plan counts even when most were better.
            return (
                self.figure.high <= self.goal.threshold
                if self.goal.number in WORST
                else (self.figure.median <= self.goal.threshold)
            )
        return self.figure.median >= self.goal.threshold


WORST = frozenset({"5", "13"})
"""Goals that speak of the worst there was, not of the median."""


def judge(
    measured: Mapping[str, Mapping[str, Spread]], suites: Collection[str], goals: Sequence[Goal] = GOALS
) -> list[Verdict]:
    """Hold the goals of the engines and suites that ran against the figures of each engine.

    Raises ValueError when no goal applies: a judge with nothing to judge has not said yes.
    """
    applying = [goal for goal in goals if goal.engine in measured and goal.suite in suites]
    if not applying:
        raise ValueError("no goal applies to what was measured")
    return [Verdict(goal, measured[goal.engine].get(goal.figure)) for goal in applying]
