"""Files that were made to harm: each is built when it is needed and none is kept; and the ordinary parts in them."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"


def sheet(rows: Iterable[str], *, doctype: str = "", after: str = "") -> str:
    """A worksheet of these rows."""
    return (
        f'{_XML}{doctype}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'
    )


def parts(rows: Iterable[str] = (), *, sheets: int = 1) -> dict[str, str]:
    """The parts of a small workbook whose first sheet has these rows."""
    listed = "".join(
        f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, sheets + 1)
    )
    return {
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{BOOK}" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/{SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
            f'<Override PartName="/{STRINGS}" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{BOOK}"/></Relationships>'
        ),
        BOOK: f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        SHEET: sheet(rows),
        STRINGS: f'{_XML}<sst xmlns="{MAIN}"><si><t>Nama</t></si></sst>',
    }


def packed(told: Mapping[str, str | bytes]) -> bytes:
    """These parts in a ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, said in told.items():
            book.writestr(name, said)
    return made.getvalue()


def book(rows: Iterable[str] = (), /, **more: str | bytes) -> bytes:
    """A workbook with these rows; `more` are other parts, by name."""
    return packed({**parts(rows), **more})


def text_row(number: int, *texts: str) -> str:
    """A row of texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in texts)
    return f'<row r="{number}">{cells}</row>'


HEADER = text_row(1, "Nama", "Kode")


STUFFING = {"xl/media/image1.png": hashlib.shake_128(b"").digest(400_000)}
"""What does not shrink, so that the rest may unpack to so much more."""


def _inflating() -> bytes:
    """154 MB out of half a megabyte."""
    return book(["<row>" + "<c><v>1</v></c>" * 4 + "</row>"] * 2_100_000, **STUFFING)


def _stretched(ratio: int) -> bytes:
    """A sheet padded with blanks."""
    return book(**{SHEET: sheet([HEADER, " " * (ratio * 1_000_000)])})


def _sparse() -> bytes:
    """Two cells in opposite corners of a sheet."""
    return book(
        ['<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']
    )


def _lying() -> bytes:
    """A sheet whose size is told too small, in both places where a ZIP tells it."""
    long = sheet([HEADER, *(text_row(number, "x" * 50) for number in range(2, 9_000))])
    made = bytearray(book(**{SHEET: long}))
    told = struct.pack("<L", len(long))
    at = made.find(told)
    while at >= 0:
        made[at : at + 4] = struct.pack("<L", 500)
        at = made.find(told, at)
    return bytes(made)


def _laughs() -> bytes:
    """Ten entities, each ten times the one before."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{steps}]>'
    return book(**{SHEET: sheet([text_row(1, "&l9;")], doctype=doctype)})


def _strings_outside() -> bytes:
    """Shared strings that ask for a file of the server."""
    doctype = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    said = f'{_XML}{doctype}<sst xmlns="{MAIN}"><si><t>&x;</t></si></sst>'
    return book(['<row r="1"><c r="A1" t="s"><v>0</v></c></row>'], **{STRINGS: said})


def _deep() -> bytes:
    return book(**{SHEET: sheet([HEADER, "<a>" * 100_000 + "</a>" * 100_000])}, **STUFFING)


def _many_strings() -> bytes:
    said = f'{_XML}<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * 1_000_000}</sst>'
    return book([HEADER], **{STRINGS: said}, **STUFFING)


def _zip_of_zips() -> bytes:
    inner = book([HEADER])
    for _ in range(5):
        inner = packed({f"{number}.zip": inner for number in range(10)})
    return inner


