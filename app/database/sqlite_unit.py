"""One connection to an SQLite file, and the unit of work on it: every statement ends before anything else runs."""

import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager

from app.database.act import Act
from app.database.constraints import name_of
from app.database.face import Chain, Row, Transaction, Values
from app.database.failures import Busy, ConstraintBroken, Outrun, Unavailable, Unfit
from app.database.sqlite_driver import sqlite
from app.database.statement import Prepared, Statement

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-8192",
)
_STATEMENT_SECONDS = 2.0
_ROWS_TOGETHER = 500
"""Of one statement, which must end well within its time."""


def _our_word(error: sqlite.DatabaseError | OverflowError | UnicodeEncodeError) -> Exception:
    """What the driver says, in the words of this code."""
    told = str(error)
    if isinstance(error, sqlite.IntegrityError):
        return ConstraintBroken(name_of(told))
    if isinstance(error, sqlite.OperationalError):
        return (Busy if "locked" in told else Unavailable)(told)
    if isinstance(error, sqlite.DataError | OverflowError | UnicodeEncodeError):
        return Unfit(told)
    return Unavailable(told)


_ERRORS = (sqlite.DatabaseError, OverflowError, UnicodeEncodeError)


class Connection:
    """One connection; a statement that runs longer than its allowance is interrupted."""

    def __init__(self, path: str, *, writes: bool) -> None:
        try:
            self._raw = sqlite.connect(
                path, isolation_level=None, check_same_thread=False, cached_statements=512
            )
            for pragma in _PRAGMAS:
                self._raw.execute(pragma)
            if not writes:
                self._raw.execute("PRAGMA query_only=ON")
        except _ERRORS as failed:
            raise _our_word(failed) from failed
        # One cursor for all: every statement is read to its end before the next, and making one costs as much as
        # looking up a row.
        self._cursor = self._raw.cursor()
        self._until = float("inf")
        self._raw.set_progress_handler(self._too_long, 50_000)

    def _too_long(self) -> bool:
        return time.monotonic() > self._until

    # Each kind of statement sets its own allowance: SQLite counts the steps of a kept statement over all its
    # runs, so the handler may be asked in any of them, and an old allowance would end a young statement.

    def allow(self, seconds: float) -> None:
        """Let what runs now, or next by `fetch_as_allowed`, take that many seconds from now."""
        self._until = time.monotonic() + seconds

    def fetch(self, prepared: Prepared, values: Values) -> list[Row]:
        """Run a statement and take its rows."""
        self._until = time.monotonic() + _STATEMENT_SECONDS
        return self.fetch_as_allowed(prepared, values)

    def fetch_as_allowed(self, prepared: Prepared, values: Values) -> list[Row]:
        """Run a statement within the time that `allow` gave."""
        try:
            rows: list[Row] = self._cursor.execute(prepared.text, prepared.bind(values)).fetchall()
        except _ERRORS as failed:
            raise _our_word(failed) from failed
        return rows

    def execute(self, prepared: Prepared, values: Values) -> int:
        """Run a statement and count the rows it touched."""
        self._until = time.monotonic() + _STATEMENT_SECONDS
        try:
            touched: int = self._cursor.execute(prepared.text, prepared.bind(values)).rowcount
        except _ERRORS as failed:
            raise _our_word(failed) from failed
        return touched

    def execute_many(self, prepared: Prepared, rows: Iterable[Values]) -> None:
        """Run a statement once for each of these values."""
        self._until = time.monotonic() + _STATEMENT_SECONDS
        try:
            self._cursor.executemany(prepared.text, [prepared.bind(values) for values in rows])
        except _ERRORS as failed:
            raise _our_word(failed) from failed

    def say(self, sql: str) -> None:
        """Run what has no values, as a COMMIT, however long it takes."""
        self._until = float("inf")
        try:
            self._cursor.execute(sql)
        except _ERRORS as failed:
            raise _our_word(failed) from failed

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._raw.in_transaction)

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()


class SQLiteUnit(Transaction):
    """A unit of work in the group that is open on a connection."""

    def __init__(self, connection: Connection, act: Act, audit_key: bytes | None) -> None:
        self._connection = connection
        self.act = act
        self.audit_key = audit_key

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Run a statement and take its rows."""
        return self._connection.fetch(statement.sqlite, values)

    async def execute(self, statement: Statement, values: Values) -> int:
        """Run a statement and count the rows it touched."""
        return self._connection.execute(statement.sqlite, values)

    async def chain(self, recorded: Chain, values: Values) -> None:
        """Run a write, then its followers."""
        write, *followers = recorded.apart
        if not self._connection.execute(write.sqlite, values):
            raise Outrun
        for follower in followers:
            self._connection.execute(follower.sqlite, values)

    async def chain_many(self, recorded: Chain, rows: Sequence[Values]) -> int:
        """Run a write for each row, then the followers of those that were touched, in their order."""
        write, *followers = recorded.apart
        touched = [values for values in rows if self._connection.execute(write.sqlite, values)]
        for start in range(0, len(touched), _ROWS_TOGETHER):
            for follower in followers:
                self._connection.execute_many(follower.sqlite, touched[start : start + _ROWS_TOGETHER])
        return len(touched)

    async def lock(self, key: str) -> None:
        """Nothing: the single writer already stands alone."""

    async def claim(self, key: str) -> bool:
        """True: the single writer already stands alone."""
        return True

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """A savepoint."""
        self._connection.say("SAVEPOINT part")
        try:
            yield
        except BaseException:
            # A full disk makes SQLite roll the whole transaction back by itself; then no savepoint is left.
            if self._connection.in_transaction:
                self._connection.say("ROLLBACK TO part")
                self._connection.say("RELEASE part")
            raise
        self._connection.say("RELEASE part")
