"""One streamed look at every XML part, before anything builds a tree of it: bounded, without entities, well ordered.

Rows and cells must come in ascending order, as every spreadsheet writes them: openpyxl would silently leave out others.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from app.exchange.imports.confined.refused import Refused

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
MOST_STRINGS = 500_000
MOST_SHEETS = 100
MOST_OTHERS = 500_000
"""Elements that are neither rows nor cells nor their values."""
DEEPEST = 64
LONGEST = 1 << 20
"""Bytes from one tag to the next, whatever stands between."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main "
_CELL, _ROW = MAIN + "c", MAIN + "row"
_HOLDING = frozenset(MAIN + name for name in ("v", "f", "is"))
_QUIET = frozenset(MAIN + name for name in ("t", "r", "rPr"))
_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii"})


@dataclass(slots=True)
class Extent:
    """How far a sheet goes, counting only cells that hold something."""

    rows: int = 0
    columns: int = 0


@dataclass(slots=True)
class Tally:
    """What all parts of a file together have used up."""

    cells: int = 0
    strings: int = 0
    sheets: int = 0
    others: int = 0
    merged: int = 0


class Look:
    """The look at one part; `read` it, then its `extent` is known.

    Raises `Refused`, or `expat.ExpatError` for what is not XML.
    """

    def __init__(self, tally: Tally) -> None:
        self.extent = Extent()
        self._tally = tally
        self._row = self._column = self._depth = self._at = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        refuse_declarations(self._parser)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._others: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            MAIN + "sheetData": self._begin,
            MAIN + "si": self._string,
            MAIN + "sheet": self._sheet,
            MAIN + "mergeCell": self._area,
            MAIN + "hyperlink": self._area,
        }

    def read(self, pieces: Iterator[bytes]) -> Extent:
        """Look through a part that comes in pieces."""
        fed = 0
        for piece in pieces:
            self._parser.Parse(piece, False)
            fed += len(piece)
            # What has no end yet is read from its beginning again with the next piece.
            if fed - self._parser.CurrentByteIndex > LONGEST:
                raise Refused("import.unsafe")
        self._parser.Parse(b"", True)
        return self.extent

    def _start(self, name: str, told: Mapping[str, str]) -> None:
        self._depth += 1
        at = self._parser.CurrentByteIndex
        if self._depth > DEEPEST or at - self._at > LONGEST:
            raise Refused("import.unsafe")
        self._at = at
        if name in _HOLDING:
            self._holds(told)
        elif name == _CELL:
            self._cell(told)
        elif name == _ROW:
            self._next_row(told)
        elif name not in _QUIET:
            self._other(name, told)

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _other(self, name: str, told: Mapping[str, str]) -> None:
        if name.startswith(_STRICT):
            raise Refused("import.format_strict")
        self._tally.others += 1
        if self._tally.others > MOST_OTHERS:
            raise Refused("import.too_complex")
        if name in self._others:
            self._others[name](told)

    def _begin(self, told: Mapping[str, str]) -> None:
        self._row = self._column = 0

    def _next_row(self, told: Mapping[str, str]) -> None:
        said = told.get("r")
        number = self._row + 1 if said is None else _whole(said)
        if number <= self._row:
            raise Refused("import.unreadable")
        self._row, self._column = number, 0

    def _cell(self, told: Mapping[str, str]) -> None:
        self._tally.cells += 1
        if self._tally.cells > MOST_CELLS:
            raise Refused("import.too_many_cells", limit=MOST_CELLS)
        said = told.get("r")
        if said is None:
            self._column += 1
            return
        place = _PLACE.fullmatch(said)
        if place is None or (self._row and int(place[2]) != self._row):
            raise Refused("import.unreadable")
        column = number_of(place[1])
        if column <= self._column and self._row:
            raise Refused("import.unreadable")
        self._column = column

    def _holds(self, told: Mapping[str, str]) -> None:
        extent = self.extent
        if self._row > extent.rows:
            if self._row > MOST_ROWS:
                raise Refused("import.too_many_rows", limit=MOST_ROWS)
            extent.rows = self._row
        if self._column > extent.columns:
            if self._column > MOST_COLUMNS:
                raise Refused("import.too_many_columns", limit=MOST_COLUMNS)
            extent.columns = self._column

    def _string(self, told: Mapping[str, str]) -> None:
        self._tally.others -= 1
        self._tally.strings += 1
        if self._tally.strings > MOST_STRINGS:
            raise Refused("import.too_much_text")

    def _sheet(self, told: Mapping[str, str]) -> None:
        self._tally.sheets += 1
        if self._tally.sheets > MOST_SHEETS:
            raise Refused("import.too_many_sheets", limit=MOST_SHEETS)

    def _area(self, told: Mapping[str, str]) -> None:
        area = _AREA.fullmatch(told.get("ref", ""))
        if area is None:
            return
        rows = abs(int(area[4]) - int(area[2])) + 1
        self._tally.merged += rows * (abs(number_of(area[3]) - number_of(area[1])) + 1)
        if self._tally.merged > MOST_CELLS:
            raise Refused("import.too_many_cells", limit=MOST_CELLS)


def refuse_declarations(parser: expat.XMLParserType) -> None:
    """Let a parser refuse a document type, entities, and encodings that no spreadsheet program writes."""
    parser.XmlDeclHandler = _declared
    parser.StartDoctypeDeclHandler = _unsafe
    parser.EntityDeclHandler = _unsafe


@lru_cache(maxsize=1024)
def number_of(letters: str) -> int:
    """The number of a column by its letters, the first being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _whole(said: str) -> int:
    if not said.isascii() or not said.isdigit() or len(said) > 7:
        raise Refused("import.unreadable")
    return int(said)


def _declared(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise Refused("import.unreadable")


def _unsafe(*told: object) -> NoReturn:
    raise Refused("import.unsafe")
