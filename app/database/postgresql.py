"""PostgreSQL through asyncpg: statements prepared once per connection, keys that wait together fetched together.

READ COMMITTED throughout: an edit carries the version it read, a quota locks its row, and a unit of work that
lost a deadlock or was outrun is run again.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
from asyncpg import exceptions as pg

from app.database.act import Act
from app.database.face import WORTH_TELLING, Database, Row, T, Unit, Values
from app.database.failures import Busy, Outrun, Unavailable
from app.database.keyed import Keyed, Paired, paired
from app.database.postgresql_speech import our_words, speak_text
from app.database.postgresql_unit import PostgreSQLUnit
from app.database.statement import Statement

_SESSION = {
    "application_name": "berdaya",
    "timezone": "UTC",
    "statement_timeout": "3000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "10000",
    "jit": "off",
}
_RUN_AGAIN = 5
_CONNECT_SECONDS = 2.0
_FLIGHT_SECONDS = 3.25

_LOST = frozenset({"DeadlockDetectedError", "SerializationError"})


class _Connection(asyncpg.Connection):
    def get_reset_query(self) -> str:
        """Nothing of a session outlives its transaction here, so the round trip at release is saved."""
        return ""


class PostgreSQL(Database):
    """The server face of `Database`: a pool of connections in this process's loop."""

    def __init__(self, url: str, *, pool_size: int, audit_key: bytes | None = None) -> None:
        self._url = url
        self.audit_key = audit_key
        self._pool_size = pool_size
        self._gatherings: dict[Keyed | Paired, dict[Any, asyncio.Future[Any]]] = {}
        self._flights: set[asyncio.Task[None]] = set()
        # Writers that wait for one another never hold all connections, so reads go on beside them.
        self._writers = asyncio.Semaphore(max(1, pool_size - max(1, pool_size // 4)))

    async def open(self) -> None:
        """Make the pool; it connects on first use, so a server may come up after us."""
        self._pool = await asyncpg.create_pool(
            self._url,
            min_size=0,
            max_size=self._pool_size,
            timeout=_CONNECT_SECONDS,
            init=speak_text,
            connection_class=_Connection,
            statement_cache_size=1024,
            max_cached_statement_lifetime=0,
            server_settings=_SESSION,
        )

    async def close(self) -> None:
        """Close the pool, politely for a second and then for good."""
        try:
            await asyncio.wait_for(self._pool.close(), timeout=1)
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        began = time.perf_counter()
        with our_words():
            connection = await self._pool.acquire(timeout=_CONNECT_SECONDS)
        if (waited := time.perf_counter() - began) > WORTH_TELLING:
            self.waited(waited)
        try:
            yield connection
        except (asyncio.CancelledError, Unavailable) as broken:
            # Cancelled by the deadline or lost in the middle: what the server still does is not waited for.
            if not isinstance(broken, Busy):
                # One that was lost has left the pool by itself already.
                with suppress(pg.InterfaceError):
                    connection.terminate()
            raise
        finally:
            await self._pool.release(connection)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[None]:
        if self._writers.locked():
            try:
                await asyncio.wait_for(self._writers.acquire(), _CONNECT_SECONDS)
            except TimeoutError as held:
                raise Busy("other writers have every connection that writers may have") from held
        else:
            await self._writers.acquire()
        try:
            yield
        finally:
            self._writers.release()

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Read in autocommit: one statement, one snapshot."""
        prepared = statement.postgresql
        async with self._connection() as connection:
            with our_words():
                rows: Sequence[Row] = await connection.fetch(prepared.text, *prepared.bind(values))
        return rows

    async def fetch_key(self, statement: Keyed, key: str) -> Row | None:
        """Read one row by its key; keys that come in while a query is under way leave with the next one."""
        row: Row | None = await self._gathered(statement, key)
        return row

    async def fetch_both(
        self, first: Keyed, key: str, second: Keyed, other: str
    ) -> tuple[Row | None, Row | None]:
        """Read two rows in one statement; pairs that come in meanwhile leave together, as keys do."""
        rows: tuple[Row | None, Row | None] = await self._gathered(paired(first, second), (key, other))
        return rows

    async def _gathered(self, statement: Keyed | Paired, key: Any) -> Any:
        waiting = self._gatherings.get(statement)
        if waiting is None:
            waiting = self._gatherings[statement] = {}
            flight = asyncio.get_running_loop().create_task(self._fly(statement))
            self._flights.add(flight)
            flight.add_done_callback(self._flights.discard)
        answer = waiting.get(key)
        if answer is None:
            answer = waiting[key] = asyncio.get_running_loop().create_future()
        return await asyncio.shield(answer)

    async def _fly(self, statement: Keyed | Paired) -> None:
        prepared = statement.postgresql
        while waiting := self._gatherings[statement]:
            self._gatherings[statement] = {}
            try:
                # Nobody cancels a flight when its waiters give up, so it has a deadline of its own.
                async with asyncio.timeout(_FLIGHT_SECONDS), self._connection() as connection:
                    with our_words():
                        rows = await connection.fetch(prepared.text, *statement.arguments(waiting))
            except Exception as failed:  # noqa: BLE001  # whatever it is, everybody who waits must hear of it
                for answer in waiting.values():
                    answer.set_exception(failed)
                    answer.exception()
                continue
            found: dict[Any, Any] = statement.found(rows)
            for key, answer in waiting.items():
                answer.set_result(found.get(key))
        del self._gatherings[statement]

    async def write(self, act: Act, unit: Unit[T]) -> T:
        """Run the unit and commit it; run again after a deadlock or when another writer was faster."""
        for attempt in range(_RUN_AGAIN):
            try:
                async with self._writing(), self._connection() as connection:
                    transaction = PostgreSQLUnit(connection, act, audit_key=self.audit_key, again=attempt > 0)
                    return await self._once(transaction, unit)
            except Outrun:
                pass
            except Busy as held:
                if str(held) not in _LOST:
                    raise
            await asyncio.sleep(random.uniform(0, 0.01) * attempt)  # noqa: S311  # jitter, not a secret
        raise Busy("other writers were always faster")

    async def _once(self, transaction: PostgreSQLUnit, unit: Unit[T]) -> T:
        try:
            result = await unit(transaction)
        except Exception:
            await transaction.roll_back()
            raise
        await transaction.commit()
        return result

    async def revision(self) -> str | None:
        """The row Alembic keeps, or None in an empty database."""
        async with self._connection() as connection:
            with our_words():
                if not await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL"):
                    return None
                revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return revision
