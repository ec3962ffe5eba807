"""A goal is held against the figure of its suite: nearly all are ratios within one run, so any machine may judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from benchmarks.rounds import Spread


class Reach(Enum):
    """Which side of the threshold is the right one, and of what: the median, or the worst there was."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    NEVER_MORE = "never more than"


@dataclass(frozen=True, slots=True)
class Goal:
    """`number` is its row among the thirteen goals of the project, `figure` the suite's name for what is judged.

    `reason` is told when it is missed: why it is what it is.
    """

    number: str
    statement: str
    engines: tuple[str, ...]
    suite: str
    figure: str
    threshold: float
    reach: Reach = Reach.AT_LEAST
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a goal came to; without a figure it was not measured, which is not reached either."""

    goal: Goal
    engine: str
    figure: Spread | None

    @property
    def reached(self) -> bool:
        """Whether the median, or the worst where the goal speaks of it, is on the right side of the threshold."""
        if self.figure is None:
            return False
        match self.goal.reach:
            case Reach.AT_LEAST:
                return self.figure.median >= self.goal.threshold
            case Reach.AT_MOST:
                return self.figure.median <= self.goal.threshold
            case Reach.NEVER_MORE:
                return self.figure.high <= self.goal.threshold


def judge(measured: Mapping[tuple[str, str], Mapping[str, Spread]], goals: Sequence[Goal]) -> list[Verdict]:
    """Hold the goals of the engines and suites that ran against their figures.

    Raises ValueError when no goal applies: a judge with nothing to judge has not said yes.
    """
    applying = [
        (goal, engine) for goal in goals for engine in goal.engines if (engine, goal.suite) in measured
    ]
    if not applying:
        raise ValueError("no goal applies to what was measured")
    return [Verdict(goal, engine, measured[engine, goal.suite].get(goal.figure)) for goal, engine in applying]
