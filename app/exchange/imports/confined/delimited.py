"""CSV as offices make it: of any separator and encoding that Excel writes; every cell is text or empty."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.exchange.imports.confined.markup import MOST_COLUMNS, MOST_ROWS
from app.exchange.imports.confined.refused import Refused
from app.exchange.imports.confined.rows import EMPTY, LONGEST_CELL, Numbered, below, header_of, noted_in
from app.exchange.imports.heading import SEARCHED, found_in
from app.exchange.imports.table import Cell, Table

SEPARATORS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAID = re.compile(r"(?i)\"?sep=([,;\t|])\"?(?:\r\n|\r|\n|$)")
_COMMA = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d+,\d+")
_COULD_BE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2},\d{3}")


class Text(NamedTuple):
    """A CSV as text: its separator, where its first line said so, what it says, and what was put right in it."""

    separator: str | None
    said: str
    repairs: tuple[str, ...]


def read_delimited(body: bytes, known: frozenset[str]) -> Table:
    """The table in a CSV file; raises `Refused`."""
    text = decoded(body)
    separator = separator_of(text, known)
    rows = list(rows_of(text.said, separator))
    place = header_place(rows, known)
    number, top = rows[place]
    header = header_of(number, top)
    under = below(header, rows[place + 1 :], noted=noted_in(top))
    comma = separator != "," and _writes_commas(
        itertools.chain.from_iterable(row.cells for row in under), separator
    )
    return Table("", header, under, comma, text.repairs)


def header_place(rows: Sequence[Numbered], known: frozenset[str]) -> int:
    """Where among the rows the header is; raises `Refused` when there is nothing in them."""
    found = found_in([cells for _, cells in rows[:SEARCHED]], known)
    if found is None:
        raise Refused("import.empty")
    return found.place


def decoded(body: bytes) -> Text:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252, which is told as a repair."""
    repairs: tuple[str, ...] = ()
    mark, encoding = next(((mark, name) for mark, name in _BOMS if body.startswith(mark)), (b"", "utf-8"))
    if body.startswith((b"+/v8", b"+/v9", b"+/v+", b"+/v/")):
        raise Refused("import.encoding")
    try:
        said = body[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        if mark:
            raise Refused("import.encoding") from None
        said, repairs = _of_windows(body), ("import.repaired_encoding",)
    if "\0" in said:
        raise Refused("import.nul")
    first = _SAID.match(said)
    if first is None:
        return Text(None, said, repairs)
    return Text(first[1], said[first.end() :], repairs)


def _of_windows(body: bytes) -> str:
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused("import.encoding") from None


def separator_of(text: Text, known: frozenset[str]) -> str:
    """The separator its first line names, else the one by which its header names the most columns."""
    if text.separator is not None:
        return text.separator
    return max(SEPARATORS, key=lambda separator: _fits(text.said, separator, known))


def _fits(said: str, separator: str, known: frozenset[str]) -> tuple[int, int]:
    """How many known columns a header has by a separator, and how many at all."""
    try:
        first = [cells for _, cells in itertools.islice(rows_of(said, separator), SEARCHED)]
    except Refused:
        return 0, 0
    found = found_in(first, known)
    if found is None:
        return 0, max(map(len, first), default=0)
    return found.score, len(first[found.place])


def rows_of(said: str, separator: str) -> Iterator[Numbered]:
    """The records of a CSV, numbered as a spreadsheet would number them."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for fields in reader:
            number += 1
            if number > MOST_ROWS:
                raise Refused("import.too_many_rows", limit=MOST_ROWS)
            if len(fields) > MOST_COLUMNS and any(fields[MOST_COLUMNS:]):
                raise Refused("import.too_many_columns", limit=MOST_COLUMNS)
            yield number, [Cell("text", field) if field else EMPTY for field in fields[:MOST_COLUMNS]]
    except csv.Error:
        raise Refused("import.quotes", row=number + 1) from None


def _writes_commas(cells: Iterator[Cell], separator: str) -> bool:
    """Whether numbers have a decimal comma; `1,234` alone says so only where the separator is Excel's for commas."""
    commas = [cell.text for cell in cells if _COMMA.fullmatch(cell.text.strip())]
    sure = any(not _COULD_BE_THOUSANDS.fullmatch(text.strip()) for text in commas)
    return sure or (bool(commas) and separator == ";")
