"""Whatever an office does, and in whatever order, the register is what a plain model of it says."""

from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import Templates
from tests.fuzz.opening import Register
from tests.fuzz.passages import DEEDS

QUIET = tuple(HealthCheck)
PLAYS, PARTS = 500, 10
"""The long plays come in parts, so that what broke off is taken up again at its part."""


def _machine(templates: Templates, engine: str) -> type[Register]:
    class Fresh(Register):
        done: ClassVar[Counter[str]] = Counter()

        def fresh(self) -> str:
            return templates.fresh(engine)

        def drop(self, url: str) -> None:
            templates.drop(url)

    return Fresh


def _played(machine: type[Register], *, examples: int, steps: int, again: bool) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=again,
            deadline=None,
            database=None,
            suppress_health_check=QUIET,
        ),
    )


def test_the_register_is_what_its_model_says_whatever_is_done(templates: Templates, engine: str) -> None:
    machine = _machine(templates, engine)

    _played(machine, examples=8, steps=16, again=True)

    assert machine.done.keys() == DEEDS, "each deed was done"


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_it_is_after_hundreds_of_long_plays(templates: Templates, engine: str, part: int) -> None:
    machine = _machine(templates, engine)

    _played(machine, examples=PLAYS // PARTS, steps=50, again=False)

    told = ", ".join(f"{deed} x {times}" for deed, times in sorted(machine.done.items()))
    print(  # noqa: T201  # a soak test prints its figures
        f"model and register agree on {engine}, part {part + 1} of {PARTS}: {PLAYS // PARTS} plays of 50 steps, "
        f"0 differences: {told}"
    )
    assert machine.done.keys() == DEEDS
