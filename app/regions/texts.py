"""What problems about codes and regions say."""

from app.http.catalogue import speak

speak(
    {
        "code.malformed": (
            "A village code looks like 64.02.04.2001 (or 6402042001).",
            "Kode desa berbentuk 64.02.04.2001 (atau 6402042001).",
        ),
        "code.bps": (
            "This looks like a BPS code. Use the Kemendagri code: Kutai Kartanegara is 64.02 there and 6403 at BPS.",
            "Ini tampak seperti kode BPS. Gunakan kode Kemendagri: Kutai Kartanegara 64.02, sedangkan di BPS 6403.",
        ),
        "region.malformed": (
            "A region is 2, 5, 8 or 13 characters of a Kemendagri code, as 64.02.04, dotted or not.",
            "Wilayah ditulis 2, 5, 8, atau 13 karakter kode Kemendagri, misalnya 64.02.04, dengan atau tanpa titik.",
        ),
        "region.not_found": ("There is no such region.", "Wilayah ini tidak ada."),
        "region.unknown_district": (
            "The district of this code is not in the table of regions.",
            "Kecamatan dari kode ini tidak ada dalam tabel wilayah.",
        ),
    }
)
