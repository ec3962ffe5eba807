"""A refusal of ours must never pass for speed; a peer that cannot be had is left out by name."""

from pathlib import Path

import pytest

from benchmarks.contest import Outcome
from benchmarks.rivals import RIVALS, installed
from benchmarks.rounds import Sample
from benchmarks.suites.peers import figures, flawless


def sample(*, failed: int = 0, cpu_seconds: float = 1.0) -> Sample:
    return Sample(answered=1_000, failed=failed, seconds=1.0, cpu_seconds=cpu_seconds)


@pytest.mark.parametrize(
    ("refuses", "expected"), [("nobody", True), ("ours", False), ("guarded", False), ("textbook", True)]
)
def test_only_refusals_of_ours_count_against_it(refuses: str, *, expected: bool) -> None:
    names = ("ours", "guarded", "textbook")
    outcome = Outcome("any", {"one": {name: [sample(failed=int(name == refuses))] for name in names}})

    found = flawless(outcome)

    assert found is expected


def test_a_figure_says_how_many_times_cheaper_the_first_is() -> None:
    of_one = {"ours": [sample()], "textbook": [sample(cpu_seconds=9)], "guarded": [sample(cpu_seconds=2)]}
    outcome = Outcome("any", {"one": of_one})

    found = {name: spread.median for name, spread in figures(outcome)}

    assert found == {"one: ours / textbook": 9, "one: guarded / ours": 0.5}


def test_a_peer_without_its_packages_or_its_interpreter_is_not_had(tmp_path: Path) -> None:
    needing = [rival for rival in RIVALS if rival.packages]

    had = [installed(str(tmp_path / "python"), rival.packages) for rival in needing]

    assert needing
    assert had == [False] * len(needing)


def test_a_peer_that_needs_nothing_further_is_always_had() -> None:
    assert installed("nowhere", ())
