"""Workbooks opened, changed by hand and saved, as an official does."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def edited(body: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """The workbook with its first sheet changed."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def headers(sheet: Worksheet) -> dict[str, int]:
    """The columns of a sheet by their header, without the star of what is needed, from 1."""
    return {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1] if cell.value is not None}


def rows(body: bytes) -> list[list[Any]]:
    """The values of the first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    values: list[list[Any]] = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    return values
