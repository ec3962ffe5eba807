"""Rows on their way into a table: nothing empty at their end, and no more text than a server wants to hold."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from app.exchange.imports.confined.refused import Refused
from app.exchange.imports.heading import NOTES, folded
from app.exchange.imports.table import Cell, Row

EMPTY = Cell("empty", "")
MOST_TEXT = 50_000_000
"""Characters of all cells together: a shared text counts as often as it is shown."""

LONGEST_CELL = 32_767
"""Characters, as in Excel."""

_SHORT = 64
# Putting marks above and below a letter into their order takes the square of their number, wherever it is done.
_PILE = re.compile(r"[^\w\x00-\x7f]{64}")

Numbered = tuple[int, Sequence[Cell]]


def header_of(number: int, cells: Sequence[Cell]) -> Row:
    """The header without the column of our own notes and the empty ones at its end."""
    mine = folded(NOTES)
    judged(cells)
    kept = [EMPTY if folded(cell.text) == mine else cell for cell in cells]
    return Row(number, trimmed(kept, 0))


def judged(cells: Iterable[Cell]) -> int:
    """How much text is in these cells; raises `Refused` for one that no person wrote."""
    told = 0
    for cell in cells:
        long = len(cell.text)
        told += long
        if long > LONGEST_CELL:
            raise Refused("import.too_much_text")
        if long > _SHORT and not cell.text.isascii() and _piled(cell.text):
            raise Refused("import.unsafe")
    return told


def _piled(text: str) -> bool:
    return any(all(map(unicodedata.combining, found[0])) for found in _PILE.finditer(text))


def trimmed(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The cells without the empty ones at the end, as far as they lie beyond a width."""
    end = len(cells)
    while end > width and cells[end - 1].kind == "empty":
        end -= 1
    return tuple(cells[:end])


def below(header: Row, rows: Iterable[Numbered], *, noted: int | None) -> tuple[Row, ...]:
    """The rows under a header, without the empty ones at the end; `noted` is the place of our own notes."""
    kept: list[Row] = []
    filled = told = 0
    for number, cells in rows:
        row = Row(number, trimmed(_without(cells, noted), len(header.cells)))
        kept.append(row)
        told += judged(row.cells)
        if told > MOST_TEXT:
            raise Refused("import.too_much_text")
        if any(cell.kind != "empty" for cell in row.cells):
            filled = len(kept)
    return tuple(kept[:filled])


def _without(cells: Sequence[Cell], place: int | None) -> Sequence[Cell]:
    if place is None or place >= len(cells):
        return cells
    return [*cells[:place], EMPTY, *cells[place + 1 :]]


def noted_in(cells: Sequence[Cell]) -> int | None:
    """Where our own notes stand in a header."""
    return next((place for place, cell in enumerate(cells) if folded(cell.text) == folded(NOTES)), None)
