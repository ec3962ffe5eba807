"""What problems about cooperatives say."""

from app.http.catalogue import speak

speak(
    {
        "cooperative.not_found": ("There is no such cooperative here.", "Koperasi ini tidak ada di sini."),
        "cooperative.name_taken": (
            "Another cooperative bears this name.",
            "Nama ini sudah dipakai koperasi lain.",
        ),
        "cooperative.name_rule": (
            "A Koperasi Merah Putih bears its village's name. Here that is: {expected}.",
            "Koperasi Merah Putih memakai nama desa/kelurahannya. Di sini: {expected}.",
        ),
        "cooperative.kind_place": (
            "A {village_kind} has a {expected}.",
            "Untuk {village_kind} jenisnya {expected}.",
        ),
        "cooperative.member_is_seat": (
            "The village it is seated in is not named among the others.",
            "Desa tempat kedudukan tidak disebut lagi di antara desa lainnya.",
        ),
        "cooperative.in_use": (
            "The cooperative cannot be deleted: `references` names what refers to it.",
            "Koperasi tidak dapat dihapus: `references` menyebut yang terkait dengannya.",
        ),
    }
)
