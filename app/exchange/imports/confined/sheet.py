"""The cells of one sheet, read as they come: openpyxl would build a tree of each, which takes five times as long.

Only for what the guard has seen: there are no entities, and rows and cells come in ascending order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel, from_ISO8601

from app.exchange.imports.confined.markup import MAIN, Extent, number_of, refuse_declarations
from app.exchange.imports.confined.rows import EMPTY, Numbered
from app.exchange.imports.confined.telling import error, told
from app.exchange.imports.table import Cell

_ROW, _CELL, _VALUE, _FORMULA, _TEXT, _READING = (MAIN + name for name in ("row", "c", "v", "f", "t", "rPh"))
_moment_of: Callable[[str], Any] = from_ISO8601
_DIGITS = "0123456789"


@dataclass(frozen=True)
class Styles:
    """What a workbook keeps apart from its cells: texts, the styles of days and of spans of time, the first day."""

    strings: Sequence[Cell]
    days: frozenset[int]
    spans: frozenset[int]
    epoch: datetime


def rows_of_sheet(
    pieces: Iterator[bytes], styles: Styles, extent: Extent, *, since: int, until: int
) -> Iterator[Numbered]:
    """The rows of a sheet from one number to another, those that are not written as empty ones."""
    reader = _Reader(styles, extent)
    number = since - 1
    for row, cells in reader.read(pieces):
        if row > until:
            break
        for missing in range(number + 1, row):
            yield missing, []
        number = max(number, row)
        if row >= since:
            yield row, cells


class _Reader:
    def __init__(self, styles: Styles, extent: Extent) -> None:
        self._styles, self._columns = styles, extent.columns
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._rows: list[Numbered] = []
        self._type, self._style = "n", 0
        self._formula = self._listening = self._aside = False
        self._heard: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        refuse_declarations(self._parser)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._hear

    def read(self, pieces: Iterator[bytes]) -> Iterator[Numbered]:
        for piece in pieces:
            self._parser.Parse(piece, False)
            yield from self._rows
            self._rows.clear()
        self._parser.Parse(b"", True)
        yield from self._rows

    def _start(self, name: str, said: Mapping[str, str]) -> None:
        if name == _CELL:
            place = said.get("r")
            self._column = self._column + 1 if place is None else number_of(place.rstrip(_DIGITS))
            self._type, self._style = said.get("t", "n"), int(said.get("s", 0))
            self._formula = False
            self._heard.clear()
        elif name == _VALUE:
            self._listening = self._type != "inlineStr"
        elif name == _TEXT:
            self._listening = self._type == "inlineStr" and not self._aside
        elif name == _FORMULA:
            self._formula = True
        elif name == _READING:
            self._aside = True
        elif name == _ROW:
            self._row = int(said.get("r", self._row + 1))
            self._column, self._cells = 0, []

    def _hear(self, text: str) -> None:
        if self._listening:
            self._heard.append(text)

    def _end(self, name: str) -> None:
        if name in {_VALUE, _TEXT}:
            self._listening = False
        elif name == _CELL:
            self._keep()
        elif name == _READING:
            self._aside = False
        elif name == _ROW:
            self._rows.append((self._row, self._cells))

    def _keep(self) -> None:
        text = "".join(self._heard)
        if self._column > self._columns or not (text or self._formula):
            return
        self._cells += [EMPTY] * (self._column - 1 - len(self._cells))
        cell = self._cell(text) if text else EMPTY
        if self._formula and cell.kind != "error":
            cell = Cell("formula", cell.text)
        self._cells.append(cell)

    def _cell(self, text: str) -> Cell:
        if self._type == "e":
            return error(text)
        if self._type == "s":
            return self._styles.strings[int(text)]
        if self._type != "n":
            return told(self._value(text))
        number = float(text) if any(sign in text for sign in ".eE") else int(text)
        if self._style not in self._styles.days:
            return told(number)
        try:
            spans = self._style in self._styles.spans
            return told(from_excel(number, self._styles.epoch, timedelta=spans))
        except (OverflowError, ValueError):
            return error("#VALUE!")

    def _value(self, text: str) -> Any:
        if self._type == "b":
            return bool(int(text))
        return _moment_of(text) if self._type == "d" else text
