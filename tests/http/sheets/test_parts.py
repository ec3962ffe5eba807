"""The parts of a sheet alone: any text survives, rows go on in another sheet, columns follow from shapes."""

import gc
import io
import re
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from pydantic import BaseModel

from app.http.sheets.book import Book
from app.http.sheets.cells import Reader, moment, plain
from app.http.sheets.columns import Column, columns_of, named
from app.http.sheets.labels import header, label
from app.http.sheets.parts import LONGEST, fitting, letters_of, text_cell

HERE = Reader("en", ZoneInfo("Asia/Makassar"))


class Inner(BaseModel):
    """Something nested."""

    idm: float | None
    status: str


class Outer(BaseModel):
    """Something with a bit of everything."""

    id: str
    published: Inner | None
    things: list[Inner]
    words: list[str] | None


@given(st.text(max_size=60))
def test_any_text_comes_out_of_its_cell_as_it_went_in(text: str) -> None:
    cell = fromstring(text_cell("A1", text))

    told = "".join(cell.itertext())
    assert re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), told) == text


@given(st.integers(LONGEST - 4, LONGEST + 4), st.integers(0, 3))
def test_a_cell_is_never_longer_than_excel_allows_and_no_character_is_halved(
    letters: int, homes: int
) -> None:
    text = "a" * (letters - homes) + "🏡" * homes + "é"

    fitted = fitting(text)

    units = len(fitted.encode("utf-16-le")) // 2
    whole = len(text.encode("utf-16-le")) // 2
    assert units <= LONGEST
    assert fitted == text if whole <= LONGEST else text.startswith(fitted[:-1]) and fitted[-1] == "…"


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [letters_of(place) for place in range(800)] == [get_column_letter(at) for at in range(1, 801)]


def test_what_is_nested_has_a_column_a_field_and_a_list_has_one() -> None:
    columns = columns_of(Outer)

    assert [column.name for column in columns] == [
        "id",
        "published_idm",
        "published_status",
        "things",
        "words",
    ]
    assert columns[1] == Column("published_idm", ("published", "idm"))
    assert columns[1].of({"published": {"idm": 0}}) == 0
    assert columns[1].of({"published": None}) is None


def test_more_rows_than_a_sheet_holds_go_on_in_another() -> None:
    book = Book(
        columns=named("number", "name"), headers=["No.", "Nama"], reader=HERE, name="Data", most_rows=2
    )

    pieces = [book.add([{"number": at, "name": f"n{at}"} for at in pair]) for pair in ((1, 2, 3), (4, 5))]
    told = openpyxl.load_workbook(io.BytesIO(b"".join([*pieces, book.finish([("Rows", 5)], name="About")])))

    assert told.sheetnames == ["Data", "Data 2", "Data 3", "About"]
    assert [list(sheet.iter_rows(values_only=True)) for sheet in told.worksheets[:3]] == [
        [("No.", "Nama"), (1, "n1"), (2, "n2")],
        [("No.", "Nama"), (3, "n3"), (4, "n4")],
        [("No.", "Nama"), (5, "n5")],
    ]
    assert [sheet.auto_filter.ref for sheet in told.worksheets] == ["A1:B3", "A1:B3", "A1:B2", None]


def test_a_workbook_that_breaks_off_does_not_look_whole_and_is_dropped_in_silence() -> None:
    book = Book(columns=named("name"), headers=["Nama"], reader=HERE, name="Data")
    sent = book.add([{"name": "x"}] * 500)

    del book
    gc.collect()

    assert sent
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(io.BytesIO(sent))


def test_rows_leave_while_others_come_in() -> None:
    book = Book(columns=named("name"), headers=["Nama"], reader=HERE, name="Data")

    sizes = [
        len(book.add([{"name": f"{at} {at**50}"} for at in range(at, at + 500)])) for at in (0, 500, 1000)
    ]

    assert all(size > 5000 for size in sizes)


def test_a_value_without_depth_is_what_it_was() -> None:
    assert [plain(value) for value in (None, True, 0, 0.5, "x")] == [None, True, 0, 0.5, "x"]
    assert plain([]) == ""
    assert plain([1, 2]) == "1; 2"
    assert plain([[1, 5], [5, 1]]) == "1, 5; 5, 1"
    assert plain([{"unit": "obat", "status": None}, {"unit": "gerai", "open": True}]) == "obat; gerai (true)"
    assert plain({"before": None, "after": {"name": "x"}}) == "before: ; after: x"


def test_a_moment_is_a_day_or_an_instant_on_the_clock_of_the_reader() -> None:
    instants = ("2026-01-05T20:30:00.999999Z", "9999-12-31T23:00:00.000000Z", "0001-01-01T00:00:00.000000Z")

    assert [moment(text, HERE.zone) for text in instants] == [
        datetime.fromisoformat("2026-01-06 04:30:00"),
        None,
        datetime.fromisoformat("0001-01-01 07:57:36"),
    ]
    assert moment("2026-01-05", HERE.zone) == date(2026, 1, 5)
    assert [moment(text, HERE.zone) for text in ("2026-02-30", "kemarin", 5, None)] == [None] * 4


def test_a_label_of_one_kind_goes_before_that_of_any_and_without_one_a_field_has_its_name() -> None:
    assert header("village", "code", "id") == "Kode desa/kelurahan"
    assert header("region", "code", "en") == "Region code"
    assert header("village", "version", "id") == header("", "version", "id") == "Versi"
    assert header("village", "never_labelled", "id") == "never_labelled"


def test_no_field_is_labelled_twice() -> None:
    with pytest.raises(ValueError, match="already labelled"):
        label({"version": ("Version", "Versi")})
