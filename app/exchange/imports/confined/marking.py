"""The same file back with what is wrong in it: in a workbook at the cell and in a list, in a CSV at the end of the row.

Everything else stays as far as openpyxl keeps it (formulas, formats, other sheets; not charts and pictures).
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.imports.confined.book import chosen
from app.exchange.imports.confined.delimited import decoded, header_place, rows_of, separator_of
from app.exchange.imports.confined.refused import Refused
from app.exchange.imports.confined.rows import noted_in
from app.exchange.imports.heading import NOTES

MOST_CELLS = 300_000
"""Of a workbook that is marked: the whole of it is in memory while it is."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_AUTHOR = "Berdaya"
# Light enough to read through; the frame is what a printer without colours shows.
_FILL = PatternFill("solid", fgColor="FFFFC7CE")
_EDGE = Side(style="medium", color="FFC00000")
_FRAME = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_WIDTHS = (8, 24, 10, 70, 30)


class Mark(NamedTuple):
    """What is wrong with one cell: `row` as in the sheet, `column` from 1, and what to write instead, if known."""

    row: int
    column: int
    message: str
    suggestion: str | None


Words = Mapping[str, str]
"""What the list calls `row`, `column`, `cell`, `message` and `suggestion`."""


def marked_book(body: bytes, known: frozenset[str], marks: Sequence[Mark], words: Words) -> bytes:
    """A workbook with its bad cells marked; raises `Refused` for one that is too large for it."""
    sheet = chosen(body, known)
    if sheet.cells > MOST_CELLS:
        raise Refused("import.too_large_to_mark", limit=MOST_CELLS)
    title, header = sheet.title, [cell.text for cell in sheet.first[sheet.found.place][1]]
    book = openpyxl.load_workbook(io.BytesIO(body))
    source = book[title]
    if not isinstance(source, Worksheet):
        raise Refused("import.unreadable")
    if NOTES in book.sheetnames:
        book.remove(book[NOTES])
    _clear(source)
    by_place: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        by_place[min(max(mark.row, 1), _LAST_ROW), min(max(mark.column, 1), _LAST_COLUMN)].append(mark)
    for (row, column), here in by_place.items():
        _mark(_cell(source, row, column), here, words)
    _list(book.create_sheet(NOTES), title, header, marks, words)
    # The values that formulas had are not kept, so whoever opens it next calculates them.
    book.calculation.fullCalcOnLoad = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def marked_text(body: bytes, known: frozenset[str], marks: Sequence[Mark], words: Words) -> bytes:
    """A CSV with one more column that says what is wrong with a row, written as UTF-8 for Excel."""
    text = decoded(body)
    separator = separator_of(text, known)
    rows = list(rows_of(text.said, separator))
    number_of_header, header = rows[header_place(rows, known)]
    noted = noted_in(header)
    end = max(len(cells) for _, cells in rows) if noted is None else noted
    told: defaultdict[int, list[str]] = defaultdict(list, {number_of_header: [NOTES]})
    for mark in marks:
        name = header[mark.column - 1].text if 0 < mark.column <= len(header) else ""
        told[mark.row].append(f"{name}: {_said(mark, words)}" if name else _said(mark, words))
    made = io.StringIO(newline="")
    made.write("\ufeff" + (f"sep={separator}\r\n" if text.separator else ""))
    writer = csv.writer(made, delimiter=separator)
    for number, cells in rows:
        kept = [cell.text for cell in cells[:end]]
        writer.writerow([*kept, *[""] * (end - len(kept)), " | ".join(told.get(number, ()))])
    return made.getvalue().encode()


def _said(mark: Mark, words: Words) -> str:
    return f"{mark.message} ({words['suggestion']}: {mark.suggestion})" if mark.suggestion else mark.message


def _clear(source: Worksheet) -> None:
    """Take former marks away; one is known by the author of its comment."""
    for cell in list(source._cells.values()):  # noqa: SLF001  # to ask by row would make the cells that are not there
        if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment = None
            cell.fill, cell.border = PatternFill(), Border()


def _cell(source: Worksheet, row: int, column: int) -> Cell:
    """A cell, or the one that it is merged into."""
    cell = source.cell(row, column)
    if isinstance(cell, MergedCell):
        over = next(area for area in source.merged_cells.ranges if cell.coordinate in area)
        cell = source.cell(over.min_row, over.min_col)
    if not isinstance(cell, Cell):
        raise Refused("import.unreadable")
    return cell


def _mark(cell: Cell, marks: Sequence[Mark], words: Words) -> None:
    said = "\n".join(_said(mark, words) for mark in marks)
    if cell.comment is not None:
        said = f"{cell.comment.text}\n{said}"
    cell.fill, cell.border = _FILL, _FRAME
    cell.comment = Comment(said, _AUTHOR, width=320, height=40 + 20 * (len(said) // 40 + 1))


def _list(notes: Worksheet, title: str, header: Sequence[str], marks: Sequence[Mark], words: Words) -> None:
    """The list of all that is wrong, each line with a link to its cell."""
    for column, (word, width) in enumerate(
        zip(("row", "column", "cell", "message", "suggestion"), _WIDTHS, strict=True), start=1
    ):
        _text(notes, 1, column, words[word]).font = Font(bold=True)
        notes.column_dimensions[get_column_letter(column)].width = width
    notes.freeze_panes = "A2"
    quoted = title.replace("'", "''")
    for line, mark in enumerate(marks, start=2):
        place = f"{get_column_letter(min(max(mark.column, 1), _LAST_COLUMN))}{mark.row}"
        notes.cell(line, 1, mark.row)
        _text(notes, line, 2, header[mark.column - 1] if 0 < mark.column <= len(header) else "")
        link = _text(notes, line, 3, place)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{place}")
        link.font = Font(color="FF0563C1", underline="single")
        _text(notes, line, 4, mark.message)
        _text(notes, line, 5, mark.suggestion or "")


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell of text, whatever it begins with."""
    cell = _cell(sheet, row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
    return cell
