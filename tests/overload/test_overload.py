"""Ten times as much as the server can do: it does what it can, in time, and tells the others when to come again."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.seed import kukar_data
from tests.conftest import Templates
from tests.faults.stand import Stand
from tests.overload import mix
from tests.overload.plan import Plan, Seen

HALF_OPEN = 150
ROUNDS = 3
AT_ONCE = 64
"""Connections of the closed loop: enough to keep the server at work, too few to make anybody wait long."""


@pytest.fixture
def stand(engine: str, templates: Templates) -> Iterator[Stand]:
    """A server as it is set by default, with the year that is simulated."""
    url = templates.fresh(engine)
    made = Stand(url)
    made.start()
    year = kukar_data.idm_years()[mix.PLACE][2024].model_dump(exclude_none=True)
    with made.client() as client:
        client.put(mix.YEAR, json=year).raise_for_status()
    yield made
    made.stop()
    templates.drop(url)


class Waves:
    """The waves that one server stands, all of the same requests."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self._all: dict[str, Any] = {"port": stand.port, "requests": mix.requests(stand.token)}
        self.seen: list[Seen] = []

    def wave(self, **plan: Any) -> Seen:
        """One more; the generator is a process of its own."""
        told = dataclasses.asdict(Plan(**{**self._all, "seed": len(self.seen) + 1, **plan}))
        command = [sys.executable, "-m", "tests.overload.generator"]
        ran = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=False)  # noqa: S603  # our own command
        assert ran.returncode == 0, ran.stderr
        self.seen.append(Seen(**json.loads(ran.stdout)))
        return self.seen[-1]

    def wave_by_time(self, **plan: Any) -> tuple[Seen, float]:
        """One more, and its successes to each second that the server's process was at work."""
        before = self._worked()
        seen = self.wave(**plan)
        return seen, seen.statuses.get("200", 0) / (self._worked() - before)

    def _worked(self) -> float:
        told = Path(f"/proc/{self._stand.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that the server has in memory now."""
        status = Path(f"/proc/{self._stand.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_ten_times_as_much_as_it_can_do_leaves_it_doing_what_it_can(stand: Stand, engine: str) -> None:
    waves = Waves(stand)
    quiet = waves.wave(rate=20, seconds=3, requests=mix.requests(stand.token)[:1])
    capacity = waves.wave(connections=AT_ONCE, seconds=6).goodput
    once, twice, five = (waves.wave(rate=capacity * times, seconds=8) for times in (1, 2, 5))
    peaks, tens, memory, by_time = [], [], [], []
    for number in range(ROUNDS):
        normal = max(0.05, quiet.p99) if number + 1 == ROUNDS else 0
        one, at_peak = waves.wave_by_time(connections=AT_ONCE, seconds=6)
        peaks.append(one)
        one, at_ten = waves.wave_by_time(rate=capacity * 10, seconds=10, half_open=HALF_OPEN, normal=normal)
        tens.append(one)
        by_time.append(at_ten / at_peak)
        memory.append(waves.memory())
    peak, ten = (sum(one.goodput for one in waves) / ROUNDS for waves in (peaks, tens))
    print(  # noqa: T201  # the figures of the promise
        f"overload, {engine}: capacity {peak:.0f}/s; goodput at 1x/2x/5x/10x "
        f"{once.goodput:.0f}/{twice.goodput:.0f}/{five.goodput:.0f}/{ten:.0f} a second, {ten / peak:.0%} of it at 10x, "
        f"{sum(by_time) / ROUNDS:.0%} by the server's own time; "
        f"p99 {'/'.join(f'{one.p99:.2f}' for one in (once, twice, five, *tens))} s; "
        f"memory {memory[0]:.0f} MB, {memory[-1] / memory[0] - 1:+.1%} at the end; "
        f"alive within {max(one.alive_slowest for one in waves.seen):.2f} s; "
        f"normal again after {tens[-1].normal_after:.2f} s"
    )
    for one in waves.seen:
        assert set(one.statuses) <= {"200", "503"}
        assert (one.bare, one.broken, one.unanswered, one.dead) == (0, 0, 0, 0)
        assert one.p99 < 2
    assert ten >= 0.8 * peak
    assert memory[-1] <= 1.1 * memory[0]
    assert tens[-1].normal_after <= 5
