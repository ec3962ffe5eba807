"""What is known of the replica: whether it answers, up to where in the log it has come, and how old that is.

Law: it is used only while its last beat found it answering, a copy of this very primary, and behind by no more than
`LAG_SECONDS` of what the primary told when it was last heard.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

import structlog
from sqlalchemy import text

from app.database.face import Database, Row
from app.database.failures import Busy, Failure, Unavailable
from app.database.statement import Statement

T = TypeVar("T")

BEAT_SECONDS = 1.0
ANSWER_SECONDS = 1.0
"""How long a beat waits for either server."""
LAG_SECONDS = 2.0
STALE_SECONDS = LAG_SECONDS + BEAT_SECONDS + 2 * ANSWER_SECONDS
"""A read of the replica shows everything that was committed so long ago, while the primary can be heard."""
WAIT_SECONDS = 0.2
"""How long a read waits for the replica to come to where it must be."""
_LOOK_SECONDS = 0.01
_MARKS = 600

_WRITTEN = Statement(
    text(
        # Without waiting for the disk, a commit may lie behind what is flushed.
        "SELECT CAST(CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn()"
        " ELSE pg_current_wal_flush_lsn() END - '0/0' AS bigint), system_identifier FROM pg_control_system()"
    )
)
_REPLAYED = Statement(
    text(
        # Of a server that is no replica, or none any more, nothing is known.
        "SELECT CASE WHEN pg_is_in_recovery() THEN CAST(pg_last_wal_replay_lsn() - '0/0' AS bigint) END,"
        " system_identifier FROM pg_control_system()"
    )
)

_log = structlog.get_logger("berdaya.replica")


class _Mark(NamedTuple):
    """Where the primary was in its log, and when it was asked."""

    at: float
    position: int


class Standby:
    """The replica as the watch over it knows it; `state` is `serving`, `lagging` or `lost`."""

    def __init__(self, primary: Database, replica: Database) -> None:
        self._primary = primary
        self._replica = replica
        self._marks: deque[_Mark] = deque(maxlen=_MARKS)
        self._system: object = None
        self._heard = self._fresh = float("-inf")
        self._replayed = 0
        self._looking: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Timeout] = set()
        self.state = "lost"
        self.alone = False
        """Whether the replica answered the last beat and the primary did not."""
        self.counted: Callable[[str], object] = lambda outcome: None
        """Told what became of each request that the replica might have answered."""
        self.beaten: Callable[[str, float], object] = lambda state, lag: None
        """Told the state and the lag in seconds after each beat."""

    @property
    def lag(self) -> float:
        """Seconds by which the replica is behind what the primary last told; infinite before both were heard."""
        return self._heard - self._fresh if self._heard > float("-inf") else float("inf")

    async def beat(self) -> None:
        """Ask both where they are. To be done every `BEAT_SECONDS`."""
        at = time.monotonic()
        written = await _answer(self._primary, _WRITTEN)
        if written is not None:
            self._heard, self._system = at, written[1]
            self._marks.append(_Mark(at, written[0]))
        there = await _answer(self._replica, _REPLAYED)
        if there is None or there[0] is None or there[1] != self._system:
            self.lose()
            for patience in self._under_way:
                patience.reschedule(0)
        else:
            self._judge(there[0])
        self.alone = written is None and self.state == "serving"
        self.beaten(self.state, self.lag)

    def _judge(self, replayed: int) -> None:
        self._replayed = replayed
        while self._marks and self._marks[0].position <= replayed:
            self._fresh = self._marks.popleft().at
        self._become("serving" if self.lag <= LAG_SECONDS else "lagging")

    def lose(self) -> None:
        """Use it no more until a beat finds it well."""
        self._replayed = 0
        self._become("lost")

    def _become(self, state: str) -> None:
        if state != self.state:
            tell = _log.info if state == "serving" else _log.warning
            tell("replica", state=state, before=self.state)
            self.state = state

    async def has(self, position: int) -> bool:
        """Whether the replica may answer who must see everything up to a position; it is waited for a little."""
        if self.state != "serving":
            return False
        if position > self._replayed:
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    await self._come_to(position)
            except TimeoutError:
                return False
        return self.state == "serving"

    async def _come_to(self, position: int) -> None:
        while position > self._replayed:
            # All who wait look together.
            if self._looking is None or self._looking.done():
                self._looking = asyncio.get_running_loop().create_task(self._look())
            await asyncio.shield(self._looking)
            if position > self._replayed:
                await asyncio.sleep(_LOOK_SECONDS)

    async def _look(self) -> None:
        there = await _answer(self._replica, _REPLAYED)
        if there is not None and there[0] is not None and self.state == "serving":
            self._replayed = there[0]

    async def ask(self, question: Callable[[Database], Awaitable[T]]) -> T:
        """Put a question to the replica; raises `Unavailable` when it is lost before the answer."""
        try:
            async with asyncio.timeout(None) as patience:
                self._under_way.add(patience)
                try:
                    return await question(self._replica)
                finally:
                    self._under_way.discard(patience)
        except TimeoutError as lost:
            raise Unavailable("the replica was lost") from lost
        except Unavailable as failed:
            # A read that stood in the way of replaying was ended, which says nothing of the next.
            if not isinstance(failed, Busy):
                self.lose()
            raise


async def _answer(database: Database, statement: Statement) -> Row | None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await database.row(statement, {})
    except (Failure, TimeoutError):
        return None


async def written(primary: Database) -> int | None:
    """Where the primary is in its log, behind everything that it has answered as committed; None if it does not say."""
    row = await _answer(primary, _WRITTEN)
    return None if row is None else int(row[0])
