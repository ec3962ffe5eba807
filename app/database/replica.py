"""A primary with a replica beside it, which answers whoever asks for `beside` as long as it can.

Law: a write, all that is read within it, and every read that does not ask for `beside` is the primary's. A request
that was answered by the primary once stays there, so that it never goes back in time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from app.background import run_every
from app.database.act import Act
from app.database.face import Database, Row, T, Unit, Values
from app.database.failures import Unavailable
from app.database.keyed import Keyed
from app.database.standby import BEAT_SECONDS, Standby, written
from app.database.statement import Statement

Question = Callable[[Database], Awaitable[T]]


class _Primary(Database):
    """What is the primary's alone."""

    def __init__(self, primary: Database) -> None:
        self._primary = primary
        self.audit_key = primary.audit_key

    async def write(self, act: Act, unit: Unit[T]) -> T:
        """Run the unit on the primary."""
        return await self._primary.write(act, unit)

    async def revision(self) -> str | None:
        """The schema revision of the primary."""
        return await self._primary.revision()


class Replicated(_Primary):
    """The primary, and the watch over its replica."""

    def __init__(self, primary: Database, replica: Database) -> None:
        super().__init__(primary)
        self._replica = replica
        self.standby = Standby(primary, replica)
        self._watching: asyncio.Task[None] | None = None
        for face in (primary, replica):
            face.waited = self._tell

    def _tell(self, seconds: float) -> None:
        self.waited(seconds)

    async def open(self) -> None:
        """Make both ready, and begin to watch the replica: until the first beat all reads are the primary's."""
        await self._primary.open()
        await self._replica.open()
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        await self.standby.beat()
        await run_every(BEAT_SECONDS, self.standby.beat)

    async def close(self) -> None:
        """Stop watching, and let go of both."""
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        await self._primary.close()
        await self._replica.close()

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read on the primary."""
        return await self._primary.fetch(statement, values)

    async def survey(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read many rows on the primary."""
        return await self._primary.survey(statement, values)

    async def fetch_key(self, statement: Keyed, key: str) -> Row | None:
        """Read one row by its key on the primary."""
        return await self._primary.fetch_key(statement, key)

    async def position(self) -> int | None:
        """Where everything is that was committed before this call; None when the primary does not say."""
        return await written(self._primary)

    async def revision_beside(self) -> str | None:
        """The schema revision that the replica has."""
        return await self._replica.revision()

    def beside(self, after: int | None) -> Database:
        """Where one request may read that must see all up to a position; None: what was committed last."""
        return _Beside(self._primary, self.standby, after)


class _Beside(_Primary):
    """The reads of one request."""

    def __init__(self, primary: Database, standby: Standby, after: int | None) -> None:
        super().__init__(primary)
        self._standby = standby
        self._after = after
        self._may: bool | None = None

    async def open(self) -> None:
        """Nothing: the request came to an open database."""

    async def close(self) -> None:
        """Nothing: others go on with it."""

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read beside the primary."""
        return await self._read(lambda database: database.fetch(statement, values))

    async def survey(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read many rows beside the primary."""
        return await self._read(lambda database: database.survey(statement, values))

    async def fetch_key(self, statement: Keyed, key: str) -> Row | None:
        """Read one row by its key beside the primary."""
        return await self._read(lambda database: database.fetch_key(statement, key))

    async def _read(self, question: Question[T]) -> T:
        if self._may is None:
            self._may = await self._begin()
        if self._may:
            try:
                return await self._standby.ask(question)
            except Unavailable:
                self._may = False
                self._standby.counted("failed")
        return await question(self._primary)

    async def _begin(self) -> bool:
        standby = self._standby
        if self._after is None:
            standby.counted("newest")
            return False
        may = await standby.has(self._after)
        standby.counted("replica" if may else "behind" if standby.state == "serving" else standby.state)
        return may
