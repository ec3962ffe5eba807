"""What the rest of the code may ask of a database, whichever engine answers."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from app.database.act import Act
from app.database.keyed import Keyed
from app.database.statement import Statement

Row = Sequence[Any]
Values = Mapping[str, Any]
T = TypeVar("T")


class Transaction(ABC):
    """The open unit of work; what it wrote is there for all or for nobody.

    On SQLite no method yields to the event loop, so units run one after another: between two calls of a unit
    await nothing but these methods.
    """

    act: Act
    audit_key: bytes | None = None
    """As the database's."""
    again: bool = False
    """Whether the unit was outrun before. Then it holds what it reads to change, so that it gets through."""
    catches: bool = True
    """Whether the unit may catch what a write raises. One that never does may say so at its beginning: then its last
    write can travel with the COMMIT, and what it raises comes out of `Database.write` all the same."""

    @abstractmethod
    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Run a statement and take its rows."""

    @abstractmethod
    async def execute(self, statement: Statement, values: Values) -> int:
        """Run a statement and count the rows it touched."""

    @abstractmethod
    async def chain(self, recorded: "Chain", values: Values) -> None:
        """Run a write with what must follow from it; raises `Outrun` when it touched no row: then nothing followed."""

    @abstractmethod
    async def chain_many(self, recorded: "Chain", rows: Sequence[Values]) -> int:
        """Run a write with its followers for many rows, in order; gives how many were touched, each followed."""

    @abstractmethod
    async def lock(self, key: str) -> None:
        """Wait for a key and hold it until the end of the transaction, for what only one writer may decide."""

    @abstractmethod
    async def claim(self, key: str) -> bool:
        """Hold a key until the end of the transaction; False when another transaction holds it now."""

    @abstractmethod
    def part(self) -> AbstractAsyncContextManager[None]:
        """A part of the unit that is undone alone when it raises, so that the rest may go on."""

    async def row(self, statement: Statement, values: Values) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch(statement, values)
        return rows[0] if rows else None


class Chain(ABC):
    """A write, and rows that are inserted only if it touched one: a single statement where the engine can."""

    @property
    @abstractmethod
    def together(self) -> Statement:
        """All of it as one statement that gives a row when the write touched one."""

    @property
    @abstractmethod
    def apart(self) -> tuple[Statement, ...]:
        """The write and then its followers, for an engine without data-modifying CTEs."""

    @property
    @abstractmethod
    def many(self) -> Statement:
        """As `together`, for all the rows in the argument `rows`; gives a row for each that was touched."""

    @abstractmethod
    def packed(self, rows: Sequence[Values]) -> str:
        """What `many` takes as `rows`."""


Unit = Callable[[Transaction], Awaitable[T]]


WORTH_TELLING = 0.001
"""Seconds from which waiting for a connection is waiting."""


class Database(ABC):
    """One database: short reads, units of work, and its own health."""

    audit_key: bytes | None = None
    """By which the audit trail makes digests of personal values; without it the trail only says that there was one."""
    waited: Callable[[float], object] = staticmethod(lambda seconds: None)
    """Told how long somebody waited for a connection, where that took longer than `WORTH_TELLING`."""

    @abstractmethod
    async def open(self) -> None:
        """Make ready to serve; a server that is not there yet is no error."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of every connection."""

    @abstractmethod
    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Run a reading statement outside any transaction and take its rows."""

    async def survey(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Run a reading statement that looks at many rows, as of a report, without holding up short ones."""
        return await self.fetch(statement, values)

    @abstractmethod
    async def fetch_key(self, statement: Keyed, key: str) -> Row | None:
        """The row of one key. Keys asked for together may travel together."""

    async def fetch_both(
        self, first: Keyed, key: str, second: Keyed, other: str
    ) -> tuple[Row | None, Row | None]:
        """The rows of two keys, as of one instant where the engine has them in one statement."""
        return await self.fetch_key(first, key), await self.fetch_key(second, other)

    @abstractmethod
    async def write(self, act: Act, unit: Unit[T]) -> T:
        """Run a unit of work in one transaction and commit it before its result is given back.

        The unit may run again when another writer was faster, so it must not act outside the transaction.
        """

    @abstractmethod
    async def revision(self) -> str | None:
        """The schema revision the database is at, or None when it is empty."""

    async def row(self, statement: Statement, values: Values) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch(statement, values)
        return rows[0] if rows else None
