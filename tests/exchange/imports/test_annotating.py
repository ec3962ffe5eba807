"""Whoever sent a file with faults gets it back with each at its place, and can send it again as it is."""

import csv
import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.imports.annotating import Mark, annotate
from app.exchange.imports.reading import read
from app.http.answers import XLSX
from app.http.problems import Refusal
from tests.exchange.imports.bombs import book, text_row

MEDIA = XLSX.decode()
KNOWN = frozenset({"village code", "nama"})
MARKS = [
    Mark(3, 1, "Kode desa tidak dikenal.", "64.02.04.2001"),
    Mark(3, 1, "Kode ini sudah ada pada baris 2."),
    Mark(4, 2, "=1+1 bukan nama."),
]


def sent() -> bytes:
    """A workbook with a title, a formula, a comment of the office and another sheet."""
    workbook = openpyxl.Workbook()
    page = workbook.worksheets[0]
    page.title = "Data '24"
    for row in (["Village code", "Nama"], ["64.02", "Contoh"], ["64.2", "=A2"], ["x", "y"]):
        page.append(row)
    page["B4"].comment = Comment("tanya Pak Contoh", "Kantor")
    page["A2"].number_format = "@"
    workbook.create_sheet("Lain").append(["tetap"])
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def opened(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def page_of(workbook: openpyxl.Workbook, name: str) -> Worksheet:
    page = workbook[name]
    assert isinstance(page, Worksheet)
    return page


async def test_a_bad_cell_is_framed_and_told_in_a_comment_and_in_the_list() -> None:
    body = await annotate(sent(), media=MEDIA, known_headers=KNOWN, marks=MARKS)

    workbook = opened(body)
    page, notes = page_of(workbook, "Data '24"), page_of(workbook, "Catatan Berdaya")
    assert page["A3"].fill.fill_type == "solid"
    assert page["A3"].border.left.style == "medium"
    assert page["A3"].comment is not None
    assert page["A3"].comment.text.splitlines() == [
        "Kode desa tidak dikenal. (Saran: 64.02.04.2001)",
        "Kode ini sudah ada pada baris 2.",
    ]
    assert page["A2"].fill.fill_type is None
    rows = list(notes.iter_rows(values_only=True))
    assert rows[0] == ("Baris", "Kolom", "Sel", "Yang salah", "Saran")
    assert rows[1] == (3, "Village code", "A3", "Kode desa tidak dikenal.", "64.02.04.2001")
    assert len(rows) == 4
    assert notes["C2"].hyperlink is not None
    assert notes["C2"].hyperlink.location == "'Data ''24'!A3"


async def test_what_was_not_wrong_stays_as_it_was() -> None:
    body = await annotate(sent(), media=MEDIA, known_headers=KNOWN, marks=MARKS)

    workbook = opened(body)
    page = page_of(workbook, "Data '24")
    assert page["B3"].value == "=A2"
    assert page["A2"].number_format == "@"
    assert page["B4"].comment is not None
    assert page["B4"].comment.text == "tanya Pak Contoh\n=1+1 bukan nama."
    assert page_of(workbook, "Catatan Berdaya")["D4"].data_type == "s"
    assert page_of(workbook, "Lain")["A1"].value == "tetap"


async def test_a_marked_workbook_reads_as_the_one_that_was_sent_and_is_marked_anew() -> None:
    first = await annotate(sent(), media=MEDIA, known_headers=KNOWN, marks=MARKS, language="en")

    again = await annotate(first, media=MEDIA, known_headers=KNOWN, marks=MARKS[2:])

    assert await read(first, media=MEDIA, known_headers=KNOWN) == await read(
        sent(), media=MEDIA, known_headers=KNOWN
    )
    page = page_of(opened(again), "Data '24")
    assert page["A3"].comment is None
    assert page["A3"].fill.fill_type is None
    assert page_of(opened(again), "Catatan Berdaya").max_row == 2


async def test_a_mark_on_merged_cells_stands_at_the_first_of_them() -> None:
    workbook = opened(sent())
    page_of(workbook, "Data '24").merge_cells("A3:B4")
    made = io.BytesIO()
    workbook.save(made)

    body = await annotate(made.getvalue(), media=MEDIA, known_headers=KNOWN, marks=MARKS[2:])

    assert page_of(opened(body), "Data '24")["A3"].comment is not None


@pytest.mark.parametrize("separator", [",", ";"])
async def test_a_csv_gets_one_more_column_that_is_not_read_again(separator: str) -> None:
    said = f'Nama{separator}Village code\nsatu\n"du\na"{separator}2\n'

    body = await annotate(
        said.encode(), media="text/csv", known_headers=KNOWN, marks=[Mark(3, 2, "Salah.", "02")]
    )
    again = await annotate(body, media="text/csv", known_headers=KNOWN, marks=[])

    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert rows == [
        ["Nama", "Village code", "Catatan Berdaya"],
        ["satu", "", ""],
        ["du\na", "2", "Village code: Salah. (Saran: 02)"],
    ]
    table = await read(body, media="text/csv", known_headers=KNOWN)
    assert [cell.text for cell in table.header.cells] == ["Nama", "Village code"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["satu", ""], ["du\na", "2"]]
    assert "Salah" not in again.decode()


async def test_a_workbook_too_large_to_be_marked_is_told_as_such() -> None:
    body = book([text_row(1, "Nama"), *["<row>" + "<c/>" * 150 + "</row>"] * 2_001])

    with pytest.raises(Refusal) as refused:
        await annotate(body, media=MEDIA, known_headers=KNOWN, marks=MARKS)

    assert (refused.value.code, refused.value.status) == ("import.too_large_to_mark", 413)
