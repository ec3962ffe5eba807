"""What problems about legality events say."""

from app.cooperatives.numbers import TEXTS
from app.http.catalogue import speak

speak(
    {
        **TEXTS,
        "event.one_time": (
            "An event has either occurred_on or occurred_at.",
            "Sebuah peristiwa memiliki occurred_on atau occurred_at, salah satu.",
        ),
        "event.one_reference": (
            "Name the cooperative by exactly one of id, village_code, sk_number, nik_koperasi.",
            "Sebut koperasi dengan tepat satu dari id, village_code, sk_number, nik_koperasi.",
        ),
        "event.supersedes_itself": (
            "An event cannot correct itself.",
            "Peristiwa tidak dapat mengoreksi dirinya sendiri.",
        ),
        "event.other_body": (
            "This event_id came before with another body; the first one counts, this one is kept beside it.",
            "event_id ini sudah pernah dikirim dengan isi lain; yang pertama yang berlaku, ini disimpan di sampingnya.",
        ),
        "event.not_found": (
            "There is no such event here.",
            "Tidak ada peristiwa dengan id ini di sini.",
        ),
        "cooperative.ambiguous": (
            "Several cooperatives answer to this; `candidates` lists them. Give the id.",
            "Beberapa koperasi cocok; lihat `candidates`. Berikan id-nya.",
        ),
        "cooperative.has_events": (
            "The cooperative has legality events from outside; record pembubaran instead.",
            "Koperasi memiliki peristiwa legalitas dari luar; catat pembubaran.",
        ),
        "conflict.not_found": ("There is no such contested number.", "Tidak ada sengketa nomor ini."),
        "conflict.not_claimant": (
            "The holder must be one of the cooperatives that claim the number.",
            "Pemegang harus salah satu koperasi yang mengklaim nomor ini.",
        ),
    }
)
