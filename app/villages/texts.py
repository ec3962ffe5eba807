"""What problems about villages say."""

from app.http.catalogue import speak

speak(
    {
        "village.not_found": (
            "There is no such village here. Codes are Kemendagri codes, as 64.02.04.2001.",
            "Desa ini tidak ada di sini. Kode yang dipakai adalah kode Kemendagri, misalnya 64.02.04.2001.",
        ),
        "village.moved": ("This code was retired; the village has a new one.", "Kode ini sudah diganti."),
        "village.exists": (
            "A village with this code is already registered.",
            "Desa dengan kode ini sudah tercatat.",
        ),
        "village.in_use": (
            "The village cannot be deleted: `references` names what belongs to it.",
            "Desa tidak dapat dihapus: `references` menyebut yang terkait dengannya.",
        ),
        "village.ambiguous": (
            "Several villages have this name; `candidates` lists them. Give the code.",
            "Beberapa desa bernama sama; lihat `candidates`. Berikan kodenya.",
        ),
        "village.name_differs": (
            "The village with this code has another name.",
            "Desa dengan kode ini bernama lain.",
        ),
        "village.half_place": (
            "Latitude and longitude are given together or not at all.",
            "Lintang dan bujur diisi berdua atau tidak sama sekali.",
        ),
        "village.same_code": ("The village has this code already.", "Desa sudah memakai kode ini."),
    }
)
