"""What problems about plans say."""

from app.http.catalogue import speak

speak(
    {
        "plan.unknown_indicator": (
            "The edition {edition} has no such indicator.",
            "Edisi {edition} tidak memiliki indikator ini.",
        ),
        "plan.nobody_named": (
            "The edition {edition} names nobody who acts on its indicators, so no payer can be asked for.",
            "Edisi {edition} tidak menyebut pelaksana indikatornya, sehingga pembiaya tidak dapat ditentukan.",
        ),
        "plan.price": (
            "This must be rupiah a point, or an object with the rupiah of reaching each score.",
            "Ini harus berupa rupiah per poin, atau objek dengan rupiah untuk mencapai tiap skor.",
        ),
        "plan.budget_without_costs": (
            "A budget needs `costs`: without prices nothing can be held against it.",
            "Anggaran memerlukan `costs`: tanpa harga tidak ada yang dapat dibandingkan dengannya.",
        ),
    }
)
