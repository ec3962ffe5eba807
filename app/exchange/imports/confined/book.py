"""A workbook as a table: the visible sheet whose header names the most columns, by values that were saved.

Nothing is calculated, no other file is followed, and a formula is told from a value that someone wrote.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet

from app.exchange.imports.confined.guard import inspected, pieces_of
from app.exchange.imports.confined.markup import Extent
from app.exchange.imports.confined.refused import Refused
from app.exchange.imports.confined.rows import EMPTY, Numbered, below, header_of, noted_in
from app.exchange.imports.confined.sheet import Styles, rows_of_sheet
from app.exchange.imports.confined.telling import told
from app.exchange.imports.heading import NOTES, SEARCHED, Found, folded, found_in
from app.exchange.imports.table import Table


class Sheet(NamedTuple):
    """A sheet with the header found in it, its first rows, and how many cells the whole workbook has."""

    title: str
    rows: "Rows"
    found: Found
    first: list[Numbered]
    cells: int


class Rows:
    """The rows of a sheet, as often as they are asked for; where it ends is the guard's word, not the file's."""

    def __init__(self, body: bytes, part: str, styles: Styles, extent: Extent) -> None:
        self._body, self._part, self._styles, self._extent = body, part, styles, extent

    def __call__(self, *, since: int = 1, until: int | None = None) -> Iterator[Numbered]:
        """Those from one number to another."""
        last = min(self._extent.rows, until or self._extent.rows)
        with zipfile.ZipFile(io.BytesIO(self._body)) as book:
            pieces = pieces_of(book, self._part)
            yield from rows_of_sheet(pieces, self._styles, self._extent, since=since, until=last)


def read_book(body: bytes, known: frozenset[str]) -> Table:
    """The table in an .xlsx file; raises `Refused`, or what the parsers raise for a broken one."""
    sheet = chosen(body, known)
    number, top = sheet.first[sheet.found.place]
    header = header_of(number, top)
    width = len(header.cells)
    rows = (
        (number, [*cells, *[EMPTY] * (width - len(cells))]) for number, cells in sheet.rows(since=number + 1)
    )
    return Table(sheet.title, header, below(header, rows, noted=noted_in(top)), decimal_comma=False)


def chosen(body: bytes, known: frozenset[str]) -> Sheet:
    """The sheet of an .xlsx file that is read, after the guard has seen the file."""
    seen = inspected(body)
    reader = _opened(body)
    styles = _styles(reader)
    best: Sheet | None = None
    for sheet, relation in reader.parser.find_sheets():
        extent = seen.extents.get(relation.target)
        if (
            extent is None
            or not relation.Type.endswith("/worksheet")
            or not readable(sheet.name, sheet.state)
        ):
            continue
        rows = Rows(body, relation.target, styles, extent)
        first = list(rows(until=SEARCHED))
        found = found_in([cells for _, cells in first], known)
        if found is not None and (best is None or found.score > best.found.score):
            best = Sheet(sheet.name, rows, found, first, seen.cells)
    if best is None:
        raise Refused("import.empty")
    return best


def readable(title: str, state: str | None) -> bool:
    """Whether a sheet is read at all: it can be seen, and is not one of our own notes."""
    return state in {None, "visible"} and folded(title) != folded(NOTES)


def _opened(body: bytes) -> ExcelReader:
    """What openpyxl reads of a workbook before it comes to the sheets."""
    reader = ExcelReader(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    return reader


def _styles(reader: ExcelReader) -> Styles:
    book: Any = reader.wb
    days, spans = book._date_formats, book._timedelta_formats  # noqa: SLF001  # they have no public names
    strings = [told(text) for text in reader.shared_strings]
    return Styles(strings, frozenset(days), frozenset(spans), book.epoch)
