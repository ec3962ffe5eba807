"""A token is 256 random bits behind a prefix and before a checksum, so that a leaked one is recognised at sight."""

import hashlib
import re
import secrets
import zlib

from sqlalchemy import bindparam, func, insert, select

from app import clock
from app.access.policy import ROLES
from app.access.tables import tokens
from app.database import Database, Keyed, Statement, Transaction
from app.database.words import new_id
from app.http.ask import Ask
from app.http.caller import READ, Caller
from app.http.problems import Unauthenticated

PREFIX = "brd_"
_FORM = re.compile(rb"[Bb]earer +(brd_[A-Za-z0-9_-]{43}[0-9a-f]{8})")

_by_hash = Keyed(
    select(
        tokens.c.id,
        tokens.c.name,
        tokens.c.role,
        tokens.c.region,
        tokens.c.source,
        tokens.c.expires_at,
        tokens.c.revoked_at,
    ),
    tokens.c.hash,
)
_insert = Statement(insert(tokens).values({column.name: bindparam(column.name) for column in tokens.c}))
_count = Statement(select(func.count()).select_from(tokens))

STRANGER = Caller(id="", name="", role="", region="", source="", permissions=frozenset({READ}))
NOBODY = Caller(id="", name="", role="", region="", source="", permissions=frozenset())


def _checksum(secret: str) -> str:
    return f"{zlib.crc32(secret.encode()):08x}"


def new_token() -> str:
    """A fresh token; it exists nowhere else until it is given to `keep`."""
    secret = PREFIX + secrets.token_urlsafe(32)
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
) -> None:
    """Store a token's hash with what it allows; raises `KeyError` for a role that does not exist."""
    if role not in ROLES:
        raise KeyError(role)
    await tx.execute(
        _insert,
        {
            "id": new_id(),
            "hash": hash_of(token),
            "name": name,
            "role": role,
            "region": region,
            "source": source,
            "created_at": tx.act.at,
            "expires_at": expires_at,
            "revoked_at": None,
        },
    )


async def any_token(database: Database) -> bool:
    """Whether a token was ever made."""
    row = await database.row(_count, {})
    return bool(row and row[0])


async def authenticate(ask: Ask) -> Caller:
    """The caller behind the Authorization header, or a stranger without one; raises `Unauthenticated`."""
    if ask.operation.permission is None:
        return STRANGER  # open to anybody, so that health and arithmetic never wait for the database
    header = ask.raw.get(b"authorization")
    if header is None:
        return STRANGER if ask.place.settings.public_read else NOBODY
    form = _FORM.fullmatch(header.strip())
    if form is None:
        raise Unauthenticated
    token = form[1].decode()
    if _checksum(token[:-8]) != token[-8:]:
        raise Unauthenticated
    row = await ask.database.fetch_key(_by_hash, hash_of(token))
    if row is None or row[6] is not None or (row[5] is not None and row[5] <= clock.now()):
        raise Unauthenticated
    return Caller(
        id=row[0], name=row[1], role=row[2], region=row[3], source=row[4], permissions=ROLES[row[2]]
    )
