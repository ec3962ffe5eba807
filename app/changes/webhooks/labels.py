"""What the fields of subscriptions are called."""

from app.http.sheets.labels import label

label(
    {
        "url": ("Address", "Alamat"),
        "types": ("Kinds of things", "Jenis data"),
        "description": ("Description", "Keterangan"),
        "secret_changed_at": ("Secret changed", "Rahasia diubah"),
        "enabled": ("Enabled", "Aktif"),
    },
    kind="webhook_subscription",
)
