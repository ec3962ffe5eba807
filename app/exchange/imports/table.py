"""A sheet as it was written: each cell with its kind and the text a person would read, nothing judged yet."""

from typing import Literal, NamedTuple

Kind = Literal["empty", "text", "number", "date", "instant", "boolean", "formula", "error"]


class Cell(NamedTuple):
    """One cell as it was written.

    `text` is what a person would read: a number in its shortest form without an exponent (`6402042001`,
    `0.7741`), a date in ISO 8601, for a formula the text of the value it had when the file was saved.
    """

    kind: Kind
    text: str


class Row(NamedTuple):
    """One row; `number` is its number in the sheet, so the header is 1 when it comes first."""

    number: int
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """What one sheet holds, without the empty rows at its end.

    `sheet` is its name, empty for CSV; `decimal_comma` is set where a CSV writes numbers with a comma. A row of a
    workbook has at least as many cells as the header; one of a CSV has as many as were written, without the empty ones
    beyond the header. `repairs` are codes of what was put right in reading (see `texts`).
    """

    sheet: str
    header: Row
    rows: tuple[Row, ...]
    decimal_comma: bool
    repairs: tuple[str, ...] = ()
