"""What problems about the village index say."""

from app.http.catalogue import speak

speak(
    {
        "idm.rows": (
            "This needs exactly {expected} scores, in official order.",
            "Ini memerlukan tepat {expected} skor, sesuai urutan resmi.",
        ),
        "idm.score_outside_rubric": (
            "{indicator} can only have one of the scores {expected}.",
            "{indicator} hanya dapat bernilai salah satu dari {expected}.",
        ),
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
        "idm_record.not_found": (
            "No IDM of this year is recorded for this village.",
            "IDM tahun ini belum tercatat untuk desa ini.",
        ),
        "index_edition.not_found": ("There is no such edition.", "Edisi ini tidak ada."),
    }
)
