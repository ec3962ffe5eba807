"""What problems about reports say."""

from app.http.catalogue import speak

speak(
    {
        "report.too_many": (
            "The region holds more than {limit} cooperatives; name a smaller one.",
            "Wilayah ini memuat lebih dari {limit} koperasi; sebut wilayah yang lebih kecil.",
        ),
        "report.years_order": (
            "This year must be later than `from`.",
            "Tahun ini harus sesudah `from`.",
        ),
        "report.editions_differ": (
            "The two years were not measured by the same edition of the index, so they cannot be compared.",
            "Kedua tahun ini tidak diukur dengan edisi indeks yang sama, sehingga tidak dapat dibandingkan.",
        ),
    }
)
