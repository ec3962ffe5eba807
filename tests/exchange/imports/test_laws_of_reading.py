"""Whatever is written in a table, by whatever program and in whatever dialect, is read as it was written."""

import csv
import io
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.imports.confined.book import read_book
from app.exchange.imports.confined.delimited import read_delimited
from app.exchange.imports.confined.refused import Refused
from app.exchange.imports.confined.rows import EMPTY
from app.exchange.imports.table import Cell, Table
from app.exchange.imports.wire import heard, spoken

HEADER = ("Nama", "Kode", "IKS")
KNOWN = frozenset({"nama", "kode", "iks"})
laws = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"), max_size=12
)
multiline = st.text(st.sampled_from("ab,;\t\"'|\n \u00e9\u2014=+-@0.,"), max_size=12)
numbers = st.integers(-(10**15) + 1, 10**15 - 1) | st.builds(
    lambda digits, places: float(Decimal(digits).scaleb(-places)),
    st.integers(-(10**12), 10**12),
    st.integers(0, 10),
)
days = st.dates(date(1900, 3, 1), date(9999, 12, 31))
moments = st.builds(
    lambda day, seconds: datetime(day.year, day.month, day.day) + timedelta(seconds=seconds),  # noqa: DTZ001  # a cell has no zone
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.integers(1, 86_399),
)
values = st.none() | texts | multiline | numbers | st.booleans() | days | moments


def tables(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    return st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8)


def cell(value: Any) -> Cell:
    """What a cell with this value is to be read as."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return Cell("boolean", str(value).lower())
    if isinstance(value, datetime):
        return Cell("instant", value.isoformat())
    if isinstance(value, date):
        return Cell("date", value.isoformat())
    if isinstance(value, str):
        return Cell("text", value)
    told = f"{Decimal(repr(value)):f}"
    told = told.rstrip("0").rstrip(".") if "." in told else told
    return Cell("number", "0" if told in {"-0", ""} else told)


def expected(rows: list[list[Any]]) -> list[tuple[Cell, ...]]:
    told = [tuple(map(cell, row)) for row in rows]
    while told and all(one == EMPTY for one in told[-1]):
        told.pop()
    return told


def judged(table: Table, rows: list[list[Any]]) -> None:
    """The table is what was written, also behind the wire; short rows of a CSV count as filled up."""
    assert heard(b"".join(spoken(table))) == table
    assert [one.text for one in table.header.cells] == list(HEADER)
    assert [row.cells + (EMPTY,) * (3 - len(row.cells)) for row in table.rows] == expected(rows)
    assert [row.number for row in table.rows] == list(range(2, len(table.rows) + 2))


@laws
@given(rows=tables(values))
def test_what_xlsxwriter_writes_is_read_as_it_was_written(rows: list[list[Any]]) -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("Data")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    for place, row in enumerate([HEADER, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                page.write_datetime(place, column, value, instant)
            elif isinstance(value, date):
                page.write_datetime(place, column, datetime(*value.timetuple()[:3]), day)  # noqa: DTZ001  # as above
            elif isinstance(value, bool):
                page.write_boolean(place, column, value)
            elif isinstance(value, str):
                page.write_string(place, column, value)
            elif value is not None:
                page.write_number(place, column, value)
    book.close()

    judged(read_book(made.getvalue(), KNOWN), rows)


@laws
@given(rows=tables(values))
def test_what_openpyxl_writes_is_read_as_it_was_written(rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for place, row in enumerate([HEADER, *rows], start=1):
        for column, value in enumerate(row, start=1):
            written = page.cell(place, column)
            written.value = value
            if isinstance(value, str):
                written.data_type = "s"
    made = io.BytesIO()
    book.save(made)

    judged(read_book(made.getvalue(), KNOWN), rows)


class Dialect(NamedTuple):
    """How a CSV is written; Python's writer does not quote a line feed where lines end otherwise."""

    separator: str
    named: bool
    encoding: str
    end: str

    def written(self, rows: list[list[str]]) -> bytes:
        """The rows in this dialect."""
        made = io.StringIO(newline="")
        if self.named or self.separator == "|":
            made.write(f"sep={self.separator}{self.end}")
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.end == "\r" else csv.QUOTE_MINIMAL
        csv.writer(made, delimiter=self.separator, lineterminator=self.end, quoting=quoting).writerows(rows)
        return made.getvalue().encode(self.encoding)


dialects = st.builds(
    Dialect,
    st.sampled_from(",;\t|"),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\r\n", "\n", "\r"]),
)


@laws
@given(tables(texts | multiline), dialects)
def test_a_csv_of_any_dialect_is_read_as_it_was_written(rows: list[list[str]], dialect: Dialect) -> None:
    body = dialect.written([list(HEADER), *rows])

    judged(read_delimited(body, KNOWN), rows)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_refusal(body: bytes) -> None:
    with suppress(Refused):
        assert read_delimited(body, KNOWN).header.cells
