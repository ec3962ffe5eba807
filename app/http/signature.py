"""A delivery counts only when a secret in force has signed these very bytes, now (Standard Webhooks 1.0.0, `v1`).

Signed is `id.timestamp.body` with HMAC-SHA256. A header list of signatures and a list of secrets may overlap, so
that a secret can be changed without losing a delivery. Whatever else is sent is `Unsigned`, never another error.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hmac import compare_digest, digest
from typing import NamedTuple

TOLERANCE_SECONDS = 300
ID, TIMESTAMP, SIGNATURE = b"webhook-id", b"webhook-timestamp", b"webhook-signature"

# Neither part before the body may hold a full stop: what was signed could then be cut at another place.
_ID = re.compile(rb"[\x21-\x2d\x2f-\x7e]{1,256}")
_SECONDS = re.compile(rb"[1-9][0-9]{0,11}")
_SIGNED = re.compile(rb"v[0-9]+[a-z]*,[A-Za-z0-9+/]+={0,2}")


class Unsigned(Exception):
    """401: the delivery is not from who it says; `reason` is for our log and tells nothing secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Secret(NamedTuple):
    """A shared secret: `key` are its raw bytes, `until` the Unix second from which it no longer counts."""

    id: str
    key: bytes
    until: int | None = None


class Delivery(NamedTuple):
    """A delivery that is signed: `id` stays the same over retries, `secret` is the id of the one that fits."""

    id: str
    timestamp: int
    secret: str


def key_of(secret: str) -> bytes:
    """The raw bytes of `whsec_…`; raises `ValueError` unless they are 24 to 64."""
    text = secret.removeprefix("whsec_").rstrip("=")
    key = b64decode(text + "=" * (-len(text) % 4), validate=True)
    if not 24 <= len(key) <= 64:
        raise ValueError("a webhook secret has 24 to 64 bytes")
    return key


def verify(*, body: bytes, headers: Mapping[bytes, bytes], secrets: Iterable[Secret], now: float) -> Delivery:
    """What was delivered, by the body as it came in and headers with lower-case names; raises `Unsigned`.

    `now`: Unix seconds. Signatures of other versions are passed over; one that is no signature refuses all.
    A signature is compared as text: several texts decode to the same bytes, and only one of them was sent.
    """
    id, timestamp = headers.get(ID, b""), headers.get(TIMESTAMP, b"")
    signatures = headers.get(SIGNATURE, b"").split(b" ")
    if not _ID.fullmatch(id):
        raise Unsigned("id")
    if not _SECONDS.fullmatch(timestamp):
        raise Unsigned("timestamp")
    if not all(map(_SIGNED.fullmatch, signatures)):
        raise Unsigned("signature")
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise Unsigned("clock")
    for secret in secrets:
        if secret.until is None or now < secret.until:
            expected = _signature(secret.key, id, timestamp, body)
            if any(compare_digest(expected, given) for given in signatures):
                return Delivery(id.decode(), int(timestamp), secret.id)
    raise Unsigned("unmatched")


def sign(*, body: bytes, id: str, timestamp: int, keys: Iterable[bytes]) -> dict[str, str]:
    """The three headers of a delivery, signed with each key; raises `ValueError` for what `verify` would refuse."""
    sent, seconds = id.encode(), str(timestamp).encode()
    if not _ID.fullmatch(sent) or not _SECONDS.fullmatch(seconds):
        raise ValueError("an id is visible ASCII without a full stop, a timestamp positive whole seconds")
    signatures = b" ".join([_signature(key, sent, seconds, body) for key in keys])
    return {ID.decode(): id, TIMESTAMP.decode(): seconds.decode(), SIGNATURE.decode(): signatures.decode()}


def _signature(key: bytes, id: bytes, timestamp: bytes, body: bytes) -> bytes:
    return b"v1," + b64encode(digest(key, id + b"." + timestamp + b"." + body, "sha256"))
