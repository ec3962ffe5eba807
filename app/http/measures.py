"""What an operator watches: requests by route and status, their time, waiting for the database, the age of what waits.

One worker keeps its figures in memory. Several share files (`PROMETHEUS_MULTIPROC_DIR`, which `serve` sets), so that
any of them answers for all: counters and times are sums, `pid` tells apart what belongs to one worker.
"""

import asyncio
import math
import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from app.database import Database
from app.database.ages import Age

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_STATM = Path("/proc/self/statm")
PULSE_SECONDS = 1.0


class Measures:
    """The metrics of one application; children are kept by route and status, so a request costs two steps."""

    def __init__(self, ages: Sequence[Age] = ()) -> None:
        self.registry = CollectorRegistry()
        self._in_flight = self._gauge("berdaya_requests_in_flight", "Requests being served", "livesum")
        self._requests = Counter(
            "berdaya_requests",
            "Requests answered; status 0: the caller had left",
            ("route", "status"),
            registry=self.registry,
        )
        self._seconds = self._histogram(
            "berdaya_request_seconds", "Time from the first byte to the last", ("route",)
        )
        self.database_wait = self._histogram(
            "berdaya_database_wait_seconds", "Time that was waited for a connection, where there was none", ()
        )
        self.outbox_depth = self._gauge(
            "berdaya_outbox_depth", "Notices that wait to be delivered to subscribers", "mostrecent"
        )
        self._database_up = self._gauge(
            "berdaya_database_up", "1 when the database answered this very question", "mostrecent"
        )
        self._resident = self._gauge("berdaya_resident_bytes", "Memory that a worker holds", "liveall")
        self._late = self._gauge(
            "berdaya_loop_late_seconds", "How late a worker came to what was due this second", "liveall"
        )
        self.queued = self._gauge("berdaya_requests_queued", "Requests that wait for a place", "livesum")
        self.crowded = Counter(
            "berdaya_requests_crowded_out", "Requests turned away for want of a place", registry=self.registry
        )
        self._ages = [(age, self._gauge(age.name, age.about, "mostrecent")) for age in ages]
        self._by_answer: dict[tuple[str | None, int], tuple[Any, Any]] = {}
        self._due = 0.0

    def _gauge(self, name: str, about: str, together: Any) -> Gauge:
        return Gauge(name, about, registry=self.registry, multiprocess_mode=together)

    def _histogram(self, name: str, about: str, labels: Sequence[str]) -> Histogram:
        return Histogram(name, about, labels, buckets=_BUCKETS, registry=self.registry)

    def enter(self) -> None:
        """A request has come in."""
        self._in_flight.inc()

    def leave(self, route: str | None, status: int, seconds: float) -> None:
        """A request has been answered; None stands for an unknown address, 0 for a caller who did not wait."""
        self._in_flight.dec()
        counted = self._by_answer.get((route, status))
        if counted is None:
            name = route or "unknown"
            counted = self._by_answer[route, status] = (
                self._requests.labels(name, str(status)),
                self._seconds.labels(name),
            )
        requests, times = counted
        requests.inc()
        times.observe(seconds)

    async def pulse(self) -> None:
        """Note the worker's memory, and how late it is for this: once a `PULSE_SECONDS`."""
        now = time.monotonic()
        if self._due:
            self._late.set(max(0.0, now - self._due))
        self._due = now + PULSE_SECONDS
        self._resident.set(_resident_bytes())

    async def ask(self, database: Database, *, now: str) -> None:
        """Ask the database how old what waits is."""
        told = await asyncio.gather(*(age.seconds(database, now=now) for age, _ in self._ages))
        for (_, gauge), seconds in zip(self._ages, told, strict=True):
            gauge.set(seconds)
        self._database_up.set(not any(map(math.isnan, told)))

    def text(self) -> bytes:
        """All metrics in Prometheus' text form, of every worker of the host."""
        shared = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        if not shared:
            return generate_latest(self.registry)
        _forget_the_dead(Path(shared))
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library has no types there
        return generate_latest(together)


def _resident_bytes() -> int:
    """What is resident now; where the system does not tell, the most that ever was."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _forget_the_dead(shared: Path) -> None:
    for pid in {int(path.stem.rpartition("_")[2]) for path in shared.glob("gauge_live*.db")}:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library has no types there
