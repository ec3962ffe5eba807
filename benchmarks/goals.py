"""What must hold, as a table: a ratio within one run, never an absolute, so that any machine may judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.contest import Outcome
from benchmarks.rounds import Spread, cheaper


@dataclass(frozen=True, slots=True)
class Goal:
    """CPU for an answer: in the median round ours is at least `threshold` times cheaper than `against`."""

    name: str
    statement: str
    engine: str
    scenario: str
    against: str
    threshold: float


GOALS = (
    Goal("sqlite-one", "a village on SQLite: at least 8x", "sqlite", "one", "textbook", 8),
    Goal(
        "sqlite-page", "a page of 50 with its count on SQLite: at least 5x", "sqlite", "page", "textbook", 5
    ),
    Goal("postgres-one", "a village on PostgreSQL: at least 5x", "postgres", "one", "textbook", 5),
    Goal("postgres-page", "the same page on PostgreSQL: at least 4x", "postgres", "page", "textbook", 4),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a goal came to; without a ratio it was not measured, which is not reached either."""

    goal: Goal
    ratio: Spread | None

    @property
    def reached(self) -> bool:
        return self.ratio is not None and self.ratio.median >= self.goal.threshold


def judge(outcomes: Mapping[str, Outcome], goals: Sequence[Goal] = GOALS) -> list[Verdict]:
    """Hold the goals of the engines that ran against what came out.

    Raises ValueError when no goal applies: a judge with nothing to judge has not said yes.
    """
    applying = [goal for goal in goals if goal.engine in outcomes]
    verdicts = [Verdict(goal, _ratio(goal, outcomes[goal.engine])) for goal in applying]
    if not verdicts:
        raise ValueError("no goal applies to what was measured")
    return verdicts


def flawless(outcomes: Mapping[str, Outcome]) -> bool:
    """Whether ours answered every request with 200; a refusal is cheap and must not pass for speed."""
    rounds = [
        sample
        for outcome in outcomes.values()
        for samples in outcome.samples.values()
        for sample in samples.get("ours", ())
    ]
    return all(sample.failed == 0 for sample in rounds)


def _ratio(goal: Goal, outcome: Outcome) -> Spread | None:
    samples = outcome.samples.get(goal.scenario, {})
    if "ours" not in samples or goal.against not in samples:
        return None
    return cheaper(samples["ours"], samples[goal.against])
