"""What problems about operations of an outbox say."""

from app.http.catalogue import speak

speak(
    {
        "operation.uuid7": (
            "This must be a UUIDv7 in lower case, made by the client.",
            "Ini harus UUIDv7 dengan huruf kecil, dibuat oleh klien.",
        ),
        "operation.address": (
            "A thing of this type is addressed as {form}.",
            "Data jenis ini dialamatkan sebagai {form}.",
        ),
        "operation.other_address": (
            "This differs from what resource_id says.",
            "Ini berbeda dari yang disebut resource_id.",
        ),
        "operation.exists": (
            "There is such a thing already; change it with an update.",
            "Data ini sudah ada; ubah dengan update.",
        ),
        "operation.version_required": (
            "Give the version that you saw as expected_version.",
            "Berikan versi yang Anda lihat sebagai expected_version.",
        ),
        "operation.other_body": (
            "Another operation was done under this id; give this one an id of its own.",
            "Operasi lain sudah dikerjakan dengan id ini; beri operasi ini id sendiri.",
        ),
    }
)
