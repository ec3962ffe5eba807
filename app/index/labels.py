"""What the fields of the index and of its audit are called."""

from app.http.sheets.labels import label

label(
    {
        "iks": ("IKS, calculated", "IKS hasil hitungan"),
        "ike": ("IKE, calculated", "IKE hasil hitungan"),
        "ikl": ("IKL, calculated", "IKL hasil hitungan"),
        "idm": ("IDM, calculated", "IDM hasil hitungan"),
        "status": ("Status, calculated", "Status hasil hitungan"),
        "target_status": ("Next status", "Status berikutnya"),
        "target_score": ("IDM of the next status", "IDM status berikutnya"),
        "increase_needed": ("Increase needed", "Kenaikan yang diperlukan"),
        "scores_iks": ("Scores IKS 1–35", "Skor IKS 1–35"),
        "scores_ike": ("Scores IKE 1–12", "Skor IKE 1–12"),
        "scores_ikl": ("Scores IKL 1–3", "Skor IKL 1–3"),
        "published_iks": ("IKS, published", "IKS terbit"),
        "published_ike": ("IKE, published", "IKE terbit"),
        "published_ikl": ("IKL, published", "IKL terbit"),
        "audit_consistent": ("Published figures follow from the scores", "Angka terbit sesuai dengan skor"),
    },
    kind="idm_record",
)

label(
    {
        "consistent": ("Consistent", "Sesuai"),
        "finding": ("Finding", "Temuan dicari"),
        "findings": ("Findings", "Temuan"),
        "differences": ("Differences (published, calculated)", "Selisih (terbit, hasil hitungan)"),
        "explanation_code": ("Explanation, code", "Kode penjelasan"),
        "explanation_text": ("Explanation", "Penjelasan"),
        "implied_indicators": ("Rows shown wrongly", "Indikator yang tampil keliru"),
        "implied_shown": ("Scores shown", "Skor yang tampil"),
        "implied_sum": ("Sum of the true scores", "Jumlah skor sebenarnya"),
        "implied_readings": ("Possible true scores", "Kemungkinan skor sebenarnya"),
        "implied_text": ("What the published index implies", "Yang tersirat dari indeks terbit"),
        "idm_by_rows": ("IDM, calculated", "IDM hasil hitungan"),
        "status_by_published_idm": ("Status by the published IDM", "Status menurut IDM terbit"),
        "status_by_rows": ("Status, calculated", "Status hasil hitungan"),
        "correction_request": ("Letter to the ministry", "Surat ke kementerian"),
    },
    kind="idm_audit",
)

label(
    {
        "edition": ("Method", "Metode"),
        "published_idm": ("IDM, published", "IDM terbit"),
        "published_status": ("Status, published", "Status terbit"),
    },
)
