"""What the fields of regions are called."""

from app.http.sheets.labels import label

label(
    {
        "code": ("Region code", "Kode wilayah"),
        "level": ("Level", "Tingkat"),
        "parent": ("Within", "Bagian dari"),
    },
    kind="region",
)
