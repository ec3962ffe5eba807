"""A token is 256 random bits behind a prefix and before a checksum, so that a leaked one is recognised at sight."""

import hashlib
import re
import secrets
import time
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import bindparam, func, select

from app.access.policy import ROLES
from app.access.tables import TOKENS, tokens
from app.database import Database, Keyed, Statement, Transaction
from app.database.face import Row
from app.database.register import State
from app.database.words import Word, new_id
from app.http.ask import Ask
from app.http.caller import READ, Caller
from app.http.problems import Unauthenticated

PREFIXES = {"token": "brd_", "session": "brs_"}
_FORM = re.compile(rb"[Bb]earer +(br[ds]_[A-Za-z0-9_-]{43}[0-9a-f]{8})")
_SIGNED = re.compile(rb"[Bb]earer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)")
_SIGNED_AT_MOST = 8192

_by_hash = Keyed(
    select(
        tokens.c.id,
        tokens.c.name,
        tokens.c.role,
        tokens.c.region,
        tokens.c.source,
        tokens.c.expires_at,
        tokens.c.user_id,
    ),
    tokens.c.hash,
)
_whole = Statement(select(*TOKENS.published).where(tokens.c.hash == bindparam("hash", type_=Word)))
_count = Statement(select(func.count()).select_from(tokens))

STRANGER = Caller(id="", name="", role="", region="", source="", permissions=frozenset({READ}))
NOBODY = Caller(id="", name="", role="", region="", source="", permissions=frozenset())


def _checksum(secret: str) -> str:
    return f"{zlib.crc32(secret.encode()):08x}"


def new_token(kind: str = "token") -> str:
    """A fresh token, or one of a session; it exists nowhere else until it is given to `keep`."""
    secret = PREFIXES[kind] + secrets.token_urlsafe(32)
    return secret + _checksum(secret)


def hash_of(token: str) -> str:
    """What is stored of a token. 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


async def keep(
    tx: Transaction,
    token: str,
    *,
    role: str,
    name: str,
    region: str,
    source: str,
    expires_at: str | None = None,
    user_id: str | None = None,
) -> State:
    """Store a token's hash with what it allows, a session's with whose it is.

    Raises `KeyError` for a role that does not exist.
    """
    if role not in ROLES:
        raise KeyError(role)
    return await TOKENS.create(
        tx,
        {
            "id": new_id(),
            "hash": hash_of(token),
            "kind": "token" if user_id is None else "session",
            "name": name,
            "role": role,
            "region": region or None,
            "source": source,
            "user_id": user_id,
            "expires_at": expires_at,
            "last_used_at": None,
        },
    )


async def any_token(database: Database) -> bool:
    """Whether there is a token."""
    row = await database.row(_count, {})
    return bool(row and row[0])


@dataclass(frozen=True, slots=True)
class _Known:
    """What a header meant when it was last asked about: the key of its row, the row then, and the caller it made."""

    statement: ClassVar[Keyed] = _by_hash
    header: bytes
    key: str
    row: Row
    caller: Caller
    expires: float

    def proved(self, ask: Ask, row: Row | None) -> Caller:
        known = self if row == self.row else _known_as(self.header, self.key, row)
        now = time.time()
        if known.expires <= now:
            raise Unauthenticated
        ask.place.used[known.key] = now
        return known.caller


_known: dict[bytes, _Known] = {}
_KNOWN_AT_MOST = 10_000


async def authenticate(ask: Ask) -> Caller:
    """The caller behind the Authorization header, or a stranger without one; raises `Unauthenticated`.

    The row of a token is read for every request, so that a revocation holds at once on every worker; what is
    remembered of a header only saves reading the row's meaning again while it is the same, and lets an operation
    that begins with a row of its own read both together.
    """
    if ask.operation.permission is None:
        return STRANGER  # open to anybody, so that health and arithmetic never wait for the database
    header = ask.raw.get(b"authorization")
    place = ask.place
    if header is None:
        return STRANGER if place.settings.public_read else NOBODY
    known = _known.get(header)
    if known is None and place.verify is not None and (signed := _signed_in(header)):
        return await place.verify(signed)
    if known is not None and ask.operation.keyed:
        ask.presumed = known
        return known.caller
    key = _hash_in(header) if known is None else known.key
    row = await place.database.fetch_key(_by_hash, key)
    return (known or _known_as(header, key, row)).proved(ask, row)


async def presented(ask: Ask) -> State | None:
    """The whole state of the token that came with a request; None where something else says who asks."""
    try:
        key = _hash_in(ask.raw.get(b"authorization", b""))
    except Unauthenticated:
        return None
    row = await ask.place.database.row(_whole, {"hash": key})
    return None if row is None else TOKENS.state(row)


def _signed_in(header: bytes) -> bytes | None:
    form = _SIGNED.fullmatch(header.strip()) if len(header) <= _SIGNED_AT_MOST else None
    return form and form[1]


def _hash_in(header: bytes) -> str:
    form = _FORM.fullmatch(header.strip())
    if form is None:
        raise Unauthenticated
    token = form[1].decode()
    if _checksum(token[:-8]) != token[-8:]:
        raise Unauthenticated
    return hash_of(token)


def _known_as(header: bytes, key: str, row: Row | None) -> _Known:
    _known.pop(header, None)
    if row is None:
        raise Unauthenticated
    id, name, role, region, source, expires_at, user_id = row
    # Whoever signed in is the same caller in every session.
    caller = Caller(
        id=user_id or id, name=name, role=role, region=region, source=source, permissions=ROLES[role]
    )
    expires = float("inf") if expires_at is None else datetime.fromisoformat(expires_at).timestamp()
    if len(_known) >= _KNOWN_AT_MOST:
        _known.clear()
    known = _known[header] = _Known(header, key, row, caller, expires)
    return known
