"""A personal value stands in the audit trail as a keyed digest: equal values look equal, and nobody reads one.

Without the key nothing can be tried either: the few million phone numbers there are would soon be guessed from a
plain hash. Where there is no key the trail only says that there was a value.
"""

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

PREFIX = "hmac-sha256:"
NO_KEY = "(personal)"
KEY_CHARACTERS = 32
"""What a key needs at least."""
_BYTES = 16


def digest(key: bytes | None, value: Any) -> str:
    """What the trail says of a personal value: `hmac-sha256:` and 22 characters of base64url, or `(personal)`.

    The first 16 bytes of HMAC-SHA256 over the value's JSON; so one telephone is recognised in all registers.
    """
    if key is None:
        return NO_KEY
    told = hmac.digest(key, orjson.dumps(value), "sha256")[:_BYTES]
    return PREFIX + urlsafe_b64encode(told).rstrip(b"=").decode()


def key_beside(path: str) -> bytes:
    """The key in the file `<database>.audit-key`, which only its owner reads; made at the first start."""
    place = Path(f"{path}.audit-key")
    with suppress(FileNotFoundError):
        return _read(place)
    # Written whole before it has its name, so that two processes that start together end up with one key.
    made = place.with_name(f"{place.name}.{secrets.token_hex(6)}")
    file = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "w") as out:
            out.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):
            os.link(made, place)
    finally:
        made.unlink()
    return _read(place)


def _read(place: Path) -> bytes:
    key = place.read_text().strip()
    if len(key) < KEY_CHARACTERS:
        raise ValueError(f"{place.name} holds no key: {KEY_CHARACTERS} characters or more are needed")
    return key.encode()