def _macros() -> bytes:
    return book([HEADER], **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def _macro_type() -> bytes:
    told = parts([HEADER])
    named = told["[Content_Types].xml"].replace(
        f"{_TYPE}.sheet.main", "application/vnd.ms-excel.sheet.macroEnabled.main"
    )
    return packed({**told, "[Content_Types].xml": named})


def _widened() -> bytes:
    """One merge over a whole sheet."""
    after = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return book(**{SHEET: sheet([HEADER], after=after)})


def _repeated_text() -> bytes:
    """One long text, shown in very many cells."""
    cells = '<c t="s"><v>0</v></c>' * 20
    told = parts([HEADER, *(f'<row r="{number}">{cells}</row>' for number in range(2, 2_000))])
    return packed({**told, STRINGS: f'{_XML}<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'})


def _unordered() -> bytes:
    return book([text_row(5, "Nama"), text_row(3, "Kota")])


def _encrypted_flag() -> bytes:
    made = bytearray(book([HEADER]))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def _twice() -> bytes:
    """The same part under two spellings."""
    return book([HEADER], **{SHEET.upper().replace("XL/", "xl/"): sheet([HEADER])})


def _many_styles() -> bytes:
    said = f'{_XML}<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>'
    return book([HEADER], **{"xl/styles.xml": said}, **STUFFING)


def _long_attribute() -> bytes:
    noise = "".join(chr(33 + (number * 7919) % 90) for number in range(100_000)).translate(
        {34: "q", 38: "q", 60: "q"}
    )
    return book([HEADER, f'<row r="2"><c r="A2" s="{noise * 400}"/></row>'], **STUFFING)


def _many_cells() -> bytes:
    """Cells without a value, which nobody would miss."""
    return book([HEADER, *["<row>" + "<c/>" * 150 + "</row>"] * 20_000], **STUFFING)


@dataclass(frozen=True)
class Bomb:
    """A file, how it is made, and how it is answered."""

    make: Callable[[], bytes]
    code: str
    media: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _text(body: bytes, code: str) -> Bomb:
    return Bomb(lambda: body, code, "text/csv")


CORPUS: Mapping[str, Bomb] = {
    "inflating": Bomb(_inflating, "import.inflates"),
    "padded": Bomb(lambda: _stretched(45), "import.inflates"),
    "padded far": Bomb(lambda: _stretched(60), "import.inflates"),
    "sparse": Bomb(_sparse, "import.too_many_rows"),
    "wide": Bomb(lambda: book(['<row r="1"><c r="XFD1"><v>1</v></c></row>']), "import.too_many_columns"),
    "lying size": Bomb(_lying, "import.unreadable"),
    "entity expansion": Bomb(_laughs, "import.unsafe"),
    "external entity": Bomb(_strings_outside, "import.unsafe"),
    "deep": Bomb(_deep, "import.unsafe"),
    "a million strings": Bomb(_many_strings, "import.too_much_text"),
    "zip of zips": Bomb(_zip_of_zips, "import.not_a_workbook"),
    "truncated": Bomb(lambda: book([HEADER])[:-40], "import.unreadable"),
    "not a zip": Bomb(lambda: b"Nama,Kode\n", "import.not_a_workbook"),
    "nothing": Bomb(lambda: b"", "import.not_a_workbook"),
    "zip in name only": Bomb(lambda: b"PK\x03\x04" + b"\0" * 1_000, "import.unreadable"),
    "macros": Bomb(_macros, "import.format_macros"),
    "macro type": Bomb(_macro_type, "import.format_macros"),
    "ten thousand sheets": Bomb(lambda: packed(parts([HEADER], sheets=10_000)), "import.too_many_sheets"),
    "ten thousand parts": Bomb(
        lambda: book([HEADER], **{f"xl/worksheets/s{n}.xml": "<a/>" for n in range(10_000)}),
        "import.too_complex",
    ),
    "a million styles": Bomb(_many_styles, "import.too_complex"),
    "one endless attribute": Bomb(_long_attribute, "import.unsafe"),
    "three million cells": Bomb(_many_cells, "import.too_many_cells"),
    "merged everything": Bomb(_widened, "import.too_many_cells"),
    "repeated text": Bomb(_repeated_text, "import.too_much_text"),
    "rows in disorder": Bomb(_unordered, "import.unreadable"),
    "encrypted": Bomb(_encrypted_flag, "import.format_password"),
    "part twice": Bomb(_twice, "import.unsafe"),
    "path upwards": Bomb(lambda: book([HEADER], **{"../../etc/cron.d/x": "x"}), "import.unsafe"),
    "UTF-7 in XML": Bomb(
        lambda: book(**{SHEET: sheet([HEADER]).replace("UTF-8", "UTF-7")}), "import.unreadable"
    ),
    "endless text": Bomb(lambda: book([HEADER, text_row(2, "x" * 40_000)]), "import.too_much_text"),
    "piled marks": Bomb(lambda: book([HEADER, text_row(2, "a" + "\u0301\u0316" * 8_000)]), "import.unsafe"),
    "old Excel": Bomb(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "import.format_xls"),
    "locked Excel": Bomb(
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "import.format_password",
    ),
    "OpenDocument": Bomb(
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        "import.format_ods",
    ),
    "binary Excel": Bomb(lambda: book(**{"xl/workbook.bin": b"\0"}), "import.format_xlsb"),
    "strict Excel": Bomb(
        lambda: book(
            **{SHEET: sheet([HEADER]).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")}
        ),
        "import.format_strict",
    ),
    "empty workbook": Bomb(book, "import.empty"),
    "UTF-7": _text(b"+/v8-Nama,Kode\n", "import.encoding"),
    "NULs": _text(b"Nama,Kode\nA\0B,1\n", "import.nul"),
    "UTF-16 without a mark": _text("Nama,Kode\nA,1\n".encode("utf-16-le"), "import.nul"),
    "half of a UTF-16 letter": _text(b"\xff\xfeN", "import.encoding"),
    "open quote": _text(b'Nama,Kode\n"A,1\n', "import.quotes"),
    "endless cell": _text(b"Nama\n" + b"x" * 9_000_000, "import.quotes"),
    "piled marks in a CSV": _text(b"Nama\n" + ("a" + "\u0301\u0316" * 8_000).encode(), "import.unsafe"),
    "a million rows": _text(b"Nama\n" + b"1\n" * 1_000_000, "import.too_many_rows"),
    "a million columns": _text(b"Nama" + b",1" * 1_000_000, "import.too_many_columns"),
    "an empty CSV": _text(b"\n\n,,\n", "import.empty"),
}
