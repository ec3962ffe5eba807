"""The generator, a process of its own: requests are sent when they are due, whatever has been answered by then.

`python -m tests.overload.generator` reads a `Plan` as JSON from its input and writes what was `Seen`. A request goes
over a connection that is free, or over a new one; its time counts from when it was due, so a slow server hides nothing.
"""

import asyncio
import contextlib
import dataclasses
import json
import random
import sys
import time
from collections.abc import Coroutine
from typing import Any

import uvloop

from tests.overload.plan import GOOD_SECONDS, Plan, Seen, arrivals, at_share
from tests.overload.wire import Wire

HOST = "127.0.0.1"
PATIENCE = 15.0
"""Seconds after the wave for what is still on its way."""
LIVE = b"GET /health/live HTTP/1.1\r\nHost: berdaya.test\r\nConnection: close\r\n\r\n"
HALF = b"GET /v1/villages HTTP/1.1\r\nHost: berdaya.test\r\nX-Half"
IN_A_ROW = 10


class Crowd:
    """Everybody who asks in one wave."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._requests = [request.encode("latin-1") for request in plan.requests]
        self._chance = random.Random(plan.seed)  # noqa: S311  # a load, not a secret
        self._free: list[Wire] = []
        self._owed = 0
        self._all_told = asyncio.Event()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._times: list[float] = []
        self.seen = Seen()

    async def come(self) -> Seen:
        """The whole wave."""
        plan, seen = self._plan, self.seen
        self._begin(self._watch())
        for _ in range(plan.half_open):
            self._begin(self._half_open())
        busy, self._until = time.process_time(), time.perf_counter() + plan.seconds
        await (self._one_after_another() if plan.connections else self._as_due())
        seen.goodput = seen.good / plan.seconds
        seen.busy = (time.process_time() - busy) / plan.seconds
        if plan.normal:
            seen.normal_after = await self._normal_again()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._all_told.wait()
        seen.unanswered = self._owed
        self._times.sort()
        seen.median, seen.p99 = (at_share(self._times, share) for share in (0.5, 0.99))
        return seen

    def leave(self) -> None:
        """Whatever still runs ends."""
        for task in self._under_way:
            task.cancel()

    def _begin(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(what)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _as_due(self) -> None:
        began = self._until - self._plan.seconds
        for due in arrivals(self._plan.rate, self._plan.seconds, self._plan.seed):
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            self._send(began + due)
        await asyncio.sleep(max(0.0, self._until - time.perf_counter()))

    async def _one_after_another(self) -> None:
        for _ in range(self._plan.connections):
            self._send(time.perf_counter())
        await asyncio.sleep(self._plan.seconds)

    def _send(self, due: float) -> None:
        self.seen.sent += 1
        self._owed += 1
        self._all_told.clear()
        request = self._chance.choice(self._requests)
        while self._free:
            wire = self._free.pop()
            if not wire.transport.is_closing():
                wire.send(request, due=due)
                return
        self._begin(self._send_over_another(request, due))

    async def _send_over_another(self, request: bytes, due: float) -> None:
        try:
            _, wire = await asyncio.get_running_loop().create_connection(
                lambda: Wire(self._told), HOST, self._plan.port
            )
        except OSError:
            self._settle()
            self.seen.broken += 1
        else:
            wire.send(request, due=due)

    def _settle(self) -> None:
        self._owed -= 1
        if not self._owed:
            self._all_told.set()

    def _told(self, wire: Wire, head: bytes | None, seconds: float) -> None:
        self._settle()
        if head is None:
            self.seen.broken += 1
        else:
            self._free.append(wire)
            self._count(head, seconds)
        if self._plan.connections and time.perf_counter() < self._until:
            self._send(time.perf_counter())

    def _count(self, head: bytes, seconds: float) -> None:
        seen, status = self.seen, head[9:12].decode()
        seen.statuses[status] = seen.statuses.get(status, 0) + 1
        if status.startswith("2"):
            self._times.append(seconds)
            seen.good += seconds <= GOOD_SECONDS and time.perf_counter() <= self._until
        elif status == "503":
            seen.bare += b"\r\nretry-after: " not in head

    async def _watch(self) -> None:
        while True:
            began, status = time.perf_counter(), b""
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    status = await self._asked(LIVE)
            self.seen.alive += status == b"200"
            self.seen.dead += status != b"200"
            self.seen.alive_slowest = max(self.seen.alive_slowest, time.perf_counter() - began)
            await asyncio.sleep(0.2)

    async def _asked(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(HOST, self._plan.port)
        try:
            writer.write(request)
            return (await reader.read())[9:12]
        finally:
            writer.close()

    async def _half_open(self) -> None:
        while True:
            await self._asked(HALF)
            self.seen.hung_up += 1

    async def _normal_again(self) -> float:
        ended, since, quick = time.perf_counter(), time.perf_counter(), 0
        request = self._requests[0].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
        while quick < IN_A_ROW and time.perf_counter() < ended + PATIENCE:
            asked = time.perf_counter()
            status = await self._asked(request)
            if status == b"200" and time.perf_counter() - asked <= self._plan.normal:
                quick += 1
            else:
                quick, since = 0, time.perf_counter()
            await asyncio.sleep(0.01)
        return since - ended if quick >= IN_A_ROW else float("inf")


async def _run(plan: Plan) -> Seen:
    crowd = Crowd(plan)
    try:
        return await crowd.come()
    finally:
        crowd.leave()


def main() -> None:
    """One wave, as the input says."""
    plan = Plan(**json.load(sys.stdin))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        json.dump(dataclasses.asdict(runner.run(_run(plan))), sys.stdout)


if __name__ == "__main__":
    main()
