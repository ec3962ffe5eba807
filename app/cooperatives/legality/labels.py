"""What the fields of legality events are called."""

from app.http.sheets.labels import label

label(
    {
        "source": ("Sender", "Pengirim"),
        "event_id": ("Id given by the sender", "Id dari pengirim"),
        "milestone": ("Milestone", "Tahapan"),
        "outcome": ("Outcome", "Hasil"),
        "occurred_on": ("Day", "Tanggal kejadian"),
        "occurred_at": ("Moment", "Waktu kejadian"),
        "number": ("Number", "Nomor"),
        "issuer": ("Issued by", "Diterbitkan oleh"),
        "supersedes": ("Corrects", "Mengoreksi"),
        "received_at": ("Received", "Diterima"),
    },
    kind="legality_event",
)
