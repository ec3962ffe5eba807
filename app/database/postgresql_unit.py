"""The unit of work on a connection to PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from app.database.act import Act
from app.database.face import Chain, Row, Transaction, Values
from app.database.failures import Outrun, Unavailable
from app.database.postgresql_speech import our_words
from app.database.statement import Statement

_ROWS_TOGETHER = 500
"""Of one statement, which must end well within its time."""


class PostgreSQLUnit(Transaction):
    """A unit of work on a connection: it begins when it must, and its last write may travel with the COMMIT."""

    def __init__(self, connection: Any, act: Act, *, audit_key: bytes | None, again: bool) -> None:
        self._connection = connection
        self.act = act
        self.audit_key = audit_key
        self.again = again
        self._begun = False
        self._last: tuple[Statement, Values] | None = None

    # Under READ COMMITTED every statement sees what is committed when it starts, so plain reads before the first
    # write or lock need no transaction; and a write that turns out to be the only one is a transaction by itself.

    async def _begin(self) -> None:
        if not self._begun:
            await self._say("BEGIN")
            self._begun = True
        if self._last is not None:
            last, self._last = self._last, None
            await self._chain(*last)

    async def commit(self) -> None:
        """Run what still waits and end the transaction, if one began."""
        if self._begun:
            await self._begin()
            await self._say("COMMIT")
        elif self._last is not None:
            await self._chain(*self._last)

    async def roll_back(self) -> None:
        """Undo the transaction, if one began."""
        if self._begun:
            await self._say("ROLLBACK")

    async def _say(self, sql: str) -> None:
        with our_words():
            await self._connection.execute(sql)

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Run a statement and take its rows; a plain reading before the first write needs no transaction."""
        if self._begun or self._last is not None or not statement.only_reads:
            await self._begin()
        return await self._fetch(statement, values)

    async def _fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        prepared = statement.postgresql
        with our_words():
            rows: Sequence[Row] = await self._connection.fetch(prepared.text, *prepared.bind(values))
        return rows

    async def execute(self, statement: Statement, values: Values) -> int:
        """Run a statement and count the rows it touched."""
        await self._begin()
        prepared = statement.postgresql
        with our_words():
            status: str = await self._connection.execute(prepared.text, *prepared.bind(values))
        return int(status.rpartition(" ")[2])

    async def chain(self, recorded: Chain, values: Values) -> None:
        """Run a write with its followers, or keep it for the COMMIT where its refusal need not be caught."""
        if self.catches or self._begun or self._last is not None:
            await self._begin()
            await self._chain(recorded.together, values)
        else:
            self._last = recorded.together, values

    async def _chain(self, together: Statement, values: Values) -> None:
        if not await self._fetch(together, values):
            raise Outrun

    async def chain_many(self, recorded: Chain, rows: Sequence[Values]) -> int:
        """Run a write with its followers for many rows, a few hundred in each statement."""
        await self._begin()
        touched = 0
        for start in range(0, len(rows), _ROWS_TOGETHER):
            packed = recorded.packed(rows[start : start + _ROWS_TOGETHER])
            touched += len(await self._fetch(recorded.many, {"rows": packed}))
        return touched

    async def lock(self, key: str) -> None:
        """Wait for an advisory lock, held until the end of the transaction."""
        await self._begin()
        with our_words():
            await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", key)

    async def claim(self, key: str) -> bool:
        """Hold an advisory lock if nobody else does."""
        await self._begin()
        with our_words():
            return bool(
                await self._connection.fetchval(
                    "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", key
                )
            )

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """A savepoint."""
        await self._begin()
        await self._say("SAVEPOINT part")
        try:
            yield
        except Exception as refused:
            # What ends the whole unit (a lost connection, a deadlock) leaves nothing to go back to.
            if not isinstance(refused, Unavailable | Outrun):
                await self._say("ROLLBACK TO SAVEPOINT part")
            raise
        await self._say("RELEASE SAVEPOINT part")
