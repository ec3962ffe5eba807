"""How tests send files: sheets made of rows, as CSV or as a workbook, and the end of the import awaited."""

import asyncio
import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
import xlsxwriter

from app.http.answers import XLSX

CSV, BOOK = "text/csv", XLSX.decode()
ENDED = ("planned", "committed", "unchanged", "refused", "failed", "undone")


def csv_of(*rows: Sequence[object]) -> bytes:
    """Rows as a CSV with semicolons."""
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows(rows)
    return made.getvalue().encode()


def book_of(*rows: Sequence[Any], sheet: str = "Data", more: Iterable[str] = ()) -> bytes:
    """Rows as a workbook; a text is text, a number a number, what begins with = a formula."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and not cell.startswith("="):
                page.write_string(number, place, cell)
            elif cell is not None:
                page.write(number, place, cell)
    for name in more:
        book.add_worksheet(name).write_string(0, 0, "Lain")
    book.close()
    return made.getvalue()


async def sent(
    client: httpx.AsyncClient, kind: str, body: bytes, *, media: str = "", **query: str
) -> dict[str, Any]:
    """The import as it ended."""
    told = media or (BOOK if body.startswith(b"PK") else CSV)
    headers = {"content-type": told, "prefer": "wait=3"}
    answer = await client.post(f"/v1/imports/{kind}", params=query, content=body, headers=headers)
    assert answer.status_code in (200, 202), answer.text
    return await ended(client, answer.json())


async def ended(client: httpx.AsyncClient, job: dict[str, Any]) -> dict[str, Any]:
    """The import once it is finished."""
    while job["status"] not in ENDED:
        await asyncio.sleep(0.02)  # in one process with the server, whose SQLite gives nobody else a turn
        answer = await client.get(f"/v1/imports/{job['id']}")
        assert answer.status_code == 200, answer.text
        job = answer.json()
    return job


def places(job: dict[str, Any]) -> set[tuple[int, str | None, str]]:
    """Where the faults are: row, header, code."""
    return {(one["row"], one["column"], one["code"]) for one in job["errors"]}
