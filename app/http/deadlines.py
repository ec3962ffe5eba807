"""By when each request must be answered: one look at all of them every `TICK`, instead of a timer for each.

To set a timer and take it away again costs half of what it takes to answer with one row. Law: a request is ended no
earlier than its time, and about a `TICK` after it at the latest.
"""

import asyncio
import time
from types import TracebackType
from typing import Self

TICK = 0.05
"""Seconds from one look to the next, while there is anything to look at."""


class Deadline:
    """The time that the block has which runs under it; beyond it the block is cancelled, and raises `TimeoutError`."""

    __slots__ = ("_all", "_at", "_cancelling", "_passed", "_task")

    def __init__(self, deadlines: "Deadlines", seconds: float) -> None:
        self._all = deadlines
        self._passed = False
        self.grant(seconds)

    def grant(self, seconds: float) -> None:
        """Let it end that many seconds from now."""
        self._at = time.monotonic() + seconds

    def __enter__(self) -> Self:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # whatever is served is served in a task
        self._task, self._cancelling = task, task.cancelling()
        self._all.watch(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._all.leave(self)
        # As `asyncio.timeout` has it: whom somebody else has cancelled too stays cancelled.
        if (
            self._passed
            and self._task.uncancel() <= self._cancelling
            and kind is not None
            and issubclass(kind, asyncio.CancelledError)
        ):
            raise TimeoutError from raised

    def end_if_passed(self, now: float) -> None:
        """Cancel the block, once, if its time is over."""
        if self._at <= now:
            self._passed = True
            self._all.leave(self)
            self._task.cancel()


class Deadlines:
    """The deadlines of one application in the loop that serves it."""

    def __init__(self) -> None:
        self._running: set[Deadline] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        """In which the next look is due; None while nothing runs."""

    def within(self, seconds: float) -> Deadline:
        """What runs under it must end within so many seconds."""
        return Deadline(self, seconds)

    def watch(self, deadline: Deadline) -> None:
        """Look after it from now on."""
        self._running.add(deadline)
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(TICK, self._look)

    def leave(self, deadline: Deadline) -> None:
        """Look after it no longer."""
        self._running.discard(deadline)

    def _look(self) -> None:
        now = time.monotonic()
        for deadline in tuple(self._running):
            deadline.end_if_passed(now)
        if self._running and self._loop is not None:
            self._loop.call_later(TICK, self._look)
        else:
            self._loop = None
