"""The rows of a table become lines of values by field, with every cell that cannot be read and every repair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from app.exchange.imports.cells import Manner, Wrong
from app.exchange.imports.column import Column, Known, folded_header
from app.exchange.imports.table import Cell, Row, Table

MASKED = "masked"


class Mark(NamedTuple):
    """A fault at a row and a column of the sheet (counted from 0, None: the row as a whole)."""

    row: int
    column: int | None
    code: str
    facts: Mapping[str, Any]
    suggestion: str | None = None
    field: str | None = None
    """The field whose label is the suggestion, where that is a header."""


class Repair(NamedTuple):
    """A cell that was read otherwise than it was written, and what it was read as."""

    row: int
    column: int | None
    code: str
    to: str


@dataclass(slots=True)
class Line:
    """One row: values by column; `bad` are the columns that are at fault, `written` the text of each cell."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)

    def again(self) -> "Line":
        """The line as it was read, for a unit that may run more than once."""
        return Line(
            number=self.number,
            values=dict(self.values),
            written=self.written,
            marks=list(self.marks),
            repairs=list(self.repairs),
            bad=set(self.bad),
        )

    def value(self, name: str) -> Any:
        """The value of a column; None where it has none."""
        return self.values.get(name)


@dataclass(slots=True)
class Sheet:
    """A table understood: where each column stands, its lines, and what is wrong with the header."""

    name: str
    headers: tuple[str, ...]
    header_row: int
    places: dict[str, int]
    columns: dict[str, Column]
    lines: list[Line]
    marks: list[Mark]
    repairs: list[Repair] = field(default_factory=list)
    years: frozenset[int] = frozenset()
    """That stand in the headers, as in the layouts of the ministry."""


def understood(table: Table, known: Known) -> Sheet:
    """The lines of a table; a column that is unknown, nameless or there twice is a mark at the header."""
    sheet = Sheet(
        name=table.sheet,
        headers=tuple(cell.text.strip() for cell in table.header.cells),
        header_row=table.header.number,
        places={},
        columns={},
        lines=[],
        marks=[],
    )
    sheet.repairs = [Repair(sheet.header_row, None, code, "") for code in table.repairs]
    years = _read_header(sheet, table, known)
    sheet.years = frozenset(years)
    manner = Manner(decimal_comma=table.decimal_comma)
    for row in table.rows:
        if any(cell.kind != "empty" and cell.text.strip() for cell in row.cells):
            line = _line(sheet, row, manner)
            if years:
                line.values.setdefault("year", min(years))
            sheet.lines.append(line)
    return sheet


def _read_header(sheet: Sheet, table: Table, known: Known) -> set[int]:
    years: set[int] = set()
    by_order = known.by_order(sheet.headers)
    for place, header in enumerate(sheet.headers):
        column, year = (by_order[place], None) if place in by_order else known.find(header)
        if not header:
            if _filled(table.rows, place):
                sheet.marks.append(Mark(sheet.header_row, place, "import.header_missing", {}))
        elif column is None:
            if not known.ignores(header):
                sheet.marks.append(_unknown(sheet, place, header, known))
        elif column.name in sheet.places:
            facts = {"column": sheet.places[column.name] + 1}
            sheet.marks.append(Mark(sheet.header_row, place, "import.header_repeated", facts))
        else:
            sheet.places[column.name], sheet.columns[column.name] = place, column
            years |= {year} if year is not None else set()
            if year is not None and len(years) > 1:
                sheet.marks.append(Mark(sheet.header_row, place, "import.header_year", {}))
    if not sheet.places:
        sheet.marks.append(Mark(sheet.header_row, None, "import.no_header", {}))
    return years


def _filled(rows: Sequence[Row], place: int) -> bool:
    return any(place < len(row.cells) and row.cells[place].text.strip() for row in rows)


def _unknown(sheet: Sheet, place: int, header: str, known: Known) -> Mark:
    near = get_close_matches(folded_header(header), known.columns, n=1, cutoff=0.6)
    field_name = known.columns[near[0]].name if near else None
    return Mark(sheet.header_row, place, "import.header_unknown", {}, field=field_name)


def _line(sheet: Sheet, row: Row, manner: Manner) -> Line:
    line = Line(row.number)
    _too_wide(sheet, row, line)
    for name, place, cell in _cells(sheet, row):
        column = sheet.columns[name]
        told = cell.text.strip()
        line.written[name] = told
        if column.role == "shown":
            continue
        if cell.kind == "empty" or (not told and cell.kind != "formula"):
            line.values[name] = None
            continue
        _read(line, column, place, cell, manner)
    _keep_what_was_hidden(line)
    return line


def _too_wide(sheet: Sheet, row: Row, line: Line) -> None:
    width = len(sheet.headers)
    for place in range(width, len(row.cells)):
        if row.cells[place].text.strip():
            line.marks.append(Mark(row.number, place, "import.beyond_header", {}))


def _cells(sheet: Sheet, row: Row) -> Iterator[tuple[str, int, Cell]]:
    for name, place in sheet.places.items():
        yield name, place, row.cells[place] if place < len(row.cells) else Cell("empty", "")


def _read(line: Line, column: Column, place: int, cell: Cell, manner: Manner) -> None:
    try:
        read = column.form(cell, manner)
    except Wrong as wrong:
        line.bad.add(column.name)
        line.marks.append(Mark(line.number, place, wrong.code, wrong.facts, wrong.suggestion))
        return
    line.values[column.name] = read.value
    if read.repaired or cell.kind == "formula":
        code = "import.formula_value" if cell.kind == "formula" else "import.repaired"
        line.repairs.append(Repair(line.number, place, code, str(read.value)))


def _keep_what_was_hidden(line: Line) -> None:
    # What an export did not show its reader is not cleared by the empty cell that stands for it.
    for name in filter(None, (part.strip() for part in line.written.get(MASKED, "").split(";"))):
        if line.values.get(name, "") is None:
            del line.values[name]
