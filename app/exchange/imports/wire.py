"""A table on its way out of the child: a line for what it is, then a line a row; what broke off is never a table."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from app.exchange.imports.table import Cell, Kind, Row, Table

_LETTERS: Mapping[Kind, str] = {
    "empty": "e",
    "text": "t",
    "number": "n",
    "date": "d",
    "instant": "i",
    "boolean": "b",
    "formula": "f",
    "error": "x",
}
_KINDS: Mapping[str, Kind] = {letter: kind for kind, letter in _LETTERS.items()}
_EMPTY = Cell("empty", "")
_KEPT = 10_000


def line(told: object) -> bytes:
    """One line of JSON."""
    return orjson.dumps(told) + b"\n"


def spoken(table: Table) -> Iterator[bytes]:
    """The lines of a table."""
    yield line([table.sheet, table.decimal_comma, table.repairs, len(table.rows)])
    for row in (table.header, *table.rows):
        kinds = "".join(_LETTERS[cell.kind] for cell in row.cells)
        yield line([row.number, kinds, [cell.text for cell in row.cells if cell.kind != "empty"]])


def heard(told: bytes) -> Table:
    """The table of such lines; raises `ValueError` when some are missing."""
    head, *lines = told.splitlines()
    sheet, comma, repairs, count = orjson.loads(head)
    if len(lines) != count + 1:
        raise ValueError("the table broke off")
    alike: dict[tuple[str, str], Cell] = {}
    header, *rows = (_row(orjson.loads(one), alike) for one in lines)
    return Table(sheet, header, tuple(rows), comma, tuple(repairs))


def _row(told: list[Any], alike: dict[tuple[str, str], Cell]) -> Row:
    number, kinds, texts = told
    rest = iter(texts)
    cells = (_EMPTY if letter == "e" else _cell(letter, next(rest), alike) for letter in kinds)
    return Row(number, tuple(cells))


def _cell(letter: str, text: str, alike: dict[tuple[str, str], Cell]) -> Cell:
    """A cell; those that are alike are one, so that a column of the same word weighs little."""
    known = alike.get((letter, text))
    if known is not None:
        return known
    cell = Cell(_KINDS[letter], text)
    if len(alike) < _KEPT:
        alike[letter, text] = cell
    return cell
