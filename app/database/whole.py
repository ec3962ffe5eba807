"""A database as a whole: every row of one instant is read, or an empty database is filled, in a single transaction.

Law: what is read knows nothing of the engine (values have the form of JSON), nor of the server: numbers of
transactions mean nothing elsewhere, so each is read as 0.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any, ClassVar

from app.database.face import Row, Values
from app.database.schema import STEPS_TABLE, VERSION_TABLE
from app.database.statement import Statement

UNMARK = (
    # As Alembic would make it.
    (
        f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE}"
        f" (version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
    ),
    f"DELETE FROM {VERSION_TABLE}",  # noqa: S608  # a name of ours
    f"DROP TABLE IF EXISTS {STEPS_TABLE}",
)
BATCH = 2_000
"""Rows that are in memory at a time."""
_NUMBER_OF_A_TRANSACTION = "transaction_id"


@dataclass(frozen=True, slots=True)
class Section:
    """A table with the columns of its rows, in order, and the key by which the rows are ordered."""

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


class Whole(ABC):
    """One transaction over all tables, whichever engine."""

    engine: ClassVar[str]

    @abstractmethod
    async def revision(self) -> str | None:
        """The schema revision, or None where there are no tables of ours."""

    @abstractmethod
    async def sections(self) -> list[Section]:
        """Every table but Alembic's, each behind those that it refers to."""

    @abstractmethod
    def rows(self, section: Section) -> AsyncIterator[Sequence[Row]]:
        """All rows of a table, in batches, ordered by key: text by its bytes."""

    @abstractmethod
    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Run a reading statement and take its rows."""

    @abstractmethod
    async def fill(self, section: Section, rows: Iterable[Sequence[Any]]) -> None:
        """Put rows, with values in the form of JSON, in the place of those that are there."""

    @abstractmethod
    async def mark(self, revision: str) -> None:
        """Say that the schema is at this revision and on no way to another; there may be no tables yet."""


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return '"{}"'.format(name.replace('"', '""'))


def selection(section: Section, collations: Mapping[str, str]) -> str:
    """The SELECT of all rows of a table; `collations` says what follows a column of the key in ORDER BY."""
    columns = ", ".join(
        "0 AS transaction_id" if name == _NUMBER_OF_A_TRANSACTION else quoted(name)
        for name in section.columns
    )
    order = ", ".join(quoted(name) + collations.get(name, "") for name in section.key)
    return f"SELECT {columns} FROM {quoted(section.table)} ORDER BY {order}"  # noqa: S608  # names are quoted


def formed(forms: Sequence[tuple[int, Callable[[Any], Any]]]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What makes a row for the driver of one in the form of JSON: at some places it wants another type."""

    def row(values: Sequence[Any]) -> list[Any]:
        read = list(values)
        for place, form in forms:
            if read[place] is not None:
                read[place] = form(read[place])
        return read

    return row


def parents_first(sections: Iterable[Section], parents: Mapping[str, set[str]]) -> list[Section]:
    """The sections by name, each behind the tables that its rows refer to."""
    named = {one.table: one for one in sorted(sections, key=lambda one: one.table)}
    order = TopologicalSorter({table: sorted(parents.get(table, ())) for table in named}).static_order()
    return [named[table] for table in order if table in named]


def reading(url: str) -> AbstractAsyncContextManager[Whole]:
    """All of a database as it is at this instant, while others go on writing."""
    return _engine(url)(url, writes=False)


def filling(url: str) -> AbstractAsyncContextManager[Whole]:
    """A database to be filled; what was done is kept only when the block ends well."""
    return _engine(url)(url, writes=True)


def _engine(url: str) -> Callable[..., AbstractAsyncContextManager[Whole]]:
    if url.startswith("sqlite:///"):
        from app.database.whole_sqlite import opened  # noqa: PLC0415  # a process loads one driver

        return opened
    from app.database.whole_postgresql import opened as at_a_server  # noqa: PLC0415  # the same

    return at_a_server
