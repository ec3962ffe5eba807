"""What problems with the file of an import say, and which status they have."""

from collections.abc import Mapping
from typing import Any

from app.http.catalogue import speak
from app.http.problems import Refusal, TooLarge, UnsupportedMedia, invalid

_SAVE_EN = (
    "In Excel or LibreOffice choose Save As and the type “Excel Workbook (.xlsx)”, then send that file."
)
_SAVE_ID = (
    "Di Excel atau LibreOffice pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”, lalu kirim berkas itu."
)

speak(
    {
        "import.media_type": (
            "Send the file as {expected}.",
            "Kirim berkas sebagai {expected}.",
        ),
        "import.not_a_workbook": (
            f"This is not an Excel workbook. {_SAVE_EN}",
            f"Ini bukan buku kerja Excel. {_SAVE_ID}",
        ),
        "import.format_xls": (
            f"This is a workbook of the old type .xls. {_SAVE_EN}",
            f"Ini buku kerja jenis lama .xls. {_SAVE_ID}",
        ),
        "import.format_ods": (
            f"This is an OpenDocument spreadsheet (.ods). {_SAVE_EN}",
            f"Ini lembar sebar OpenDocument (.ods). {_SAVE_ID}",
        ),
        "import.format_xlsb": (
            f"This is a binary workbook (.xlsb). {_SAVE_EN}",
            f"Ini buku kerja biner (.xlsb). {_SAVE_ID}",
        ),
        "import.format_macros": (
            f"This workbook holds macros (.xlsm), which are not accepted. {_SAVE_EN}",
            f"Buku kerja ini memuat makro (.xlsm) yang tidak diterima. {_SAVE_ID}",
        ),
        "import.format_strict": (
            "This workbook is saved as “Strict Open XML”. Save it as “Excel Workbook (.xlsx)” and send that file.",
            "Buku kerja ini tersimpan sebagai “Strict Open XML”. Simpan sebagai “Excel Workbook (.xlsx)”, lalu kirim.",
        ),
        "import.format_password": (
            "This workbook is protected by a password. Save it without one and send that file.",
            "Buku kerja ini dilindungi kata sandi. Simpan tanpa kata sandi lalu kirim berkas itu.",
        ),
        "import.unreadable": (
            f"The file is damaged and cannot be read. {_SAVE_EN}",
            f"Berkas rusak dan tidak dapat dibaca. {_SAVE_ID}",
        ),
        "import.unsafe": (
            "The file holds something that no spreadsheet program writes, and is not read.",
            "Berkas memuat sesuatu yang tidak ditulis program lembar sebar mana pun, sehingga tidak dibaca.",
        ),
        "import.inflates": (
            "Unpacked, the workbook is larger than {limit} bytes, or far larger than the file. Send fewer rows.",
            "Setelah dibuka, buku kerja melebihi {limit} bita atau jauh melebihi berkasnya. Kirim lebih sedikit baris.",
        ),
        "import.too_many_rows": (
            "The sheet has more than {limit} rows. Send it in parts.",
            "Lembar memuat lebih dari {limit} baris. Kirim bertahap.",
        ),
        "import.too_many_columns": (
            "The sheet has more than {limit} columns.",
            "Lembar memuat lebih dari {limit} kolom.",
        ),
        "import.too_many_cells": (
            "The workbook has more than {limit} cells. Send it in parts.",
            "Buku kerja memuat lebih dari {limit} sel. Kirim bertahap.",
        ),
        "import.too_many_sheets": (
            "The workbook has more than {limit} sheets. Send only the sheet to be imported.",
            "Buku kerja memuat lebih dari {limit} lembar. Kirim hanya lembar yang akan diimpor.",
        ),
        "import.too_much_text": (
            "The file holds more text than an import takes. Send it in parts.",
            "Berkas memuat lebih banyak teks daripada yang dapat diimpor. Kirim bertahap.",
        ),
        "import.too_complex": (
            "The workbook has too many parts. Copy the sheet to be imported into a new workbook and send that.",
            "Buku kerja memuat terlalu banyak bagian. Salin lembar yang akan diimpor ke buku kerja baru lalu kirim.",
        ),
        "import.too_hard": (
            "Reading the file takes too much time or memory. Send it in parts.",
            "Membaca berkas ini memerlukan terlalu banyak waktu atau memori. Kirim bertahap.",
        ),
        "import.too_large_to_mark": (
            "A workbook of more than {limit} cells is not marked; the import lists what is wrong with it.",
            "Buku kerja dengan lebih dari {limit} sel tidak ditandai; daftar kesalahan ada pada impornya.",
        ),
        "import.empty": ("There is nothing in the file.", "Tidak ada isi dalam berkas."),
        "import.encoding": (
            "The text is in an encoding that is not known here. Save it as “CSV UTF-8”.",
            "Teks memakai penyandian yang tidak dikenal. Simpan sebagai “CSV UTF-8”.",
        ),
        "import.nul": (
            "The text holds NUL characters. Save it as “CSV UTF-8”.",
            "Teks memuat karakter NUL. Simpan sebagai “CSV UTF-8”.",
        ),
        "import.quotes": (
            "From row {row} on the quotation marks do not match, or a cell is too long.",
            "Mulai baris {row} tanda kutip tidak berpasangan, atau isi sel terlalu panjang.",
        ),
        "import.repaired_encoding": (
            "The text was read as Windows-1252, since it is not UTF-8; look whether accented letters are right.",
            "Teks dibaca sebagai Windows-1252 karena bukan UTF-8; periksa apakah huruf beraksen sudah benar.",
        ),
    }
)

_STATUS: Mapping[str, type[Refusal]] = {
    **dict.fromkeys(
        (
            "import.not_a_workbook",
            "import.format_xls",
            "import.format_ods",
            "import.format_xlsb",
            "import.format_macros",
            "import.format_strict",
            "import.format_password",
        ),
        UnsupportedMedia,
    ),
    **dict.fromkeys(
        (
            "import.inflates",
            "import.too_many_rows",
            "import.too_many_columns",
            "import.too_many_cells",
            "import.too_many_sheets",
            "import.too_much_text",
            "import.too_complex",
            "import.too_hard",
            "import.too_large_to_mark",
        ),
        TooLarge,
    ),
}


def refusal(code: str, **facts: Any) -> Refusal:
    """The problem of a code: 415 for a file of another type, 413 for one that is too much, else 422."""
    status = _STATUS.get(code)
    return invalid("", code, **facts) if status is None else status(code, **facts)
