"""A goal is missed by a figure on the wrong side of it, and by not having been measured."""

import pytest

from benchmarks.goals import Goal, Reach, judge
from benchmarks.rounds import Spread
from benchmarks.suites import SHORT, SUITES
from benchmarks.targets import GOALS

LITE = ("sqlite",)
EIGHT = Goal("1", "8x", LITE, "peers", "one", 8)
QUICK = Goal("11", "80 MB", LITE, "start", "memory", 80, Reach.AT_MOST)
NEVER = Goal("5", "no writer is turned away", LITE, "writes", "turned away", 0, Reach.NEVER_MORE)


@pytest.mark.parametrize(
    ("goal", "rounds", "reached"),
    [
        (EIGHT, (7.0, 8.0, 9.0), True),
        (EIGHT, (7.9, 7.9, 20.0), False),
        (QUICK, (70.0, 80.0, 90.0), True),
        (QUICK, (70.0, 80.1, 90.0), False),
        (NEVER, (0.0, 0.0, 0.0), True),
        (NEVER, (0.0, 0.0, 1.0), False),
    ],
)
def test_the_median_decides_but_for_goals_of_the_worst(
    goal: Goal, rounds: tuple[float, ...], *, reached: bool
) -> None:
    measured = {("sqlite", goal.suite): {goal.figure: Spread.of(rounds)}}

    verdicts = judge(measured, [goal])

    assert [verdict.reached for verdict in verdicts] == [reached]


def test_a_goal_that_was_not_measured_is_not_reached() -> None:
    verdicts = judge({("sqlite", "peers"): {}}, [EIGHT])

    assert [verdict.reached for verdict in verdicts] == [False]


def test_only_the_goals_of_engines_and_suites_that_ran_are_judged() -> None:
    verdicts = judge({("sqlite", "peers"): {}}, GOALS)

    assert {(verdict.engine, verdict.goal.suite) for verdict in verdicts} == {("sqlite", "peers")}


def test_a_judge_with_nothing_to_judge_refuses() -> None:
    with pytest.raises(ValueError, match="no goal"):
        judge({}, GOALS)


def test_every_goal_belongs_to_a_suite_of_the_short_form_and_all_thirteen_are_there() -> None:
    numbers = {goal.number for goal in GOALS}

    assert {goal.suite for goal in GOALS} <= set(SHORT) <= SUITES.keys()
    assert numbers == {str(number) for number in range(1, 14)} | {"guards"}
