"""A workbook that leaves while its rows come in: a ZIP written from front to back, so that no row is ever kept.

Text is always text and never a formula; a number that Excel would round (more than 15 digits) is text too.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from app.http.sheets.cells import WORDS, Reader, moment, plain
from app.http.sheets.columns import Column, Row
from app.http.sheets.parts import (
    DAY,
    DIGITS,
    HEADER,
    INSTANT,
    MONEY,
    RELATIONS,
    STYLES,
    WRAPPED,
    letters_of,
    links_of,
    sheet_begin,
    sheet_end,
    text_cell,
    types_of,
    workbook_of,
)

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header; what is more goes on in another sheet."""
_MOST_BYTES = 1 << 30
_EXACT = 10**15
# Before it Excel and everybody else disagree by a day, since Excel has a 29 February 1900.
_FIRST_DAY = date(1900, 3, 1)
_DAY_ZERO = date(1899, 12, 30)
_SECONDS = 86_400


class _Outgoing:
    """Where the ZIP is written to, and taken from piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        """Take in."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is held open."""

    def taken(self) -> bytes:
        """All that has come since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class _Zip(zipfile.ZipFile):
    def __del__(self) -> None:
        # A workbook that nobody waits for any more is left as it is, not closed in the middle of a part.
        self.fp = None


class Book:
    """One workbook on its way out: `add` rows as often as wanted, then `finish` with what is to be said of them.

    `headers` and `widths` are those of `columns`; a sheet with `name` holds the rows, more if one is not enough.
    """

    def __init__(
        self,
        *,
        columns: Sequence[Column],
        headers: Sequence[str],
        reader: Reader,
        name: str,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.rows = 0
        self._columns = [(letters_of(place), column) for place, column in enumerate(columns)]
        self._headers = headers
        self._widths = [width_of(*both) for both in zip(columns, headers, strict=True)]
        self._reader = reader
        self._name = name
        self._most_rows = most_rows
        self._out = _Outgoing()
        self._zip = _Zip(self._out, "w", zipfile.ZIP_DEFLATED)
        self._ranges: list[str] = []
        self._put("_rels/.rels", RELATIONS)
        self._begin()

    def add(self, batch: Iterable[Row]) -> bytes:
        """Write rows; gives what can be sent by now."""
        lines: list[str] = []
        for row in batch:
            if self._line > self._most_rows or self._size > _MOST_BYTES:
                self._write(lines)
                lines = []
                self._end()
                self._begin()
            self._line += 1
            self.rows += 1
            lines.append(self._row(row))
        self._write(lines)
        return self._out.taken()

    def finish(self, about: Sequence[tuple[str, str | int]], *, name: str) -> bytes:
        """Write the last sheet, a line a pair, and close; gives the rest of what is to be sent."""
        self._end()
        data = len(self._ranges)
        self._put(f"xl/worksheets/sheet{data + 1}.xml", _about(about))
        self._put("xl/styles.xml", STYLES)
        names = [self._name, *(f"{self._name} {number}" for number in range(2, data + 1)), name]
        self._put("xl/workbook.xml", workbook_of(names, self._ranges))
        self._put("xl/_rels/workbook.xml.rels", links_of(data + 1))
        self._put("[Content_Types].xml", types_of(data + 1))
        self._zip.close()
        return self._out.taken()

    def _put(self, path: str, text: str) -> None:
        with self._zip.open(path, "w") as part:
            part.write(text.encode())

    def _begin(self) -> None:
        number = len(self._ranges) + 1
        self._part = self._zip.open(f"xl/worksheets/sheet{number}.xml", "w")
        self._line, self._size = 1, 0
        cells = [
            text_cell(f"{letters}1", header, HEADER)
            for (letters, _), header in zip(self._columns, self._headers, strict=True)
        ]
        first = sheet_begin(self._widths, selected=number == 1, frozen=True)
        self._write([first, f'<row r="1">{"".join(cells)}</row>'])

    def _end(self) -> None:
        last = self._columns[-1][0]
        self._write([sheet_end(f"A1:{last}{self._line}")])
        self._part.close()
        self._ranges.append(f"$A$1:${last}${self._line}")

    def _write(self, texts: list[str]) -> None:
        self._size += self._part.write("".join(texts).encode())

    def _row(self, row: Row) -> str:
        line = str(self._line)
        cells = [self._cell(letters + line, column, column.of(row)) for letters, column in self._columns]
        return f'<row r="{line}">{"".join(cells)}</row>'

    def _cell(self, place: str, column: Column, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return text_cell(place, WORDS[self._reader.language][value])
        if isinstance(value, int | float):
            return _number(place, column, value)
        if column.is_time and (when := moment(value, self._reader.zone)) is not None:
            return _time(place, when) or text_cell(place, value)
        told = plain(value)
        return text_cell(place, str(told)) if told not in (None, "") else ""


def width_of(column: Column, header: str) -> int:
    """How wide a column is, in characters: by what it tells, and so that its header stands in two lines."""
    return max(next(width for suits, width in _WIDTHS if suits(column)), min(len(header) // 2 + 4, 24))


_WIDTHS = (
    (lambda column: column.name in {"id", "resource_id"} or column.name.endswith("_id"), 38),
    (lambda column: column.is_instant, 20),
    (lambda column: column.is_time, 12),
    (lambda column: column.is_money, 18),
    (lambda column: column.name in {"name", "title"} or column.name.endswith("_name"), 30),
    (lambda column: True, 14),
)


def _number(place: str, column: Column, value: float) -> str:
    if isinstance(value, int) and abs(value) >= _EXACT:
        return text_cell(place, str(value), DIGITS)
    styled = f' s="{MONEY}"' if column.is_money else ""
    return f'<c r="{place}"{styled}><v>{value!r}</v></c>'


def _time(place: str, when: date | datetime) -> str:
    """A day as Excel counts days; empty for one before its calendar."""
    if isinstance(when, datetime):
        seconds = when.hour * 3600 + when.minute * 60 + when.second
        day, part, style = when.date(), seconds / _SECONDS, INSTANT
    else:
        day, part, style = when, 0, DAY
    if day < _FIRST_DAY:
        return ""
    return f'<c r="{place}" s="{style}"><v>{(day - _DAY_ZERO).days + part!r}</v></c>'


def _about(lines: Sequence[tuple[str, str | int]]) -> str:
    rows = [
        f'<row r="{number}">{text_cell(f"A{number}", said, WRAPPED)}{_said(f"B{number}", told)}</row>'
        for number, (said, told) in enumerate(lines, start=1)
    ]
    return "".join([sheet_begin([28, 90], selected=False, frozen=False), *rows, sheet_end()])


def _said(place: str, told: str | int) -> str:
    return f'<c r="{place}"><v>{told}</v></c>' if isinstance(told, int) else text_cell(place, told, WRAPPED)
