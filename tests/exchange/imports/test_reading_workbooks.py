"""What Excel does to a sheet is seen through: the value is read as a person would read it, and its kind is told."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.exchange.imports.confined.telling import number_text
from app.exchange.imports.reading import read
from app.exchange.imports.table import Cell, Table
from app.http.answers import XLSX
from app.http.problems import Refusal
from tests.exchange.imports.bombs import SHEET, STUFFING, book, packed, parts, sheet, text_row

KNOWN = frozenset({"village code", "nama", "iks"})


async def read_rows(rows: list[str], **more: str | bytes) -> Table:
    return await read(book(rows, **more), media=XLSX.decode(), known_headers=KNOWN)


def made(*rows: list[Any], title: str = "Data") -> openpyxl.Workbook:
    """A workbook of openpyxl's with one sheet."""
    workbook = openpyxl.Workbook()
    page = workbook.worksheets[0]
    page.title = title
    for row in rows:
        page.append(row)
    return workbook


async def read_made(workbook: openpyxl.Workbook) -> Table:
    saved = io.BytesIO()
    workbook.save(saved)
    return await read(saved.getvalue(), media=XLSX.decode(), known_headers=KNOWN)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


async def test_a_code_that_excel_took_for_a_number_comes_whole() -> None:
    table = await read_rows(
        [
            text_row(1, "Village code"),
            '<row r="2"><c r="A2"><v>6402042001</v></c></row>',
            '<row r="3"><c r="A3"><v>6.402042001E9</v></c></row>',
            '<row r="4"><c r="A4"><v>6402042001.0</v></c></row>',
            text_row(5, "6402042001"),
            text_row(6, "007"),
        ]
    )

    assert [row.cells[0] for row in table.rows] == [
        *[Cell("number", "6402042001")] * 3,
        Cell("text", "6402042001"),
        Cell("text", "007"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.7741, "0.7741"),
        (0.1 + 0.2, "0.3"),
        (1e22, "10000000000000000000000"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_has_its_shortest_form_and_no_exponent(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_is_that_number_to_fifteen_digits(value: float) -> None:
    told = number_text(value)

    assert "e" not in told.lower()
    assert f"{float(told):.14g}" == f"{value + 0.0:.14g}" or float(told) == value


async def test_days_instants_and_times_are_told_apart() -> None:
    table = await read_made(
        made(
            ["Nama", "IKS"],
            [date(2024, 5, 1), datetime(2024, 5, 1, 8, 30)],  # noqa: DTZ001  # a cell has no zone
            ["01/05/2024", datetime(2024, 5, 1)],  # noqa: DTZ001  # nor has this one
        )
    )

    assert table.rows[0].cells == (Cell("date", "2024-05-01"), Cell("instant", "2024-05-01T08:30:00"))
    assert table.rows[1].cells == (Cell("text", "01/05/2024"), Cell("date", "2024-05-01"))


async def test_a_workbook_that_counts_from_1904_tells_the_same_days() -> None:
    workbook = made(["Nama"], [date(2024, 5, 1)])
    workbook.epoch = CALENDAR_MAC_1904

    table = await read_made(workbook)

    assert table.rows[0].cells == (Cell("date", "2024-05-01"),)


async def test_a_formula_is_told_with_the_value_it_had_and_an_error_as_an_error() -> None:
    table = await read_rows(
        [
            text_row(1, "Nama", "IKS"),
            '<row r="2"><c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>',
            '<row r="3"><c r="A3" t="e"><f>A9</f><v>#REF!</v></c><c r="B3" t="e"><v>#N/A</v></c></row>',
            '<row r="4"><c r="A4"><f>B4</f></c><c r="B4"><f>A4</f></c></row>',
            '<row r="5"><c r="A5" t="b"><v>1</v></c></row>',
        ]
    )

    assert [row.cells for row in table.rows] == [
        (Cell("formula", "ab"), Cell("formula", "2")),
        (Cell("error", "#REF!"), Cell("error", "#N/A")),
        (Cell("formula", ""), Cell("formula", "")),
        (Cell("boolean", "true"), Cell("empty", "")),
    ]


async def test_a_last_row_of_formulas_without_values_is_not_lost() -> None:
    table = await read_rows([text_row(1, "Nama"), '<row r="2"><c r="A2"><f>B2</f></c></row>'])

    assert [row.cells for row in table.rows] == [(Cell("formula", ""),)]


async def test_the_header_is_found_below_a_title_and_blank_rows() -> None:
    workbook = made(["Daftar Desa Contoh"], [], ["", "Village code", "Nama *"], ["", "64.02", "Contoh"])
    workbook.worksheets[0].merge_cells("A1:C1")

    table = await read_made(workbook)

    assert table.header.number == 3
    assert [cell.text for cell in table.header.cells] == ["", "Village code", "Nama *"]
    assert table.rows[0].number == 4
    assert texts(table) == [["", "64.02", "Contoh"]]


async def test_a_header_is_known_by_its_year_and_without_what_stands_in_brackets() -> None:
    table = await read_made(made(["Nama Contoh"], ["IKS 2023", "Nama (wajib)"], ["0.5", "x"]))

    assert table.header.number == 2


async def test_the_sheet_with_the_best_header_is_read_and_the_first_of_equals() -> None:
    workbook = made(["Catatan"], ["IKS"], title="Tentang")
    for title in ("Satu", "Dua"):
        page = workbook.create_sheet(title)
        page.append(["Nama", "IKS"])
        page.append([title, "1"])

    table = await read_made(workbook)

    assert table.sheet == "Satu"


async def test_hidden_sheets_are_left_out_and_hidden_rows_and_columns_are_read() -> None:
    workbook = made(["Nama"], ["terlihat"], title="Terbuka")
    hidden = workbook.create_sheet("Tersembunyi", 0)
    hidden.append(["Nama", "IKS", "Village code"])
    hidden.sheet_state = "hidden"
    page = workbook["Terbuka"]
    page.append(["tersembunyi", "y"])
    page.row_dimensions[3].hidden = True
    page.column_dimensions["B"].hidden = True

    table = await read_made(workbook)

    assert table.sheet == "Terbuka"
    assert texts(table) == [["terlihat"], ["tersembunyi", "y"]]


async def test_where_a_sheet_ends_is_where_its_last_value_is() -> None:
    told = sheet(
        [
            text_row(1, "Nama"),
            text_row(2, "satu"),
            text_row(4, "dua"),
            '<row r="9"><c r="A9" s="0"/></row>',
            '<row r="1048576"><c r="A1048576"/><c r="XFD1048576"/></row>',
        ]
    ).replace("<sheetData>", '<dimension ref="C5:XFD1048576"/><sheetData>')

    table = await read_rows([], **{SHEET: told})

    assert [(row.number, row.cells) for row in table.rows] == [
        (2, (Cell("text", "satu"),)),
        (3, (Cell("empty", ""),)),
        (4, (Cell("text", "dua"),)),
    ]


async def test_what_excel_spells_in_a_text_is_the_sign_itself() -> None:
    table = await read_rows(
        [text_row(1, "Nama"), text_row(2, "a_x000D_b_x005F_x0041_"), text_row(3, "_xD800_")]
    )

    assert texts(table) == [["a\rb_x0041_"], ["_xD800_"]]


async def test_a_text_in_many_letterings_is_one_text_without_its_reading_aid() -> None:
    said = (
        '<is><r><t>Ba</t></r><r><t xml:space="preserve">tu ah</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is>'
    )

    table = await read_rows([text_row(1, "Nama"), f'<row r="2"><c r="A2" t="inlineStr">{said}</c></row>'])

    assert texts(table) == [["Batu ah"]]


async def test_what_is_told_as_a_number_and_is_none_is_a_broken_file() -> None:
    with pytest.raises(Refusal) as refused:
        await read_rows([text_row(1, "Nama"), '<row r="2"><c r="A2"><v>1e999</v></c></row>'])

    assert refused.value.faults[0].code == "import.unreadable"


async def test_links_to_other_files_are_not_followed() -> None:
    told = parts([text_row(1, "Nama"), '<row r="2"><c r="A2"><f>[1]S1!A1</f><v>5</v></c></row>'])
    told["xl/externalLinks/externalLink1.xml"] = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )

    table = await read(packed(told), media=XLSX.decode(), known_headers=KNOWN)

    assert table.rows[0].cells == (Cell("formula", "5"),)


async def test_a_picture_in_a_workbook_is_not_looked_at() -> None:
    table = await read_rows([text_row(1, "Nama"), text_row(2, "x")], **STUFFING)

    assert texts(table) == [["x"]]


async def test_a_workbook_is_known_by_its_bytes_whatever_it_is_called() -> None:
    body = book([text_row(1, "Nama"), text_row(2, "x")])

    table = await read(body, media="application/vnd.ms-excel", known_headers=KNOWN)

    assert table.sheet == "S1"
