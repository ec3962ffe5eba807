"""What was found is on disk after every suite, and a rerun of one takes the place of that one only."""

import math
from pathlib import Path

from benchmarks.kept import Kept
from benchmarks.rounds import Sample, Spread, cheaper
from benchmarks.stand import Finding
from benchmarks.suites import SUITES

OLD = Finding("old text", {"one": Spread(2.0, 1.0, 3.0)})
NEW = Finding("new text", {"one": Spread(5.0, 4.0, 6.0)}, flawless=False)


def test_a_later_run_finds_what_an_earlier_one_left(tmp_path: Path) -> None:
    path = tmp_path / "build" / "kept.json"
    Kept.at(path).add("sqlite", "peers", OLD)

    later = Kept.at(path)

    assert later.figures() == {("sqlite", "peers"): OLD.figures}
    assert later.flawless


def test_a_rerun_takes_the_place_of_its_own_suite_only(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    first = Kept.at(path)
    first.add("sqlite", "peers", OLD)
    first.add("sqlite", "start", OLD)

    Kept.at(path).add("sqlite", "start", NEW)

    assert Kept.at(path).findings == {("sqlite", "peers"): OLD, ("sqlite", "start"): NEW}
    assert not Kept.at(path).flawless


def test_sections_come_engine_by_engine_in_the_order_of_the_suites() -> None:
    kept = Kept()
    for engine, suite in (("postgres", "peers"), ("sqlite", "start"), ("sqlite", "peers")):
        kept.add(engine, suite, Finding(f"{engine} {suite}"))
    kept.add("sqlite", "workers", Finding(""))

    told = [section.splitlines()[0] for section in kept.sections(tuple(SUITES))]

    assert told == ["sqlite peers", "sqlite start", "postgres peers"]


def test_a_round_without_any_answer_ends_no_run() -> None:
    silent = Sample(answered=0, failed=3, seconds=1.0, cpu_seconds=0.5)
    fine = Sample(answered=100, failed=0, seconds=1.0, cpu_seconds=0.5)

    figures = (silent.cpu_micros, cheaper([silent], [fine]).median)

    assert figures == (math.inf, 0.0)
