"""A goal is missed by a ratio below it, and by not having been measured."""

import pytest

from benchmarks.contest import Outcome
from benchmarks.goals import GOALS, Goal, flawless, judge
from benchmarks.rounds import Sample

EIGHT = Goal("one", "at least 8x", "sqlite", "one", "textbook", 8)


def outcome(*ratios: float, scenario: str = "one", failed: int = 0) -> Outcome:
    """Rounds in which ours is so many times cheaper than the textbook."""
    ours = [Sample(answered=1000, failed=failed, seconds=1.0, cpu_seconds=1.0) for _ in ratios]
    textbook = [Sample(answered=1000, failed=0, seconds=1.0, cpu_seconds=ratio) for ratio in ratios]
    return Outcome("SQLite", samples={scenario: {"ours": ours, "textbook": textbook}})


@pytest.mark.parametrize(
    ("ratios", "reached"),
    [((7.0, 8.0, 9.0), True), ((7.9, 7.9, 20.0), False), ((1.0, 8.5, 8.5), True)],
)
def test_the_median_round_decides(ratios: tuple[float, ...], *, reached: bool) -> None:
    verdicts = judge({"sqlite": outcome(*ratios)}, [EIGHT])

    assert [verdict.reached for verdict in verdicts] == [reached]


def test_a_goal_that_was_not_measured_is_not_reached() -> None:
    verdicts = judge({"sqlite": outcome(20.0, scenario="page")}, [EIGHT])

    assert [verdict.reached for verdict in verdicts] == [False]


def test_the_goals_of_an_engine_that_did_not_run_are_left_out() -> None:
    verdicts = judge({"sqlite": outcome(20.0)})

    assert {verdict.goal.engine for verdict in verdicts} == {"sqlite"}


def test_a_judge_with_nothing_to_judge_refuses() -> None:
    with pytest.raises(ValueError, match="no goal"):
        judge({}, GOALS)


@pytest.mark.parametrize("failed", [0, 1])
def test_one_refused_answer_of_ours_is_a_flaw(failed: int) -> None:
    outcomes = {"sqlite": outcome(20.0, failed=failed)}

    assert flawless(outcomes) == (failed == 0)
