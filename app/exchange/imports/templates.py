"""An empty form as a workbook, or one filled with what is there: what Excel would spoil is text before anyone types.

Read again unchanged it says the very values that were put in.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from app.http.catalogue import Language
from app.http.sheets.cells import WORDS, moment, plain

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHAPES: Mapping[str, str] = {
    "integer": "0",
    "decimal": "General",
    "money": "#,##0",
    "day": "yyyy-mm-dd",
    "instant": "yyyy-mm-dd hh:mm:ss",
}
"""How a column shows its cells, by its shape; every other shape (text, code, digits, choice) is text."""

EMPTY_ROWS = 1_000
"""Rows below the filled ones that offer choices too."""
_EXACT = 10**15
_FIRST_DAY = date(1900, 3, 1)
_LONGEST_INLINE = 255


class TemplateColumn(NamedTuple):
    """One column: its header, what it takes, how wide it is in characters, and what helps to fill it in."""

    label: str
    shape: str = "text"
    width: int = 18
    choices: tuple[str, ...] = ()
    required: bool = False
    help: str = ""


class _Words(NamedTuple):
    data: str
    how: str
    lines: tuple[str, ...]
    column: str
    needed: str
    allowed: str
    yes: str
    choose: str


_SAID: Mapping[Language, _Words] = {
    "en": _Words(
        "Data",
        "Instructions",
        (
            "Fill in the sheet “Data”, one row for each thing. Columns marked with * must be filled in.",
            "Leave the headers as they are; columns may change places, and those not needed may be deleted.",
            "Rows that are here already have been filled in for you.",
            "Do not change the columns id and version: by them a row finds its thing, and a change by others is seen.",
            "Codes, NIB, NPWP and telephone numbers are text, so that no zero is lost. Days are YYYY-MM-DD.",
            "Save as Excel Workbook (.xlsx) and send it, first as a plan: it changes nothing and names every fault.",
        ),
        "Column",
        "Required",
        "What to enter",
        "yes",
        "Choose one from the list.",
    ),
    "id": _Words(
        "Data",
        "Petunjuk",
        (
            "Isi lembar “Data”, satu baris untuk setiap hal. Kolom bertanda * wajib diisi.",
            "Biarkan judul kolom apa adanya; urutan kolom boleh berubah, dan kolom yang tidak perlu boleh dihapus.",
            "Baris yang sudah ada telah diisikan.",
            "Jangan ubah kolom id dan versi: dengan itu data lama dikenali, dan perubahan oleh orang lain terlihat.",
            "Kode, NIB, NPWP, dan nomor telepon adalah teks agar angka nol tidak hilang. Tanggal: TTTT-BB-HH.",
            "Simpan sebagai Excel Workbook (.xlsx) lalu kirim, mula-mula sebagai rencana: semua kesalahan disebut.",
        ),
        "Kolom",
        "Wajib",
        "Isian",
        "ya",
        "Pilih salah satu dari daftar.",
    ),
}


def template(
    kind_columns: Sequence[TemplateColumn],
    rows: Iterable[Sequence[Any]],
    *,
    language: Language,
    zone: ZoneInfo,
) -> bytes:
    """A workbook to fill in: a sheet with these columns and rows, one with instructions, the choices in a hidden one.

    A row has a value a column as the JSON form has it: text, number, boolean, null, a list; a day or an instant as its
    text, shown on the clock of `zone`. For a thread: it takes about a second for 20,000 cells.
    """
    import xlsxwriter  # noqa: PLC0415  # 16 MB that a process needs once somebody asks for a template

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    words = _SAID[language]
    data, how = book.add_worksheet(words.data), book.add_worksheet(words.how)
    formats = {shape: book.add_format({"num_format": shown}) for shape, shown in SHAPES.items()}
    texts = book.add_format({"num_format": "@"})
    _head(book, data, kind_columns, formats, texts)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, (told, value) in enumerate(zip(kind_columns, row, strict=True)):
            _put(data, (last, column), value, told.shape, language=language, zone=zone)
    _offer(book, data, kind_columns, last + EMPTY_ROWS, words)
    _instruct(book, how, kind_columns, words)
    book.close()
    return made.getvalue()


def _head(
    book: "Workbook",
    data: "Worksheet",
    columns: Sequence[TemplateColumn],
    formats: Mapping[str, "Format"],
    texts: "Format",
) -> None:
    """The header, in sight while one scrolls, and the format of every cell below it."""
    look = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}
    needed = book.add_format({**look, "bg_color": "#FFE699"})
    other = book.add_format({**look, "bg_color": "#DDEBF7"})
    for place, column in enumerate(columns):
        data.set_column(place, place, column.width, formats.get(column.shape, texts))
        data.write_string(0, place, marked(column), needed if column.required else other)
        if column.help:
            data.write_comment(0, place, column.help, {"author": "Berdaya", "x_scale": 2})
    data.freeze_panes(1, 0)


def marked(column: TemplateColumn) -> str:
    """The header of a column; what must be filled in bears a star."""
    return f"{column.label} *" if column.required else column.label


def _put(
    data: "Worksheet", place: tuple[int, int], value: Any, shape: str, *, language: Language, zone: ZoneInfo
) -> None:
    """One value, in the format of its column."""
    told = WORDS[language][value] if isinstance(value, bool) else plain(value)
    if told is None or told == "":
        return
    if isinstance(told, int | float | Decimal) and shape in SHAPES and abs(told) < _EXACT:
        data.write_number(*place, told)
        return
    when = moment(told, zone) if shape in {"day", "instant"} else None
    day = when.date() if isinstance(when, datetime) else when
    if when is not None and day is not None and day >= _FIRST_DAY:
        data.write_datetime(*place, when if isinstance(when, datetime) else datetime.combine(day, time()))
        return
    data.write_string(*place, str(told))


def _offer(
    book: "Workbook", data: "Worksheet", columns: Sequence[TemplateColumn], last: int, words: _Words
) -> None:
    """Drop-downs: in the cell's own rule where the list is short, else from a hidden sheet."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415  # as above

    hidden: Worksheet | None = None
    for place, column in enumerate(columns):
        if not column.choices:
            continue
        source: str | list[str] = list(column.choices)
        if len(",".join(column.choices)) > _LONGEST_INLINE or any("," in one for one in column.choices):
            if hidden is None:
                hidden = book.add_worksheet("Pilihan")
                hidden.hide()
            hidden.write_column(0, place, column.choices)
            letters = xl_col_to_name(place, col_abs=True)
            source = f"=Pilihan!{letters}$1:{letters}${len(column.choices)}"
        rule = {"validate": "list", "source": source, "error_message": words.choose, "error_type": "stop"}
        data.data_validation(1, place, last, place, rule)


def _instruct(book: "Workbook", how: "Worksheet", columns: Sequence[TemplateColumn], words: _Words) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    how.set_column(0, 0, 34, wrapped)
    how.set_column(1, 1, 10, wrapped)
    how.set_column(2, 2, 90, wrapped)
    for line, said in enumerate(words.lines):
        how.merge_range(line, 0, line, 2, said, wrapped)
        how.set_row(line, 32)
    first = len(words.lines) + 1
    for place, word in enumerate((words.column, words.needed, words.allowed)):
        how.write_string(first, place, word, bold)
    for line, column in enumerate(columns, start=first + 1):
        allowed = "; ".join(filter(None, (column.help, ", ".join(column.choices[:50]))))
        for place, said in enumerate((column.label, words.yes if column.required else "", allowed)):
            how.write_string(line, place, said)
