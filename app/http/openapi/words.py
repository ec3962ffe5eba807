"""What the document says of the API as a whole: how to begin, what holds everywhere, and what each tag is about."""

TITLE = "Berdaya"
SUMMARY = "The register that lifts villages"

DESCRIPTION = """
The register of a regency's villages: their cooperatives and legal papers, small businesses (UKM), groups,
trainings, and the index that says which sector still needs strengthening. It comes with the 237 villages of
Kutai Kartanegara, in East Kalimantan.

### First steps

1. Open **List villages**, press *Try it out*, set `region` to `64.02.04` and execute: the villages of Anggana.
   Reading is open, unless this installation says otherwise.
2. For writing, make a token with `berdaya tokens create --role admin --name me` and press *Authorize*.
3. Open **Change a village**, press *Try it out* and execute: the answer is the village, one version up.

### What holds everywhere

- **Codes.** A village is addressed by its Kemendagri code, dotted or not: `64.02.04.2001` is `6402042001`. A code
  that was retired leads to the present one. `region` takes the code of a province, regency, district or village
  and means everything in it.
- **Lists.** `next_cursor`, given back as `cursor`, is the next page; so is `Link`. `count=exact` adds `total`,
  `format=csv` gives the whole filtered set. An unknown or repeated parameter is refused, never ignored.
- **Changes.** PATCH is JSON Merge Patch: what is absent stays, `null` clears. Send back the `ETag` you read as
  `If-Match`, and nobody's change is overwritten.
- **Retries.** Send an `Idempotency-Key` with a POST that stores: however often it is sent, it has one effect and
  one answer.
- **Refusals.** Every refusal is a problem document (RFC 9457). Its `errors` name each fault with a JSON Pointer,
  its `type` can be opened. Messages are English, or Bahasa Indonesia with `Accept-Language: id`.
- **Requests.** Every answer has an `X-Request-ID` that finds it in the log; send your own and it is kept. Whatever
  answers GET answers HEAD; another method is 405 with `Allow`.
- **Values.** `null` means not reported; it is never 0. Money is whole rupiah (`…_idr`), an instant is UTC (`…_at`),
  a day is a date (`…_on`).
- **Growth.** Answers may gain fields: ignore what you do not know.

Examples are requests that were really made, with what was answered; long lists are cut short. Villages, codes and
published figures in them are real, whatever is called *Contoh* (example) is made up.
"""

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "Make a token with `berdaya tokens create --role admin --name me` and paste it here, without "
    "the word Bearer.",
}

TAGS = {
    "Villages": "Desa, kelurahan and desa adat under their official codes, present and former.",
    "Regions": "The provinces, regencies and districts around them; read-only, the ministry's table decides.",
    "Cooperatives": "Koperasi Desa and Kelurahan Merah Putih, and others: who belongs, what they run.",
    "Legality": "The papers of cooperatives, event by event, from whoever tells them: stage, gaps, contested numbers.",
    "UKM": "Usaha kecil dan menengah: small businesses, what they make, and their figures year by year.",
    "Groups": "Kelompok masyarakat: counted, never listed by person.",
    "Trainings": "Pelatihan: who pays, who takes part, what came of it.",
    "Village index": "Indeks Desa Membangun (IDM): calculated exactly, stored beside what was published, audited.",
    "Operation": "For supervisors, proxies and programmers: health, metrics, and what a problem's type means.",
}
"""Every tag with its description, in the order of the page."""
