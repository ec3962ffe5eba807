"""A table as an answer: the whole filtered set as CSV or as a workbook, streamed, under a name that tells what it is.

In a workbook and in `dialect=excel` headers and words are in the caller's language, and instants are on the clock of
`BERDAYA_TIME_ZONE`, which the header names; plain CSV is for programs and has the names and values of the JSON form.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app import clock
from app.http.answers import CSV, XLSX, Answer
from app.http.ask import Ask
from app.http.negotiation import chosen
from app.http.problems import invalid
from app.http.sheets.about import said_of
from app.http.sheets.book import Book
from app.http.sheets.cells import Reader
from app.http.sheets.columns import Column, Row
from app.http.sheets.csv_text import PLAIN, csv_of, for_excel
from app.http.sheets.labels import header

_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z.-]+")


@dataclass(frozen=True)
class Table:
    """Rows on their way: `kind` finds the labels, `notes` are said in the workbook, `spoken` rows hold texts."""

    kind: str
    columns: Sequence[Column]
    batches: AsyncIterator[Sequence[Row]]
    notes: Mapping[str, Any] = field(default_factory=dict)
    spoken: bool = False


def form_of(ask: Ask, query: Any, *more: str) -> str:
    """The form the caller gets: `json`, `csv`, `xlsx` or one of `more`.

    Raises `NotAcceptable` where none of them will do, `Invalid` for a dialect of something else than CSV.
    """
    form = chosen(query.format, ask.raw.get(b"accept"), ("json", "csv", "xlsx", *more))
    if query.dialect is not None and form != "csv":
        raise invalid("/query/dialect", "dialect.csv_only")
    return form


def sheet(
    ask: Ask, query: Any, form: str, table: Table, *, vary: bytes = b"Accept, Accept-Encoding"
) -> Answer:
    """The table in the form that `form_of` gave."""
    reader = Reader(ask.language, ask.place.settings.zone)
    spoken = table.spoken or form == "xlsx" or query.dialect is not None
    answer = Answer(
        body=_workbook(ask, query, table, reader) if form == "xlsx" else _csv(query, table, reader),
        media=XLSX if form == "xlsx" else CSV,
        vary=vary + b", Accept-Language" if spoken else vary,
        cache=b"no-store",
        headers=[(b"content-disposition", f'attachment; filename="{_name(ask, query)}.{form}"'.encode())],
    )
    if spoken:
        answer.headers.append((b"content-language", reader.language.encode()))
    return answer


async def _workbook(ask: Ask, query: Any, table: Table, reader: Reader) -> AsyncIterator[bytes]:
    headers = _headers(table, reader)
    at = clock.now()
    book = Book(
        columns=table.columns,
        headers=headers,
        reader=reader,
        name=header("about", "data", reader.language),
    )
    # In a thread, so that other requests are answered while a batch is written and packed.
    async for batch in table.batches:
        piece = await asyncio.to_thread(book.add, batch)
        if piece:
            yield piece
    about = said_of(
        ask=ask,
        query=query,
        kind=table.kind,
        columns=table.columns,
        headers=headers,
        notes=table.notes,
        reader=reader,
        rows=book.rows,
        at=at,
    )
    yield await asyncio.to_thread(book.finish, about, name=header("about", "about", reader.language))


def _csv(query: Any, table: Table, reader: Reader) -> AsyncIterator[bytes]:
    if query.dialect is None:
        return csv_of(table.columns, [column.name for column in table.columns], table.batches, PLAIN)
    return csv_of(table.columns, _headers(table, reader), table.batches, for_excel(reader))


def _headers(table: Table, reader: Reader) -> list[str]:
    return [
        header(table.kind, column.name, reader.language)
        + (f" ({reader.zone.key})" if column.is_instant else "")
        for column in table.columns
    ]


def _name(ask: Ask, query: Any) -> str:
    """As `cooperatives-64.02-2026-11-24`: what, of where, and when it was made."""
    parts = [
        ask.path_values[part[1:-1]] if part.startswith("{") else part
        for part in ask.operation.path.split("/")
        if part not in ("", "v1")
    ]
    today = clock.day_of(clock.now(), ask.place.settings.zone)
    told = [*parts, getattr(query, "region", None) or "", today]
    return "-".join(filter(None, (_NOT_IN_A_NAME.sub("", part) for part in told)))
