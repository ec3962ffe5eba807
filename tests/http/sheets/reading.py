"""A workbook read back by a library that had no part in making it, and what JSON should look like in its cells."""

import io
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = ZoneInfo("Asia/Makassar")
WORDS = {True: "ya", False: "tidak"}

_SPELT = re.compile("_x([0-9A-Fa-f]{4})_")
_TIMES = re.compile(r".*_(at|on)|at|as_of|since")


def workbook(content: bytes) -> Workbook:
    """The workbook in an answer."""
    return openpyxl.load_workbook(io.BytesIO(content))


def first_sheet(content: bytes) -> Worksheet:
    """Its sheet with the rows."""
    sheet = workbook(content).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def table(content: bytes) -> list[list[Any]]:
    """The cells of the first sheet, its header first, with text as Excel shows it."""
    return [[said(value) for value in row] for row in first_sheet(content).iter_rows(values_only=True)]


def cells(content: bytes) -> list[list[Cell]]:
    """The same as cells, with type and style."""
    return [[cell for cell in row if isinstance(cell, Cell)] for row in first_sheet(content).iter_rows()]


def said(value: Any) -> Any:
    """A cell's text with `_x0041_` read as Excel reads it; whatever is no text as it is."""
    return _SPELT.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def in_a_cell(name: str, value: Any) -> Any:
    """What the cell of a field shows in Bahasa Indonesia, if it is no list of things."""
    if isinstance(value, bool):
        return WORDS[value]
    if isinstance(value, list):
        return "; ".join(map(str, value)) or None
    if isinstance(value, str) and _TIMES.fullmatch(name):
        if value.endswith("Z"):
            return datetime.fromisoformat(value).astimezone(HERE).replace(tzinfo=None, microsecond=0)
        return datetime.fromisoformat(value)
    return value
