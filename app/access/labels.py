"""What the fields of tokens, users and the audit trail are called."""

from app.http.sheets.labels import label

label(
    {
        "source": ("Source of events", "Sumber peristiwa"),
        "expires_at": ("Expires", "Berlaku sampai"),
        "last_used_at": ("Last used", "Terakhir dipakai"),
    },
    kind="token",
)

label(
    {
        "password_changed_at": ("Password changed", "Kata sandi diubah"),
    },
    kind="user",
)

label(
    {
        "role": ("Role", "Peran"),
        "user_id": ("Id of the user", "Id pengguna"),
    }
)

label(
    {
        "at": ("Moment", "Waktu"),
        "actor": ("Id of who did it", "Id pelaku"),
        "actor_name": ("Who did it", "Pelaku"),
        "request_id": ("Id of the request", "Id permintaan"),
        "action": ("Action", "Tindakan"),
        "type": ("Type", "Jenis data"),
        "resource_id": ("Id of the thing", "Id data"),
        "address": ("Address", "Alamat jaringan"),
        "before": ("Before", "Sebelum"),
        "after": ("After", "Sesudah"),
        "since": ("Since", "Sejak"),
        "until": ("Until", "Sampai"),
        "number": ("Number", "Nomor"),
        "hash": ("Seal", "Segel"),
    },
    kind="audit_row",
)
