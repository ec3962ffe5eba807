"""What the fields of cooperatives are called."""

from app.http.sheets.labels import label

label(
    {
        "name": ("Cooperative", "Nama koperasi"),
        "member_village_codes": ("Member villages", "Kode desa anggota"),
        "formation_method": ("How formed", "Cara pembentukan"),
        "management": ("Management", "Pola pengelolaan"),
        "established_on": ("Established", "Tanggal berdiri"),
        "address": ("Address", "Alamat"),
        "units": ("Business units", "Unit usaha"),
        "missing": ("Papers missing for a loan", "Kelengkapan pinjaman yang belum ada"),
    },
    kind="cooperative",
)

label(
    {
        "legality_stage": ("Legality stage", "Tahap legalitas"),
        "sk_number": ("SK number", "Nomor SK"),
        "sk_on": ("SK date", "Tanggal SK"),
        "nib": ("NIB", "NIB"),
        "npwp": ("NPWP", "NPWP"),
        "nik_koperasi": ("NIK of the cooperative", "NIK koperasi"),
        "loan_ready": ("Ready for a loan", "Siap pinjaman"),
        "cooperative_id": ("Id of the cooperative", "Id koperasi"),
    },
)
