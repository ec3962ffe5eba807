"""A template is filled in by people: it offers the choices, keeps the zeros, and read again says what was put in."""

import io
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.imports.confined.book import read_book
from app.exchange.imports.heading import folded
from app.exchange.imports.reading import read
from app.exchange.imports.table import Cell
from app.exchange.imports.templates import TemplateColumn, template
from app.http.answers import XLSX

ZONE = ZoneInfo("Asia/Makassar")
COLUMNS = (
    TemplateColumn("Kode desa", "code", 16, required=True, help="Tiga belas tanda, misalnya 64.02.04.2001."),
    TemplateColumn("Nama", "text", 30, required=True),
    TemplateColumn("NIB", "digits"),
    TemplateColumn("Jenis", "choice", choices=("bumdes", "koperasi, lain", "ukm")),
    TemplateColumn(
        "Bidang", "choice", choices=tuple(f"bidang contoh nomor {number}" for number in range(40))
    ),
    TemplateColumn("Status", "choice", choices=("aktif", "tidak aktif")),
    TemplateColumn("Anggota", "integer"),
    TemplateColumn("IKS", "decimal"),
    TemplateColumn("Modal", "money"),
    TemplateColumn("Berdiri", "day"),
    TemplateColumn("Dicatat", "instant"),
)
KNOWN = frozenset(folded(column.label) for column in COLUMNS)
ROW: list[Any] = [
    "64.02.04.2001",
    "=Contoh",
    "0220001234567",
    "koperasi, lain",
    "bidang contoh nomor 3",
    "aktif",
    20,
    0.7741,
    5_000_000,
    "2024-05-01",
    "2024-05-01T00:30:00.000000Z",
]


def opened(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def data_of(workbook: openpyxl.Workbook) -> Worksheet:
    page = workbook["Data"]
    assert isinstance(page, Worksheet)
    return page


async def test_a_filled_template_reads_as_what_was_put_in() -> None:
    body = template(COLUMNS, [ROW, [None] * len(COLUMNS)], language="id", zone=ZONE)

    table = await read(body, media=XLSX.decode(), known_headers=KNOWN)

    assert table.sheet == "Data"
    assert [cell.text for cell in table.header.cells][:3] == ["Kode desa *", "Nama *", "NIB"]
    assert table.rows[0].cells == (
        *(Cell("text", str(value)) for value in ROW[:6]),
        Cell("number", "20"),
        Cell("number", "0.7741"),
        Cell("number", "5000000"),
        Cell("date", "2024-05-01"),
        Cell("instant", "2024-05-01T08:30:00"),
    )
    assert len(table.rows) == 1


def test_cells_that_nobody_has_filled_in_yet_are_text_or_days_already() -> None:
    page = data_of(opened(template(COLUMNS, [], language="id", zone=ZONE)))

    formats = [page.column_dimensions[letter].number_format for letter in "ABCGJ"]

    assert formats == ["@", "@", "@", "0", "yyyy-mm-dd"]


def test_choices_are_offered_below_the_rows_that_are_there() -> None:
    workbook = opened(template(COLUMNS, [ROW], language="id", zone=ZONE))

    rules = {str(one.sqref): one.formula1 for one in data_of(workbook).data_validations.dataValidation}

    assert rules == {
        "D2:D1002": "Pilihan!$D$1:$D$3",
        "E2:E1002": "Pilihan!$E$1:$E$40",
        "F2:F1002": '"aktif,tidak aktif"',
    }
    assert workbook["Pilihan"].sheet_state == "hidden"


def test_the_instructions_are_in_the_language_of_the_reader_and_name_every_column() -> None:
    for language, name in (("id", "Petunjuk"), ("en", "Instructions")):
        workbook = opened(template(COLUMNS, [], language=language, zone=ZONE))  # type: ignore[arg-type]  # one of both

        page = workbook[name]

        assert isinstance(page, Worksheet)
        told = {row[0] for row in page.iter_rows(values_only=True)}
        assert {column.label for column in COLUMNS} <= told
        comment = data_of(workbook)["A1"].comment
        assert comment is not None
        assert "64.02.04.2001" in comment.text


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "code": st.from_regex(r"\d{2}(\.\d{2}){0,2}", fullmatch=True),
    "digits": st.from_regex(r"0\d{1,15}", fullmatch=True),
    "choice": st.sampled_from(["ya", "tidak", "=1"]),
    "integer": st.integers(-(10**14), 10**14),
    "decimal": st.integers(-(10**9), 10**9).map(lambda number: number / 10_000),
    "money": st.integers(0, 10**18),
    "day": st.dates(date(1850, 1, 1)).map(date.isoformat),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(*(st.none() | one for one in VALUES.values())), max_size=6))
def test_whatever_is_put_into_a_template_comes_out_of_it(rows: list[tuple[Any, ...]]) -> None:
    columns = [TemplateColumn(shape, shape) for shape in VALUES]
    known = frozenset(folded(shape) for shape in VALUES)

    table = read_book(template(columns, rows, language="en", zone=ZONE), known)

    told = [tuple(cell.text for cell in row.cells) for row in table.rows]
    wanted = [tuple(map(_text, row)) for row in rows]
    while wanted and not any(wanted[-1]):
        wanted.pop()
    assert told == wanted


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
