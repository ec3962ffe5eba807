"""What problems about reports say."""

from app.http.catalogue import speak

speak(
    {
        "report.too_many": (
            "The region holds more than {limit} cooperatives; name a smaller one.",
            "Wilayah ini memuat lebih dari {limit} koperasi; sebut wilayah yang lebih kecil.",
        ),
    }
)
