"""A whole PostgreSQL database, without its tools: a snapshot of REPEATABLE READ, and COPY into tables of the same name.

Values travel in binary when they are written, and as text, in the form of JSON, when they are read.
"""

from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime
from typing import Any, ClassVar

import asyncpg
from asyncpg import exceptions as pg

from app.database.face import Row, Values
from app.database.failures import Unavailable
from app.database.postgresql_speech import our_words, speak_text
from app.database.schema import VERSION_TABLE
from app.database.statement import Statement
from app.database.whole import BATCH, UNMARK, Section, Whole, formed, parents_first, quoted, selection

_SESSION = {
    "application_name": "berdaya whole",
    "timezone": "UTC",
    "statement_timeout": "0",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "0",
    "jit": "off",
}
_CONNECT_SECONDS = 10.0
_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL), array_position(i.indkey::int2[], a.attnum)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname, a.attnum
"""
_PARENTS = """
SELECT c.relname, p.relname FROM pg_constraint f
JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
WHERE f.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
"""
_FORMS: dict[str, Callable[[Any], Any]] = {
    "timestamp with time zone": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytea": b64decode,
}
"""What COPY wants instead of a text; of all other types it takes what JSON has."""
_BYTEWISE = {"text": ' COLLATE "C"', "character varying": ' COLLATE "C"'}


@contextmanager
def _our_words() -> Iterator[None]:
    try:
        with our_words():
            yield
    except pg.PostgresError as failed:
        raise Unavailable(type(failed).__name__) from failed


class _Server(Whole):
    engine: ClassVar[str] = "postgresql"

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._speaks_text = False
        self._types: dict[str, dict[str, str]] = {}

    async def revision(self) -> str | None:
        with _our_words():
            if not await self._connection.fetchval(f"SELECT to_regclass('{VERSION_TABLE}') IS NOT NULL"):
                return None
            revision: str | None = await self._connection.fetchval(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  # a name of ours
        return revision

    async def sections(self) -> list[Section]:
        keys: dict[str, list[tuple[int, str]]] = {}
        parents: dict[str, set[str]] = {}
        with _our_words():
            columns = await self._connection.fetch(_COLUMNS)
            references = await self._connection.fetch(_PARENTS)
        self._types = {}
        for table, name, type, place in columns:
            self._types.setdefault(table, {})[name] = type
            if place is not None:
                keys.setdefault(table, []).append((place, name))
        for table, parent in references:
            parents.setdefault(table, set()).add(parent)
        told = (
            Section(table, tuple(types), tuple(name for _, name in sorted(keys.get(table, []))))
            for table, types in self._types.items()
            if table != VERSION_TABLE
        )
        return parents_first(told, parents)

    async def rows(self, section: Section) -> AsyncIterator[Sequence[Row]]:
        types = await self._types_of(section.table)
        await self._speak()
        text = selection(section, {name: _BYTEWISE.get(types[name], "") for name in section.key})
        with _our_words():
            cursor = await self._connection.cursor(text)
        while True:
            with _our_words():
                batch: Sequence[Row] = await cursor.fetch(BATCH)
            if not batch:
                return
            yield batch

    async def fetch(self, statement: Statement, values: Values) -> Sequence[Row]:
        prepared = statement.postgresql
        await self._speak()
        with _our_words():
            rows: Sequence[Row] = await self._connection.fetch(prepared.text, *prepared.bind(values))
        return rows

    async def fill(self, section: Section, rows: Iterable[Sequence[Any]]) -> None:
        types = await self._types_of(section.table)
        forms = [
            (place, _FORMS[types[name]])
            for place, name in enumerate(section.columns)
            if types[name] in _FORMS
        ]
        with _our_words():
            await self._connection.execute(f"DELETE FROM {quoted(section.table)}")  # noqa: S608  # quoted
            await self._connection.copy_records_to_table(
                section.table, columns=section.columns, records=map(formed(forms), rows)
            )
            await self._connection.execute(f"ANALYZE {quoted(section.table)}")
        await self._count_on(section)

    async def _count_on(self, section: Section) -> None:
        """Numbers that the server gives out go on behind the last one."""
        for column in section.columns:
            named = (quoted(section.table), column)
            with _our_words():
                sequence = await self._connection.fetchval("SELECT pg_get_serial_sequence($1, $2)", *named)
                if sequence is not None:
                    last = f"SELECT max({quoted(column)}) FROM {quoted(section.table)}"  # noqa: S608  # quoted
                    number = await self._connection.fetchval(last)
                    if number is not None:
                        await self._connection.execute(
                            "SELECT setval($1::text::regclass, $2)", sequence, number
                        )

    async def mark(self, revision: str) -> None:
        with _our_words():
            await self._connection.execute("; ".join(UNMARK))
            await self._connection.execute(f"INSERT INTO {VERSION_TABLE} VALUES ($1)", revision)  # noqa: S608  # a name of ours

    async def _types_of(self, table: str) -> dict[str, str]:
        if table not in self._types:
            await self.sections()
        return self._types[table]

    async def _speak(self) -> None:
        # Only now: COPY takes no values of types that have text codecs.
        if not self._speaks_text:
            self._speaks_text = True
            with _our_words():
                await speak_text(self._connection)


@asynccontextmanager
async def opened(url: str, *, writes: bool) -> AsyncIterator[Whole]:
    """A connection of its own, with no limit of time; a transaction that does not end well is undone."""
    with _our_words():
        connection: Any = await asyncpg.connect(url, timeout=_CONNECT_SECONDS, server_settings=_SESSION)
    try:
        isolation = "read_committed" if writes else "repeatable_read"
        transaction = connection.transaction(isolation=isolation, readonly=not writes)
        with _our_words():
            await transaction.start()
        whole = _Server(connection)
        await whole.revision()  # the snapshot is that of the first reading
        yield whole
        with _our_words():
            await transaction.commit()
    finally:
        connection.terminate()
