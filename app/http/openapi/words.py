"""What the document says of the API as a whole: how to begin, what holds everywhere, and what each tag is about."""

from typing import Any

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
3. Open **Change a village**, press *Try it out*, change a figure and execute: the village is one version up.

### What holds everywhere

- **Codes.** A village is addressed by its Kemendagri code, dotted or not: `64.02.04.2001` is `6402042001`. A code
  that was retired leads to the present one. `region` takes the code of a province, regency, district or village
  and means everything in it.
- **Lists.** `next_cursor`, given back as `cursor`, is the next page; so is `Link`. `count=exact` adds `total`,
  `format=csv` or `format=xlsx` gives the whole filtered set. An unknown or repeated parameter is refused, never
  ignored.
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

_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "Make a token with `berdaya tokens create --role admin --name me` and paste it here, without "
    "the word Bearer.",
}
_PASSWORD = {
    "type": "oauth2",
    "description": "For users: sign in with name and password. The session holds for some hours; leave the client "
    "fields empty.",
    "flows": {"password": {"tokenUrl": "/v1/sessions/oauth", "scopes": {}}},
}


def ways_in(issuer: str) -> dict[str, dict[str, Any]]:
    """The security schemes; with an issuer also the tokens that it signs."""
    ways: dict[str, dict[str, Any]] = {"bearer": _BEARER, "password": _PASSWORD}
    if issuer:
        ways["issuer"] = {
            "type": "openIdConnect",
            "openIdConnectUrl": issuer.rstrip("/") + "/.well-known/openid-configuration",
            "description": "A token of this issuer, sent as a bearer.",
        }
    return ways


LEGALITY = """
The papers of cooperatives, event by event, from whoever tells them: stage, gaps, contested numbers.

**For integrators.** `berdaya tokens create --role integrator --name NAME --source NAME` makes a token. Tell what
happened, each event with an `event_id` of your own, by **Push one event**, **Push a batch of events** or, with a secret
from `berdaya webhooks secret --source NAME`, **Push a signed batch**. All three are the same ledger: an event is the
same event by every door.

| A single event | In a batch | What it means, and what to do |
|---|---|---|
| 201 | `applied` | It counts. `conflict` names the case when another cooperative claims the number |
| 200 | `duplicate` | You told it before; nothing happened |
| 409 `event.other_body` | `conflict` | Its id came before with another body: correct with a new id and `supersedes` |
| 404, 422 | `rejected` | Something is wrong in it, and nothing is kept: mend it, send it again |
| | `waiting` | The cooperative is not known yet; the event counts as soon as it is |
| 503, or no answer | | Not known whether it was taken: send the same again |

Send in any order, late, twice, in any batches: the stage follows from all events. Arrival decides in one thing only:
of two bodies under one `event_id`, the first received counts.

A webhook is signed as Standard Webhooks 1.0 says. In Python, with `body` the bytes that are sent:

```python
signed = f"{delivery_id}.{timestamp}.".encode() + body
key = base64.b64decode(secret.removeprefix("whsec_"))
signature = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
```

In TypeScript:

```ts
const raw = Uint8Array.from(atob(secret.replace("whsec_", "")), (character) => character.charCodeAt(0));
const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
const signed = new TextEncoder().encode(`${deliveryId}.${timestamp}.${body}`);
const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
const signature = "v1," + btoa(String.fromCharCode(...mac));
```

A delivery that is not signed by a secret in force, or whose timestamp is off by more than 300 seconds, is 401
`webhook.unsigned`. `berdaya simulate legality` plays a sender that does everything wrong, to compare yours with.
""".strip()

TAGS = {
    "Villages": "Desa, kelurahan and desa adat under their official codes, present and former.",
    "Regions": "The provinces, regencies and districts around them; read-only, the ministry's table decides.",
    "Cooperatives": "Koperasi Desa and Kelurahan Merah Putih, and others: who belongs, what they run.",
    "Legality": LEGALITY,
    "UKM": "Usaha kecil dan menengah: small businesses, what they make, and their figures year by year.",
    "Groups": "Kelompok masyarakat: counted, never listed by person.",
    "Trainings": "Pelatihan: who pays, who takes part, what came of it.",
    "Village index": "Indeks Desa Membangun (IDM): calculated exactly, stored beside what was published, audited.",
    "Reports": "What the registers add up to: every count with what it is of, as of when, as JSON or as a sheet.",
    "Offline": "What was done without a connection, sent when there is one, as often as it takes.",
    "Imports": "Whole sheets and the ministry's files: planned, written as one, returned with faults, taken back.",
    "Changes": "The feed: what changed since you asked last, and how to start a copy of the register.",
    "Webhooks": "Signed notices of what changed, sent to whoever subscribed, for days if need be.",
    "Access": "Who may come in: tokens for programs, users who sign in with a name and a password, their sessions, "
    "and who did or read what.",
    "Operation": "For supervisors, proxies and programmers: health, metrics, and what a problem's type means.",
}
"""Every tag with its description, in the order of the page."""
