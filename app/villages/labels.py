"""What the fields of villages are called."""

from app.http.sheets.labels import label

label(
    {
        "code": ("Village code", "Kode desa/kelurahan"),
        "name": ("Village", "Desa/kelurahan"),
        "latitude": ("Latitude", "Lintang"),
        "longitude": ("Longitude", "Bujur"),
        "population": ("Population", "Jumlah penduduk"),
        "households": ("Households", "Jumlah rumah tangga"),
        "former_codes": ("Former codes", "Kode lama"),
        "idm_year": ("IDM year", "Tahun IDM"),
        "idm_score": ("IDM", "Nilai IDM"),
        "idm_status": ("IDM status", "Status IDM"),
    },
    kind="village",
)
