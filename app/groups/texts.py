"""What problems about groups say."""

from app.http.catalogue import speak

speak(
    {
        "group.not_found": ("There is no such group here.", "Kelompok ini tidak ada di sini."),
        "group.in_use": (
            "The group cannot be deleted: `references` names what it is part of.",
            "Kelompok tidak dapat dihapus: `references` menyebut yang diikutinya.",
        ),
    }
)
