"""Whatever an office does, and in whatever order, the register is what a plain model of it says."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import Templates
from tests.fuzz.model import Register

QUIET = tuple(HealthCheck)


def _machine(templates: Templates, engine: str) -> type[Register]:
    class Fresh(Register):
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


def test_the_register_is_what_its_model_says(templates: Templates, engine: str) -> None:
    _played(_machine(templates, engine), examples=10, steps=20, again=True)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_it_is_after_hundreds_of_long_plays(templates: Templates, engine: str) -> None:
    _played(_machine(templates, engine), examples=500, steps=50, again=False)

    print(f"model and register agree on {engine}: 500 plays of 50 steps, 0 differences")  # noqa: T201  # the figures
