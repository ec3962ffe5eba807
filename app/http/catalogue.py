"""Every code a problem can carry, with its text in English and Bahasa Indonesia; features add theirs with `speak`.

A text may name facts of ours (`{limit}`), never a value that the caller sent.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Literal, NamedTuple

Language = Literal["en", "id"]


class Text(NamedTuple):
    """One message in both languages."""

    en: str
    id: str

    def say(self, language: Language, facts: Mapping[str, object]) -> str:
        """The message with its facts filled in; a fact that is missing stays visible as its name."""
        return (self.id if language == "id" else self.en).format_map(_Facts(facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


TEXTS: dict[str, Text] = {
    "request.malformed_json": Text("The body is not valid JSON.", "Isi permintaan bukan JSON yang sah."),
    "request.malformed_text": Text("The body is not valid UTF-8.", "Isi permintaan bukan UTF-8 yang sah."),
    "request.incomplete": Text("The body broke off.", "Isi permintaan terputus."),
    "query.malformed_text": Text("The query is not valid UTF-8.", "Kueri bukan UTF-8 yang sah."),
    "request.too_deep": Text(
        "The body is nested deeper than {limit} levels.",
        "Isi permintaan bersarang lebih dari {limit} tingkat.",
    ),
    "request.too_large": Text(
        "The body is larger than {limit} bytes.", "Isi permintaan lebih besar dari {limit} bita."
    ),
    "request.media_type": Text(
        "The body must be sent as {expected}.", "Isi permintaan harus dikirim sebagai {expected}."
    ),
    "request.encoding": Text(
        "A compressed body is not accepted; send it plain.",
        "Isi permintaan terkompresi tidak diterima; kirim tanpa kompresi.",
    ),
    "request.not_acceptable": Text("Available here: {available}.", "Yang tersedia di sini: {available}."),
    "request.invalid": Text(
        "The request has {count} fault(s); `errors` names each.",
        "Permintaan memuat {count} kesalahan; `errors` menyebut semuanya.",
    ),
    "request.precondition": Text(
        "The resource has changed since the version in If-Match.",
        "Sumber daya sudah berubah sejak versi pada If-Match.",
    ),
    "request.precondition_required": Text(
        "Send If-Match with the ETag you read.", "Kirim If-Match dengan ETag yang telah dibaca."
    ),
    "route.not_found": Text("There is nothing at this address.", "Tidak ada apa pun di alamat ini."),
    "problem.not_found": Text("No problem has this code.", "Tidak ada masalah dengan kode ini."),
    "route.method": Text("This address answers to {allowed}.", "Alamat ini melayani {allowed}."),
    "access.unauthenticated": Text(
        "A valid token is needed: Authorization: Bearer <token>.",
        "Diperlukan token yang berlaku: Authorization: Bearer <token>.",
    ),
    "access.forbidden": Text(
        "Your role does not include {permission}.", "Peran Anda tidak mencakup {permission}."
    ),
    "fair_use.exceeded": Text(
        "Too many requests for now; ask again in {wait} seconds.",
        "Terlalu banyak permintaan untuk saat ini; ulangi dalam {wait} detik.",
    ),
    "idempotency.other_request": Text(
        "This Idempotency-Key was used for another request.",
        "Idempotency-Key ini sudah dipakai untuk permintaan lain.",
    ),
    "idempotency.erased": Text(
        "This was done already; its answer showed personal data that has been erased since.",
        "Ini sudah dikerjakan; jawabannya memuat data pribadi yang sejak itu telah dihapus.",
    ),
    "idempotency.running": Text(
        "A request with this Idempotency-Key is still running.",
        "Permintaan dengan Idempotency-Key ini masih berjalan.",
    ),
    "webhook.unsigned": Text(
        "The delivery is not signed by a secret in force for this source, or its timestamp is off by more than five "
        "minutes.",
        "Kiriman ini tidak ditandatangani dengan rahasia yang berlaku untuk sumber ini, atau waktunya meleset lebih "
        "dari lima menit.",
    ),
    "webhook.other_body": Text(
        "This webhook-id was delivered before with another body.",
        "webhook-id ini sudah pernah dikirim dengan isi lain.",
    ),
    "idempotency.malformed": Text(
        "An Idempotency-Key has 1 to 255 visible ASCII characters.",
        "Idempotency-Key terdiri dari 1 sampai 255 karakter ASCII tercetak.",
    ),
    "secret_shown_once": Text(
        "The answer held a secret and is not kept; make a new one.",
        "Jawaban memuat rahasia dan tidak disimpan; buat yang baru.",
    ),
    "server.unavailable": Text(
        "The service cannot answer right now; try again shortly.",
        "Layanan belum dapat menjawab; coba lagi sebentar.",
    ),
    "server.crowded": Text(
        "More is being asked at once than can be answered; try again shortly.",
        "Permintaan sedang lebih banyak daripada yang dapat dijawab; coba lagi sebentar.",
    ),
    "server.fault": Text(
        "Something went wrong on our side; the request id finds it in the log.",
        "Terjadi kesalahan di pihak kami; request id menunjukkannya di log.",
    ),
    "conflict.constraint": Text(
        "The register already holds something that this contradicts.",
        "Data ini bertentangan dengan yang sudah tercatat.",
    ),
    "field.required": Text("This field is required.", "Bidang ini wajib diisi."),
    "field.unknown": Text("There is no such field.", "Bidang ini tidak dikenal."),
    "field.repeated": Text("This is given more than once.", "Ini diberikan lebih dari sekali."),
    "field.null": Text("This must not be null.", "Ini tidak boleh null."),
    "read_only": Text("This field is read-only.", "Bidang ini hanya dapat dibaca."),
    "value.invalid": Text("This value is not valid.", "Nilai ini tidak sah."),
    "value.number": Text("This must be a number.", "Ini harus berupa angka."),
    "value.integer": Text("This must be a whole number.", "Ini harus berupa bilangan bulat."),
    "value.text": Text("This must be text.", "Ini harus berupa teks."),
    "value.boolean": Text("This must be true or false.", "Ini harus true atau false."),
    "value.object": Text("This must be an object.", "Ini harus berupa objek."),
    "value.list": Text("This must be a list.", "Ini harus berupa daftar."),
    "value.choice": Text("This must be one of {expected}.", "Ini harus salah satu dari {expected}."),
    "value.too_small": Text("This must be at least {limit}.", "Ini paling sedikit {limit}."),
    "value.too_large": Text("This must be at most {limit}.", "Ini paling banyak {limit}."),
    "value.date": Text("This must be a date, YYYY-MM-DD.", "Ini harus tanggal, YYYY-MM-DD."),
    "value.date_future": Text("This date lies in the future.", "Tanggal ini di masa depan."),
    "value.instant": Text(
        "This must be an instant with an offset, as 2025-05-28T09:00:00Z.",
        "Ini harus waktu dengan offset, seperti 2025-05-28T09:00:00Z.",
    ),
    "value.uuid": Text("This must be a UUID.", "Ini harus UUID."),
    "value.pattern": Text("This does not have the expected form.", "Bentuknya tidak sesuai."),
    "value.number_range": Text(
        "This number cannot be represented.", "Angka ini tidak dapat direpresentasikan."
    ),
    "text.too_short": Text(
        "This must have at least {limit} character(s).", "Ini paling sedikit {limit} karakter."
    ),
    "text.too_long": Text(
        "This must have at most {limit} characters.", "Ini paling banyak {limit} karakter."
    ),
    "text.character": Text(
        "This holds a character that cannot be stored (control, NUL or half a surrogate pair).",
        "Ini memuat karakter yang tidak dapat disimpan (kontrol, NUL, atau separuh pasangan surrogate).",
    ),
    "text.population_nik": Text(
        "This holds 16 digits in the form of a person's NIK: six of a place, six of a birthday, four more. Such "
        "numbers are not kept here: nothing needs them, and the law guards them (UU 24/2013, UU 27/2022). Leave it "
        "out; a name, or how many people there were, is enough.",
        "Ini memuat 16 angka berbentuk NIK penduduk: enam angka wilayah, enam angka tanggal lahir, empat angka urut. "
        "Nomor itu tidak disimpan di sini: tidak ada yang memerlukannya dan undang-undang melindunginya (UU 24/2013, "
        "UU 27/2022). Hapus nomornya; nama atau jumlah orang sudah cukup.",
    ),
    "text.blank": Text("This must not be blank.", "Ini tidak boleh kosong."),
    "list.too_short": Text(
        "This needs at least {limit} item(s).", "Ini memerlukan paling sedikit {limit} butir."
    ),
    "list.too_long": Text("This may have at most {limit} items.", "Ini paling banyak {limit} butir."),
    "list.repeated": Text(
        "The same item stands here more than once.", "Butir yang sama muncul lebih dari sekali."
    ),
    "cursor.unknown": Text(
        "This cursor does not belong to this list; start again without it.",
        "Kursor ini bukan milik daftar ini; mulai lagi tanpa kursor.",
    ),
    "sort.unknown": Text("This list sorts by {expected}.", "Daftar ini dapat diurutkan menurut {expected}."),
    "dialect.csv_only": Text("A dialect is one of CSV.", "Dialek hanya ada pada CSV."),
    "phone.malformed": Text("This is not a phone number.", "Ini bukan nomor telepon."),
    "email.malformed": Text("This is not an e-mail address.", "Ini bukan alamat surel."),
}

TITLES: dict[int, Text] = {
    308: Text("Moved for good", "Berpindah permanen"),
    400: Text("The request cannot be read", "Permintaan tidak terbaca"),
    401: Text("Who is asking?", "Siapa yang bertanya?"),
    403: Text("Not for your role", "Bukan wewenang peran Anda"),
    404: Text("Not found", "Tidak ditemukan"),
    405: Text("Method not allowed", "Metode tidak diizinkan"),
    406: Text("Not available in that form", "Tidak tersedia dalam bentuk itu"),
    409: Text("In conflict with the register", "Bertentangan dengan data tercatat"),
    410: Text("No longer here", "Tidak ada lagi"),
    412: Text("Changed in the meantime", "Sudah berubah sementara itu"),
    413: Text("Too large", "Terlalu besar"),
    415: Text("Unsupported media type", "Jenis media tidak didukung"),
    422: Text("The request does not hold", "Permintaan tidak memenuhi syarat"),
    428: Text("A condition is required", "Diperlukan syarat"),
    429: Text("Too many requests", "Terlalu banyak permintaan"),
    500: Text("A fault of ours", "Kesalahan di pihak kami"),
    503: Text("Not available right now", "Belum tersedia saat ini"),
}


def speak(texts: Mapping[str, tuple[str, str]]) -> None:
    """Add a feature's codes; raises `ValueError` when a code is taken."""
    taken = TEXTS.keys() & texts.keys()
    if taken:
        raise ValueError(f"already in the catalogue: {sorted(taken)}")
    TEXTS.update({code: Text(*both) for code, both in texts.items()})


_TAGS: dict[str, Language] = {"id": "id", "in": "id", "en": "en"}


def language_of(accept_language: str) -> Language:
    """Bahasa Indonesia when the caller prefers it to English, else English; `in` is its old tag."""
    preference: dict[Language, float] = {}
    for part in accept_language[:200].split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = _TAGS.get(tag.strip().partition("-")[0].lower())
        if language is not None:
            with suppress(ValueError):
                preference.setdefault(language, float(quality or 1))
    return "id" if preference.get("id", 0) > preference.get("en", 0) else "en"
