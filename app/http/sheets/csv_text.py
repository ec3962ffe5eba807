"""CSV in two dialects: for programs the names and values of the JSON form, for Excel what an Indonesian Excel expects.

In both, text is quoted and no cell is a formula: what could begin one has an apostrophe before it.
"""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.http.sheets.cells import FORMULA, WORDS, Reader, moment, plain
from app.http.sheets.columns import Column, Row

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What tells Excel that the text is UTF-8."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written; `cell` makes what the writer puts down: text quoted, a number as it is."""

    delimiter: str
    mark: str
    cell: Callable[[Column, Any], Any]


def cell(value: Any) -> Any:
    """One value as a cell for programs: null is empty, numbers have a point, `true` and `false` are words."""
    told = plain(value)
    if told is None:
        return ""
    if isinstance(told, bool):
        return "true" if told else "false"
    return f"'{told}" if isinstance(told, str) and told.startswith(FORMULA) else told


PLAIN = Dialect(",", "", lambda column, value: cell(value))


def for_excel(reader: Reader) -> Dialect:
    """A mark, semicolons, a decimal comma, and instants on the reader's clock."""

    def shown(column: Column, value: Any) -> Any:
        when = moment(value, reader.zone) if column.is_time else None
        if isinstance(when, datetime):
            return when.isoformat(sep=" ")
        if isinstance(value, bool):
            return WORDS[reader.language][value]
        if isinstance(value, float):
            return repr(value).replace(".", ",")
        return cell(value)

    return Dialect(";", MARK, shown)


async def csv_of(
    columns: Sequence[Column],
    headers: Sequence[str],
    batches: AsyncIterator[Iterable[Row]],
    dialect: Dialect,
) -> AsyncIterator[bytes]:
    """The pieces of a CSV text: a line of headers, then a line a row."""
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n"
    )
    buffer.write(dialect.mark)
    writer.writerow(headers)

    def taken(batch: Iterable[Row]) -> bytes:
        writer.writerows([dialect.cell(column, column.of(row)) for column in columns] for row in batch)
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode()

    # In a thread, so that other requests are answered while a batch is written.
    async for batch in batches:
        yield await asyncio.to_thread(taken, batch)
