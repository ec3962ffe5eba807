"""What problems about UKM and their years say."""

from app.http.catalogue import speak

speak(
    {
        "ukm.not_found": ("There is no such UKM here.", "UKM ini tidak ada di sini."),
        "ukm.in_use": (
            "The UKM cannot be deleted: `references` names what refers to it.",
            "UKM tidak dapat dihapus: `references` menyebut yang terkait dengannya.",
        ),
        "ukm.expires_before_issue": (
            "It would expire before it was issued.",
            "Tanggal kedaluwarsa mendahului tanggal terbit.",
        ),
        "ukm_year.not_found": (
            "No figures are recorded for this year.",
            "Belum ada data untuk tahun ini.",
        ),
        "ukm_year.in_future": (
            "This year has not begun yet.",
            "Tahun ini belum dimulai.",
        ),
    }
)
