"""A whole SQLite file: a read transaction is the snapshot, and writers go on beside it, since the file is in WAL."""

from base64 import b64decode
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from app.database.constraints import name_of
from app.database.face import Row, Values
from app.database.failures import ConstraintBroken, Unavailable, Unfit
from app.database.schema import VERSION_TABLE
from app.database.sqlite_driver import sqlite
from app.database.statement import Statement
from app.database.whole import BATCH, UNMARK, Section, Whole, formed, parents_first, quoted, selection

_FILLING = (
    # A new file needs no room for a second copy of itself: nothing of its empty pages has to be kept for a rollback.
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-131072",
    "BEGIN IMMEDIATE",
)
_READING = ("PRAGMA query_only=ON", "PRAGMA temp_store=FILE", "BEGIN")
_WAIT_SECONDS = 5.0


@contextmanager
def _our_words() -> Iterator[None]:
    try:
        yield
    except sqlite.IntegrityError as refused:
        raise ConstraintBroken(name_of(str(refused))) from refused
    except (OverflowError, UnicodeEncodeError) as wrong:
        raise Unfit(type(wrong).__name__) from wrong
    except sqlite.DatabaseError as failed:
        raise Unavailable(str(failed)) from failed


class _File(Whole):
    engine: ClassVar[str] = "sqlite"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def revision(self) -> str | None:
        with _our_words():
            if not self._ask("SELECT 1 FROM sqlite_master WHERE name = ?", VERSION_TABLE):
                return None
            rows = self._ask(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  # a name of ours
        return rows[0][0] if rows else None

    async def sections(self) -> list[Section]:
        with _our_words():
            named = self._ask(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name != ?",
                VERSION_TABLE,
            )
            parents = {
                table: {row[0] for row in self._ask('SELECT "table" FROM pragma_foreign_key_list(?)', table)}
                for (table,) in named
            }
            return parents_first([self._section(table) for (table,) in named], parents)

    def _section(self, table: str) -> Section:
        told = self._ask("SELECT name, pk FROM pragma_table_info(?)", table)
        key = sorted((place, name) for name, place in told if place)
        return Section(table, tuple(name for name, _ in told), tuple(name for _, name in key))

    async def rows(self, section: Section) -> AsyncIterator[Sequence[Row]]:
        with _our_words():
            cursor = self._connection.execute(selection(section, {}))
        while True:
            with _our_words():
                batch = cursor.fetchmany(BATCH)
            if not batch:
                return
            yield batch

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        prepared = statement.sqlite
        with _our_words():
            rows: Sequence[Row] = self._ask(prepared.text, *prepared.bind(values))
        return rows

    async def fill(self, section: Section, rows: Iterable[Sequence[Any]]) -> None:
        table = quoted(section.table)
        columns = ", ".join(map(quoted, section.columns))
        places = ", ".join("?" * len(section.columns))
        with _our_words():
            told = self._ask("SELECT name FROM pragma_table_info(?) WHERE type = 'BLOB'", section.table)
            blobs = [(section.columns.index(name), b64decode) for (name,) in told if name in section.columns]
            given = map(formed(blobs), rows)
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  # quoted, as below
            self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", given)  # noqa: S608  # the same

    async def mark(self, revision: str) -> None:
        with _our_words():
            for said in UNMARK:
                self._ask(said)
            self._ask(f"INSERT INTO {VERSION_TABLE} VALUES (?)", revision)  # noqa: S608  # a name of ours

    def _ask(self, text: str, *values: Any) -> list[Row]:
        rows: list[Row] = self._connection.execute(text, values).fetchall()
        return rows

    def end(self) -> None:
        with _our_words():
            self._connection.execute("COMMIT")


def _connected(path: Path, *, writes: bool) -> Any:
    if writes:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.exists():
        raise Unavailable("there is no database")
    with _our_words():
        return sqlite.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)


@asynccontextmanager
async def opened(url: str, *, writes: bool) -> AsyncIterator[Whole]:
    """The file of a URL, which must be there to be read; a transaction that does not end well is undone."""
    with closing(_connected(Path(url.removeprefix("sqlite:///")), writes=writes)) as connection:
        with _our_words():
            for said in _FILLING if writes else _READING:
                connection.execute(said)
        whole = _File(connection)
        await whole.revision()  # the snapshot is that of the first reading
        yield whole
        whole.end()
