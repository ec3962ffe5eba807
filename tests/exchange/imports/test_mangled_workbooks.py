"""A workbook of 237 UKM, spoilt in twenty ways: each bad cell is named at once, and nothing bad is written."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import httpx
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.imports.editing import edited, headers
from tests.exchange.imports.sending import book_of, places, sent

COUNT = 237
HEADER = (
    *("Kode desa/kelurahan", "Nama UKM", "Jenis pemilik", "Tanggal berdiri", "NIB", "Modal (Rp)"),
    *("Jumlah anggota", "Versi"),
)
CODE, NAME, OWNER, FOUNDED, NIB, CAPITAL, MEMBERS, VERSION = HEADER

Change = Callable[[Worksheet, dict[str, int]], None]


class Mangling(NamedTuple):
    """How the workbook is spoilt, and the faults that this must give; none: it must be read all the same."""

    change: Change
    faults: set[tuple[int, str | None, str]]
    created: int = COUNT


def setting(row: int, header: str, value: Any) -> Change:
    """One cell has another value."""

    def change(sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(row, at[header]).value = value

    return change


def renaming(header: str, name: str | None) -> Change:
    """A header is called otherwise."""
    return lambda sheet, at: setattr(sheet.cell(1, at[header]), "value", name)


def dropping(header: str) -> Change:
    """A column is not there."""
    return lambda sheet, at: sheet.delete_cols(at[header])


def shifting(sheet: Worksheet, at: dict[str, int]) -> None:
    """The cells of a row stand one column too far to the right."""
    values = [sheet.cell(5, place).value for place in range(1, len(HEADER) + 1)]
    for place, value in enumerate([None, *values], start=1):
        sheet.cell(5, place).value = value


def repeating(sheet: Worksheet, at: dict[str, int]) -> None:
    """A row stands there twice."""
    for place in range(1, len(HEADER) + 1):
        sheet.cell(COUNT + 2, place).value = sheet.cell(9, place).value


def parting(sheet: Worksheet, at: dict[str, int]) -> None:
    """There are blank rows between the others."""
    sheet.insert_rows(20, 3)
    sheet.insert_rows(100)


def titling(sheet: Worksheet, at: dict[str, int]) -> None:
    """There is a merged title above the header."""
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "DATA UKM CONTOH"
    sheet.merge_cells("A1:F1")


def adding(sheet: Worksheet, at: dict[str, int]) -> None:
    """There is a column that nobody knows."""
    sheet.cell(1, len(HEADER) + 1).value = "Warna atap"
    sheet.cell(2, len(HEADER) + 1).value = "biru"


def another(sheet: Worksheet, at: dict[str, int]) -> None:
    """There is another sheet, before this one."""
    book = sheet.parent
    assert book is not None
    other = book.create_sheet("Rekap", 0)
    other.cell(1, 1).value = "Jumlah"


MANGLINGS: dict[str, Mangling] = {
    "sheet renamed": Mangling(lambda sheet, at: setattr(sheet, "title", "Lembar1"), set()),
    "header in the other language": Mangling(renaming(CAPITAL, "Capital (Rp)"), set()),
    "merged title row": Mangling(titling, set()),
    "blank rows between": Mangling(parting, set()),
    "two sheets": Mangling(another, set()),
    "code as a number": Mangling(setting(7, CODE, 6402042001), set()),
    "code with blanks": Mangling(setting(7, CODE, " 64.02.04.2001 "), set()),
    "choice in capitals": Mangling(setting(7, OWNER, "KELOMPOK"), set()),
    "date as text": Mangling(setting(7, FOUNDED, "31/12/2023"), set()),
    "date as a date": Mangling(setting(7, FOUNDED, date(2023, 12, 31)), set()),
    "money as people write it": Mangling(setting(7, CAPITAL, "Rp 75.000.000"), set()),
    "NIB as a number": Mangling(setting(7, NIB, 1234567890123), set()),
    "formula": Mangling(setting(7, CAPITAL, "=1+1"), {(7, CAPITAL, "import.formula_empty")}),
    "code cut short": Mangling(setting(7, CODE, "64.02.1"), {(7, CODE, "code.malformed")}),
    "code of BPS": Mangling(setting(7, CODE, "6403040001"), {(7, CODE, "code.bps")}),
    "code of nobody": Mangling(setting(7, CODE, "64.02.04.2999"), {(7, CODE, "village.not_found")}),
    "text in a number": Mangling(setting(7, MEMBERS, "dua belas"), {(7, MEMBERS, "value.integer")}),
    "negative number": Mangling(setting(7, MEMBERS, -3), {(7, MEMBERS, "value.too_small")}),
    "fraction for people": Mangling(setting(7, MEMBERS, 2.5), {(7, MEMBERS, "value.integer")}),
    "date that could be two": Mangling(setting(7, FOUNDED, "03/04/2023"), {(7, FOUNDED, "value.date")}),
    "date in the future": Mangling(setting(7, FOUNDED, "2099-01-01"), {(7, FOUNDED, "value.date_future")}),
    "zero lost in front": Mangling(setting(7, NIB, 234567890123), {(7, NIB, "import.digits_lost")}),
    "name empty": Mangling(setting(7, NAME, None), {(7, NAME, "field.required")}),
    "duplicate row": Mangling(repeating, {(COUNT + 2, None, "import.row_repeated")}),
    "unknown column": Mangling(adding, {(1, "Warna atap", "import.header_unknown")}),
    "column twice": Mangling(renaming(MEMBERS, CAPITAL), {(1, CAPITAL, "import.header_repeated")}),
    "required column missing": Mangling(dropping(OWNER), {(1, None, "import.column_missing")}),
    "header wiped out": Mangling(renaming(MEMBERS, None), {(1, None, "import.header_missing")}),
    "row shifted": Mangling(
        shifting,
        {
            (5, CODE, "field.required"),
            (5, OWNER, "value.choice"),
            (5, FOUNDED, "value.date"),
            (5, NIB, "value.pattern"),
        },
    ),
}


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """237 UKM that are not there yet."""
    rows = [
        (
            "64.02.04.2001",
            f"UKM Contoh {n}",
            "kelompok",
            "2020-05-01",
            "1234567890123",
            1_000_000 + n,
            5,
            None,
        )
        for n in range(1, COUNT + 1)
    ]
    return book_of(HEADER, *rows)


# What a cell says does not depend on the engine; each file is read by a child, which takes its time.
@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("way", MANGLINGS)
async def test_a_mangled_workbook_is_read_or_refused_by_its_cells(
    office: httpx.AsyncClient, workbook: bytes, way: str
) -> None:
    mangling = MANGLINGS[way]
    body = edited(workbook, lambda sheet: mangling.change(sheet, headers(sheet)))

    plan = await sent(office, "ukms", body)
    commit = await sent(office, "ukms", body, mode="commit")
    there = (await office.get("/v1/ukms?count=exact&q=ukm contoh&limit=1")).json()["total"]

    assert plan["errors"] == commit["errors"]
    assert places(plan) >= mangling.faults, places(plan)
    assert places(plan) == mangling.faults or way == "row shifted"
    if mangling.faults:
        assert (plan["status"], commit["status"], there) == ("refused", "refused", 0)
        assert commit["counts"]["create"] == commit["counts"]["update"] == 0
    else:
        assert (plan["status"], commit["status"], there) == ("planned", "committed", COUNT)
        assert plan["counts"] == commit["counts"]


async def test_all_faults_of_a_workbook_are_named_in_one_pass(
    office: httpx.AsyncClient, workbook: bytes
) -> None:
    spoilt: dict[int, tuple[str, Any, str]] = {
        10: (MEMBERS, "dua belas", "value.integer"),
        11: (CODE, "64.02.1", "code.malformed"),
        12: (FOUNDED, "03/04/2023", "value.date"),
        13: (OWNER, "siapa", "value.choice"),
        14: (CAPITAL, -1, "value.too_small"),
        15: (NIB, 123, "import.digits_lost"),
        16: (NAME, None, "field.required"),
        17: (NAME, "x" * 300, "text.too_long"),
        237: (CODE, "64.02.04.2999", "village.not_found"),
    }

    def spoil(sheet: Worksheet) -> None:
        at = headers(sheet)
        for row, (header, value, _) in spoilt.items():
            sheet.cell(row, at[header]).value = value

    job = await sent(office, "ukms", edited(workbook, spoil), mode="commit")

    assert places(job) == {(row, header, code) for row, (header, _, code) in spoilt.items()}
    assert (job["status"], job["counts"]["refused"]) == ("refused", len(spoilt))
    assert all("dua belas" not in one["message"] for one in job["errors"])
