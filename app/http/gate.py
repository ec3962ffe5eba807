"""The gate: so many requests are worked on at once, so many more wait in order, and the next is told to come again.

Who has a place keeps it until the answer is made, not until it is sent: a slow reader holds nobody up. Nobody begins
who has waited longer than `patience` seconds, as the caller may have left and those behind would come too late as
well. Nor do so many begin in one turn of the loop that it lasts much longer than `TURN`, as whoever comes meanwhile is
only seen at its end, and would wait where nobody counts their time. The gate is shut until the database has shown the
schema that this version needs.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import structlog

from app.http.problems import Crowded, Unserved

_SAY_SECONDS = 10.0
TURN = 0.005
"""Seconds of one turn of the loop beyond which fewer may begin in the next."""

_log = structlog.get_logger("berdaya.gate")


class Connection(Protocol):
    """What the server that accepted a request knows of its caller."""

    arrived: float
    """When the head of the request was complete, by `time.perf_counter`."""
    ticket: "asyncio.Future[None] | None"
    """The caller's turn in the queue: given an exception as soon as the caller leaves."""


def connection_of(scope: Any) -> Connection | None:
    """The connection of a request, where the server tells of it."""
    connection: Connection | None = scope.get("berdaya.connection")
    return connection


class Gate:
    """The gate of one process; `queued` hears how many wait, `crowded` of each who is turned away."""

    def __init__(
        self,
        *,
        at_once: int,
        queue: int,
        patience: float,
        queued: Callable[[float], object] = lambda _: None,
        crowded: Callable[[], object] = lambda: None,
    ) -> None:
        self._at_once = at_once
        self._most_waiting = queue
        self.patience = patience
        self._queued = queued
        self._crowded = crowded
        self._room = 0
        self._waiting: deque[tuple[float, asyncio.Future[None]]] = deque()
        self._share = at_once
        """How many may begin in a turn: half after one that was long, twice after one that was short and used up."""
        self._begun = 0
        self._coming = 0
        """How many were told in this turn that they are not too many."""
        self._turn = 0.0
        self._turning = False
        """Whether the present turn is counted: then `_wake` is called at its end."""
        self._said = -_SAY_SECONDS
        self.is_open = False

    def open(self) -> None:
        """Let requests in from now on."""
        if not self.is_open:
            self.is_open = True
            self._room += self._at_once

    def is_full(self) -> bool:
        """Whether to turn away one more who comes now, before they cost anything; who may come is counted as coming.

        So it is also when the first in the queue has waited three quarters of their patience: those at its end would
        lose it, and to let them wait costs more than to tell them at once.
        """
        if not self._waiting:
            return False
        self._count_turn()
        if (
            len(self._waiting) + self._coming >= self._most_waiting
            or time.perf_counter() - self._waiting[0][0] > self.patience * 0.75
        ):
            return True
        self._coming += 1
        return False

    def enter(self, waited: float) -> bool:
        """Take a place if one is free and nobody waits for it; raises `Crowded` when this began too late already.

        `waited`: seconds since the request arrived, in which the loop was busy with others.
        """
        if waited > self.patience:
            raise self.refusal()
        if self._room > 0 and self._begun < self._share and not self._waiting:
            self._room -= 1
            self._begun += 1
            self._count_turn()
            return True
        return False

    async def wait(self, connection: Connection | None, *, since: float) -> None:
        """Take a place when it is this request's turn; raises `Crowded`, or `Unserved` while the gate is shut.

        `since` is when the request arrived. Cancelled, it leaves the queue.
        """
        if not self.is_open:
            raise Unserved
        if len(self._waiting) >= self._most_waiting:
            raise self.refusal()
        ticket = asyncio.get_running_loop().create_future()
        turn = (since, ticket)
        self._count_turn()
        self._waiting.append(turn)
        self._queued(len(self._waiting))
        if connection is not None:
            connection.ticket = ticket
        try:
            await ticket
        except BaseException:
            if ticket.done() and not ticket.cancelled() and ticket.exception() is None:
                self.leave()  # given a place in the moment of leaving
            elif turn in self._waiting:
                self._waiting.remove(turn)
            raise
        finally:
            self._queued(len(self._waiting))

    def again(self) -> None:
        """Take a place whether or not there is room, for who has been let in before and only stood aside."""
        self._room -= 1

    def leave(self) -> None:
        """Give a place back. Who waits gets it in the next turn of the loop, unless it was taken `again` by then."""
        self._room += 1
        if self._waiting:
            self._count_turn()

    def refusal(self) -> Crowded:
        """The refusal of one more who is turned away, counted; the log says so once in a while."""
        self._crowded()
        now = time.perf_counter()
        if now - self._said > _SAY_SECONDS:
            self._said = now
            _log.warning("crowded", waiting=len(self._waiting), at_once=self._at_once - self._room)
        return Crowded()

    def _count_turn(self) -> None:
        if not self._turning:
            self._turning = True
            self._turn = time.perf_counter()
            asyncio.get_running_loop().call_soon(self._wake)

    def _wake(self) -> None:
        now = time.perf_counter()
        if now - self._turn > TURN:
            self._share = max(1, self._share // 2)
        elif self._begun >= self._share:
            self._share = min(self._at_once, self._share * 2)
        self._turning, self._begun, self._coming = False, 0, 0
        while self._waiting and self._room > 0 and self._begun < self._share:
            since, ticket = self._waiting.popleft()
            if ticket.done():
                continue
            if now - since > self.patience:
                ticket.set_exception(self.refusal())
            else:
                self._room -= 1
                self._begun += 1
                ticket.set_result(None)
        # After the tickets: whoever was given one runs in the coming turn, and this is called again at its end.
        if self._begun:
            self._count_turn()
