"""SQLite in process: short reads in the loop, one writer, and writes that wait together share one COMMIT.

No statement here yields to the event loop, so a unit of work that awaits only its transaction runs as one piece.
A unit gets its own SAVEPOINT inside the open group; the COMMIT is due at the end of the loop's present turn,
and every unit of the group is answered after it. `synchronous=FULL` makes that one COMMIT durable for all.
"""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.database.act import Act
from app.database.digests import key_beside
from app.database.face import WORTH_TELLING, Database, Row, T, Unit, Values
from app.database.failures import Busy, Failure, Outrun, Unavailable
from app.database.keyed import Keyed, paired
from app.database.sqlite_unit import Connection, SQLiteUnit
from app.database.statement import Prepared, Statement

_SURVEY_SECONDS = 3.0
_LOCK_SECONDS = 3.0
_RUN_AGAIN = 5


class SQLite(Database):
    """The embedded face of `Database`: a file path, a connection each for writes, short reads and long ones."""

    def __init__(self, path: str, *, audit_key: bytes | None = None) -> None:
        self.path = path
        self.audit_key = audit_key
        self._turn = asyncio.Lock()
        self._group: asyncio.Future[None] | None = None
        self._surveys = asyncio.Lock()

    async def open(self) -> None:
        """Create the folder and the file when they are missing, and a key of the trail where none was given."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        if self.audit_key is None:
            self.audit_key = key_beside(self.path)
        self._writer = Connection(self.path, writes=True)
        self._reader = Connection(self.path, writes=False)
        self._surveyor = Connection(self.path, writes=False)

    async def close(self) -> None:
        """Close both connections; an open group is committed first."""
        if self._group is not None:
            await asyncio.wait([self._group])
        async with self._surveys:
            self._surveyor.close()
        self._reader.close()
        self._writer.close()

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read on the reading connection, which sees only what is committed."""
        return self._reader.fetch(statement.sqlite, values)

    async def survey(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read in a thread, one survey after another; a reading that nobody waits for is interrupted."""
        async with self._surveys:
            self._surveyor.allow(_SURVEY_SECONDS)
            reading = asyncio.to_thread(self._surveyor.fetch_as_allowed, statement.sqlite, values)
            ended = asyncio.ensure_future(reading)
            ended.add_done_callback(_seen)
            try:
                return await asyncio.shield(ended)
            except asyncio.CancelledError:
                self._surveyor.allow(0)
                await asyncio.wait([ended])
                raise

    async def fetch_key(self, statement: Keyed, key: str) -> Row | None:
        """Read one row by its key."""
        rows = self._reader.fetch(statement.sqlite, {"key": key})
        return rows[0] if rows else None

    async def fetch_both(
        self, first: Keyed, key: str, second: Keyed, other: str
    ) -> tuple[Row | None, Row | None]:
        """Read two rows in one statement, which is hardly dearer than one: most of its cost is to begin."""
        both = paired(first, second)
        [row] = self._reader.fetch(both.sqlite, {"key": key, "other": other})
        return both.apart(row)

    async def write(self, act: Act, unit: Unit[T]) -> T:
        """Run the unit in the open group, or open one, and answer after the group's COMMIT."""
        for _ in range(_RUN_AGAIN):
            async with self._turn:
                group = await self._join()
                outcome = await self._run(act, unit)
            await asyncio.shield(group)
            if isinstance(outcome, Outrun):
                continue
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome
        raise Busy("other writers were always faster")

    async def _run(self, act: Act, unit: Unit[T]) -> T | BaseException:
        writer = self._writer
        writer.say("SAVEPOINT unit")
        try:
            result = await unit(SQLiteUnit(writer, act, self.audit_key))
        except BaseException as refused:
            # A full disk makes SQLite roll the whole transaction back by itself; then no savepoint is left.
            if writer.in_transaction:
                writer.say("ROLLBACK TO unit")
                writer.say("RELEASE unit")
            if isinstance(refused, Exception):
                return refused
            raise
        writer.say("RELEASE unit")
        return result

    async def _join(self) -> asyncio.Future[None]:
        if self._group is not None and self._writer.in_transaction:
            return self._group
        if self._group is not None:
            # SQLite rolled all of it back by itself: those who wait hear of it now, and a new group begins.
            self._group.set_exception(Unavailable("the database rolled the transaction back"))
            self._group = None
        await self._begin()
        loop = asyncio.get_running_loop()
        self._group = loop.create_future()
        self._group.add_done_callback(_seen)
        loop.call_soon(self._commit)
        return self._group

    async def _begin(self) -> None:
        # Another process (the command line) may hold the write lock: ask again without freezing the loop.
        began = time.monotonic()
        while True:
            try:
                self._writer.say("BEGIN IMMEDIATE")
                break
            except Busy:
                if time.monotonic() > began + _LOCK_SECONDS:
                    raise
                await asyncio.sleep(0.01)
        if (waited := time.monotonic() - began) > WORTH_TELLING:
            self.waited(waited)

    def _commit(self) -> None:
        group = self._group
        if group is None:
            return
        if self._turn.locked():
            asyncio.get_running_loop().call_soon(self._commit)
            return
        self._group = None
        try:
            if not self._writer.in_transaction:
                raise Unavailable("the database rolled the transaction back")
            self._writer.say("COMMIT")
        except Failure as failed:
            if self._writer.in_transaction:
                self._writer.say("ROLLBACK")
            group.set_exception(failed)
        else:
            group.set_result(None)

    async def revision(self) -> str | None:
        """The row Alembic keeps, or None in an empty file."""
        known = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not self._reader.fetch(Prepared(known, (), {}), {})[0][0]:
            return None
        rows = self._reader.fetch(Prepared("SELECT version_num FROM alembic_version", (), {}), {})
        return rows[0][0] if rows else None


def _seen(ended: asyncio.Future[Any]) -> None:
    # Every waiter may be gone when a commit or a survey fails; reading the exception says that somebody knows.
    if not ended.cancelled():
        ended.exception()
