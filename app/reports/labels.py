"""What the columns of reports are called."""

from app.http.sheets.labels import label

Said = dict[str, tuple[str, str]]

_STATUSES: Said = {
    "sangat_tertinggal": ("Sangat tertinggal", "Sangat tertinggal"),
    "tertinggal": ("Tertinggal", "Tertinggal"),
    "berkembang": ("Berkembang", "Berkembang"),
    "maju": ("Maju", "Maju"),
    "mandiri": ("Mandiri", "Mandiri"),
}
_INDICES = {"idm": "IDM", "iks": "IKS", "ike": "IKE", "ikl": "IKL"}
_OF_A_REGION: Said = {
    "code": ("Region code", "Kode wilayah"),
    "name": ("Region", "Wilayah"),
}


def _of_each(measures: Said) -> Said:
    return {
        f"{index}_{name}": (f"{said}, {english}", f"{said}, {indonesian}")
        for index, said in _INDICES.items()
        for name, (english, indonesian) in measures.items()
    }


label(
    {
        **_OF_A_REGION,
        "cooperatives": ("Cooperatives", "Koperasi"),
        "belum_terbentuk": ("Stage: belum terbentuk", "Tahap: belum terbentuk"),
        "terbentuk": ("Stage: terbentuk", "Tahap: terbentuk"),
        "pemesanan_nama": ("Stage: pemesanan nama", "Tahap: pemesanan nama"),
        "akta_terbit": ("Stage: akta terbit", "Tahap: akta terbit"),
        "diajukan": ("Stage: diajukan", "Tahap: diajukan"),
        "berbadan_hukum": ("Stage: berbadan hukum", "Tahap: berbadan hukum"),
        "dikembalikan": ("Stage: dikembalikan", "Tahap: dikembalikan"),
        "ditolak": ("Stage: ditolak", "Tahap: ditolak"),
        "dibubarkan": ("Stage: dibubarkan", "Tahap: dibubarkan"),
        "akta": ("Has a deed", "Memiliki akta"),
        "sk_ahu": ("Has the decree (SK AHU)", "Memiliki SK AHU"),
        "berita_negara": ("Is in the State Gazette", "Termuat di Berita Negara"),
        "npwp": ("Has an NPWP", "Memiliki NPWP"),
        "rekening": ("Has a bank account", "Memiliki rekening"),
        "nib": ("Has an NIB", "Memiliki NIB"),
        "nik_koperasi": ("Has an NIK of cooperatives", "Memiliki NIK koperasi"),
        "loan_ready": ("Ready for a loan", "Siap pinjaman"),
    },
    kind="legality",
)
label(
    {
        "name": ("Cooperative", "Nama koperasi"),
        "since": ("At this stage since", "Pada tahap ini sejak"),
        "days": ("Days", "Lama (hari)"),
        "stage": ("Stage asked for", "Tahap dicari"),
        "last_milestone": ("Last milestone", "Tahapan terakhir"),
        "next_milestone": ("Next milestone", "Tahapan berikutnya"),
        "lacking": ("Papers missing", "Kelengkapan yang belum ada"),
    },
    kind="legality-stalled",
)
label(
    {
        **_OF_A_REGION,
        "desa": ("Desa in the register", "Desa tercatat"),
        "measured": ("Desa measured", "Desa terukur"),
        "without_idm": ("Without IDM", "Tanpa IDM"),
        "status_unknown": ("Status unknown", "Status tidak diketahui"),
        **_STATUSES,
        **_of_each(
            {
                "mean": ("mean", "rata-rata"),
                "minimum": ("lowest", "terendah"),
                "maximum": ("highest", "tertinggi"),
            }
        ),
    },
    kind="idm-status",
)
label(
    {
        **_OF_A_REGION,
        "villages": ("Villages with both years", "Desa dengan kedua tahun"),
        "only_from": ("Only the first year", "Hanya tahun awal"),
        "only_to": ("Only the second year", "Hanya tahun akhir"),
        "status_unknown": ("Status unknown", "Status tidak diketahui"),
        "risen": ("Risen", "Naik"),
        "unchanged": ("Unchanged", "Tetap"),
        "fallen": ("Fallen", "Turun"),
        **{
            f"{before}_to_{after}": (f"{first[0]} to {last[0]}", f"{first[1]} ke {last[1]}")
            for before, first in _STATUSES.items()
            for after, last in _STATUSES.items()
        },
        **_of_each({"change": ("mean change", "perubahan rata-rata")}),
    },
    kind="idm-transitions",
)
label(
    {
        **_OF_A_REGION,
        **_of_each(
            {
                "villages": ("villages", "jumlah desa"),
                "mean": ("mean", "rata-rata"),
                "gini": ("Gini", "Gini"),
                "theil": ("Theil", "Theil"),
                "theil_within": ("Theil within groups", "Theil dalam kelompok"),
                "theil_between": ("Theil between groups", "Theil antarkelompok"),
            }
        ),
    },
    kind="inequality",
)
label(
    {
        "index": ("Index", "Indeks"),
        "trained_villages": ("Villages with a training", "Desa dengan pelatihan"),
        "untrained_villages": ("Villages without", "Desa tanpa pelatihan"),
        "trained": ("Mean change with a training", "Perubahan rata-rata dengan pelatihan"),
        "untrained": ("Mean change without", "Perubahan rata-rata tanpa pelatihan"),
        "difference": ("Difference", "Selisih"),
        "low": ("Interval from", "Selang dari"),
        "high": ("Interval to", "Selang sampai"),
        "minimum": ("Villages needed in a group", "Desa minimum per kelompok"),
        "confidence": ("Confidence", "Tingkat kepercayaan"),
        "refusal": ("Why there are no figures", "Alasan tanpa angka"),
    },
    kind="training-impact",
)
