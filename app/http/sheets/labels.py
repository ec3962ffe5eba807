"""What people call a field, in both languages: the headers of a sheet, and the words by which an import knows them.

Features add theirs with `label`; the label of one kind of thing goes before the label that any kind may use.
"""

from collections.abc import Mapping

from app.http.catalogue import Language, Text

LABELS: dict[tuple[str, str], Text] = {}
"""By kind and field; the kind is empty where a label holds for any kind."""


def label(texts: Mapping[str, tuple[str, str]], *, kind: str = "") -> None:
    """Add labels (English, Bahasa Indonesia) by field; raises `ValueError` where one is taken."""
    told = {(kind, name): Text(*both) for name, both in texts.items()}
    taken = LABELS.keys() & told.keys()
    if taken:
        raise ValueError(f"already labelled: {sorted(taken)}")
    LABELS.update(told)


def labelled(kind: str, name: str) -> Text | None:
    """The label of a field of this kind, None where nobody gave one."""
    return LABELS.get((kind, name)) or LABELS.get(("", name))


def header(kind: str, name: str, language: Language) -> str:
    """The label of a field in a language; its own name where nobody gave one."""
    text = labelled(kind, name)
    return text.say(language, {}) if text else name


label(
    {
        "id": ("Id", "Id"),
        "name": ("Name", "Nama"),
        "kind": ("Kind", "Jenis"),
        "status": ("Status", "Status"),
        "year": ("Year", "Tahun"),
        "code": ("Code", "Kode"),
        "region": ("Region", "Wilayah"),
        "village_code": ("Village code", "Kode desa/kelurahan"),
        "village_name": ("Village", "Desa/kelurahan"),
        "district_code": ("District code", "Kode kecamatan"),
        "district_name": ("District", "Kecamatan"),
        "regency_code": ("Regency code", "Kode kabupaten/kota"),
        "regency_name": ("Regency", "Kabupaten/kota"),
        "source": ("Source", "Sumber"),
        "note": ("Note", "Catatan"),
        "reason": ("Reason", "Alasan"),
        "as_of": ("As of", "Keadaan per"),
        "version": ("Version", "Versi"),
        "created_at": ("Entered", "Dicatat"),
        "updated_at": ("Changed", "Diubah"),
        "masked": ("Hidden fields", "Bidang yang disembunyikan"),
        "phone": ("Phone", "Telepon"),
        "email": ("E-mail", "Surel"),
        "members_male": ("Members, men", "Anggota laki-laki"),
        "members_female": ("Members, women", "Anggota perempuan"),
        "q": ("Search", "Pencarian"),
        "sort": ("Order", "Urutan"),
        "cursor": ("Begins after", "Dimulai setelah"),
        "updated_since": ("Changed since", "Diubah sejak"),
        "group_by": ("Grouped by", "Dikelompokkan menurut"),
        "from": ("From year", "Dari tahun"),
        "to": ("To year", "Sampai tahun"),
    }
)
label(
    {
        "data": ("Data", "Data"),
        "about": ("About", "Keterangan"),
        "source": ("Source", "Sumber"),
        "made_at": ("Made", "Dibuat"),
        "rows": ("Rows", "Jumlah baris"),
        "all": ("everything", "semua"),
        "filters": ("Chosen", "Saringan"),
        "zone": ("Clock", "Zona waktu"),
        "empty": ("Empty cell", "Sel kosong"),
        "not_reported": (
            "not reported or hidden, never 0",
            "tidak dilaporkan atau disembunyikan, tidak pernah 0",
        ),
        "columns": ("Column", "Kolom"),
        "field": ("field of the API", "bidang pada API"),
    },
    kind="about",
)
