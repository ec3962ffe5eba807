"""What problems about the village index say."""

from app.http.catalogue import speak

_ROWS = (
    "This needs exactly {expected} scores, in official order.",
    "Ini memerlukan tepat {expected} skor, sesuai urutan resmi.",
)
_OUTSIDE = (
    "{indicator} can only have one of the scores {expected}.",
    "{indicator} hanya dapat bernilai salah satu dari {expected}.",
)

speak(
    {
        "idm.rows": _ROWS,
        "idm.score_outside_rubric": _OUTSIDE,
        "idm.rows_incomplete": (
            "The rows iks, ike and ikl are given all three or not at all.",
            "Baris iks, ike, dan ikl diisi ketiganya atau tidak sama sekali.",
        ),
        "idm.nothing_known": (
            "Give the rows (iks, ike, ikl), the published figures, or both.",
            "Isi barisnya (iks, ike, ikl), angka terbitannya, atau keduanya.",
        ),
        "idm.nothing_published": (
            "At least one published figure is needed; leave `published` out when none is known.",
            "Diperlukan paling sedikit satu angka terbitan; kosongkan `published` bila tidak ada.",
        ),
        "idm.year": (
            "The IDM measures the years {first} to {last}; from 2025 on the Indeks Desa takes its place.",
            "IDM mengukur tahun {first} sampai {last}; mulai 2025 digantikan Indeks Desa.",
        ),
        "idm.kelurahan": (
            "A kelurahan has no IDM; only a desa or a desa adat has one.",
            "Kelurahan tidak memiliki IDM; hanya desa atau desa adat yang memilikinya.",
        ),
        "idm.repeated": (
            "An earlier line tells of the same village and year.",
            "Baris sebelumnya sudah memuat desa dan tahun yang sama.",
        ),
        "idm.line_cells": (
            "This line has more or fewer cells than the header.",
            "Jumlah sel baris ini tidak sama dengan judul kolomnya.",
        ),
        "idm_record.not_found": (
            "No IDM of this year is recorded for this village.",
            "IDM tahun ini belum tercatat untuk desa ini.",
        ),
        "idm_record.no_rows": (
            "Only published figures are known of this year; this needs the rows (iks, ike, ikl).",
            "Tahun ini hanya diketahui angka terbitannya; ini memerlukan barisnya (iks, ike, ikl).",
        ),
        "idm.unknown_indicator": (
            "There is no such indicator; there are iks_01 to iks_35, ike_01 to ike_12, ikl_01 to ikl_03.",
            "Indikator ini tidak ada; yang ada iks_01 sampai iks_35, ike_01 sampai ike_12, ikl_01 sampai ikl_03.",
        ),
        "index_edition.rows": _ROWS,
        "index_edition.score_outside_rubric": _OUTSIDE,
        "index_edition.not_found": ("There is no such edition.", "Edisi ini tidak ada."),
    }
)
