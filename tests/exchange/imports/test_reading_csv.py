"""A CSV is read as the office wrote it: its encoding, separator and commas are found out, its cells are text."""

import pytest

from app.exchange.imports.reading import read
from app.exchange.imports.table import Table
from app.http.problems import UnsupportedMedia

KNOWN = frozenset({"nama", "kode", "iks"})


async def read_text(said: str | bytes, encoding: str = "utf-8") -> Table:
    body = said if isinstance(said, bytes) else said.encode(encoding)
    return await read(body, media="text/csv; charset=utf-8", known_headers=KNOWN)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
async def test_every_encoding_that_excel_writes_is_read(encoding: str) -> None:
    said = "Nama,Kode\nDésa Çontoh,1\n"
    mark = "\ufeff" if encoding.endswith("e") else ""

    table = await read_text(mark + said, encoding)

    assert texts(table) == [["Désa Çontoh", "1"]]
    assert table.repairs == ()


async def test_windows_1252_is_read_and_told_as_a_repair() -> None:
    table = await read_text("Nama,Kode\nDésa “Contoh”,1\n", "cp1252")

    assert texts(table) == [["Désa “Contoh”", "1"]]
    assert table.repairs == ("import.repaired_encoding",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
async def test_the_separator_is_the_one_that_gives_the_known_header(separator: str) -> None:
    rows = [["Nama", "Kode"], ["a,b;c", "1"], ["dua\nbaris", '"kutip"']]
    said = "\r\n".join(separator.join('"{}"'.format(one.replace('"', '""')) for one in row) for row in rows)

    table = await read_text(said)

    assert texts(table) == rows[1:]
    assert [row.number for row in table.rows] == [2, 3]


async def test_the_first_line_of_excel_names_the_separator_and_is_no_row() -> None:
    table = await read_text("sep=|\r\nNama|Kode\r\na,b,c|1\r\n")

    assert table.header.number == 1
    assert texts(table) == [["a,b,c", "1"]]


@pytest.mark.parametrize(
    ("said", "comma"),
    [
        ("Nama;IKS\na;0,7741\n", True),
        ("Nama\tIKS\na\t0,7741\n", True),
        ("Nama;IKS\na;1.234,5\n", True),
        ("Nama;IKS\na;1,234\n", True),
        ("Nama\tIKS\na\t1,234\n", False),
        ("Nama;IKS\n64.02;0.7741\n", False),
        ('Nama,IKS\na,"0,7741"\n', False),
    ],
)
async def test_a_decimal_comma_is_seen_where_it_can_be_one(said: str, *, comma: bool) -> None:
    table = await read_text(said)

    assert table.decimal_comma is comma


async def test_numbers_stay_the_text_that_was_written() -> None:
    table = await read_text("Kode,IKS\n0064,6.40204E+09\n")

    assert [(cell.kind, cell.text) for cell in table.rows[0].cells] == [
        ("text", "0064"),
        ("text", "6.40204E+09"),
    ]


async def test_a_row_that_is_too_short_or_too_long_stays_as_it_is() -> None:
    table = await read_text("Nama,Kode,,\na\nb,1,,\nc,1,2\n\nd,1\n,\n,,\n")

    assert texts(table) == [["a"], ["b", "1"], ["c", "1", "2"], [], ["d", "1"]]


async def test_a_title_above_the_header_is_passed_over() -> None:
    table = await read_text("Daftar Contoh 2024\n\nKode;Nama\n1;x\n")

    assert (table.header.number, texts(table)) == (3, [["1", "x"]])


async def test_where_no_header_is_known_the_first_row_with_anything_in_it_is_the_header() -> None:
    table = await read_text("\nAlpha;Beta\n1;2\n")

    assert [cell.text for cell in table.header.cells] == ["Alpha", "Beta"]
    assert texts(table) == [["1", "2"]]


async def test_a_type_that_is_neither_is_named_as_such() -> None:
    with pytest.raises(UnsupportedMedia) as refused:
        await read(b"%PDF-1.7", media="application/pdf", known_headers=KNOWN)

    assert refused.value.code == "import.media_type"
