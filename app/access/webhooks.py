"""A webhook is let in by its signature: by a secret of its source, over the very bytes that came, before they are read.

An unknown source, a wrong signature and a header of any kind get the same answer, so nothing can be learned from it.
"""

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import bindparam, insert, or_, select, update

from app import clock
from app.access.tables import webhook_secrets
from app.database import Database, Statement, Transaction
from app.database.words import Instant, Word, new_id
from app.http.ask import Ask
from app.http.caller import Caller
from app.http.fields import CONTROL
from app.http.idempotency import Key
from app.http.problems import Unauthenticated
from app.http.signature import Secret, Unsigned, verify

KEEP_DAYS = 30
"""For how long a delivery that comes again is answered as it was the first time."""

_log = structlog.get_logger("berdaya.webhook")
_of_source = Statement(
    select(webhook_secrets.c.id, webhook_secrets.c.key, webhook_secrets.c.region)
    .where(
        webhook_secrets.c.source == bindparam("source", type_=Word),
        or_(webhook_secrets.c.until.is_(None), webhook_secrets.c.until > bindparam("now", type_=Instant)),
    )
    .order_by(webhook_secrets.c.created_at.desc())
)
_all = Statement(
    select(
        webhook_secrets.c.source,
        webhook_secrets.c.id,
        webhook_secrets.c.region,
        webhook_secrets.c.created_at,
        webhook_secrets.c.until,
    ).order_by(webhook_secrets.c.source, webhook_secrets.c.created_at)
)
_insert = Statement(
    insert(webhook_secrets).values({column.name: bindparam(column.name) for column in webhook_secrets.c})
)
_end = Statement(
    update(webhook_secrets)
    .where(
        webhook_secrets.c.source == bindparam("source", type_=Word),
        or_(webhook_secrets.c.until.is_(None), webhook_secrets.c.until > bindparam("end", type_=Instant)),
    )
    .values(until=bindparam("end", type_=Instant))
)


async def signed(ask: Ask) -> None:
    """Let in a delivery that a secret in force has signed; raises `Unauthenticated` `webhook.unsigned` otherwise.

    The caller is then the source itself, within the region of the secret, and `webhook-id` names the attempt.
    """
    body = await ask.receive_body(ask.place.settings.body_limit)
    source, now = ask.path_values["source"], clock.now()
    asked = {"source": source if named(source) else "", "now": now}
    rows = await ask.database.fetch(_of_source, asked)
    known = [Secret(id, bytes(key)) for id, key, _ in rows]
    try:
        delivery = verify(body=body, headers=ask.raw, secrets=known, now=_second_of(now))
    except Unsigned as unsigned:
        _log.info("unsigned", request_id=ask.request_id, reason=unsigned.reason)
        raise Unauthenticated("webhook.unsigned", scheme="StandardWebhooks") from unsigned
    region = next(row[2] for row in rows if row[0] == delivery.secret)
    ask.caller = Caller(
        id=f"webhook:{source}",
        name=source,
        role="integrator",
        region=region,
        source=source,
        permissions=frozenset({"legality:push"}),
    )
    ask.attempt = Key(
        caller=ask.caller.id,
        route=ask.operation.path,
        key=delivery.id,
        fingerprint=hashlib.sha256(body).hexdigest(),
        header="webhook-id",
        days=KEEP_DAYS,
        other_request="webhook.other_body",
    )


def named(source: str) -> bool:
    """Whether a source can have a secret: 1 to 200 printable characters that make one part of an address."""
    return (
        0 < len(source) <= 200 and source.isprintable() and "/" not in source and not CONTROL.search(source)
    )


def _second_of(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def new_key() -> bytes:
    """A fresh key of 256 bits; it exists nowhere else until it is given to `keep`."""
    return secrets.token_bytes(32)


def text_of(key: bytes) -> str:
    """A key as the sender is told it: `whsec_…`."""
    return "whsec_" + b64encode(key).decode()


async def keep(tx: Transaction, key: bytes, *, source: str, region: str, overlap_hours: float) -> None:
    """Store a new secret of a source; the older ones end after the overlap, those that end sooner as they were to."""
    await tx.execute(_end, {"source": source, "end": clock.later(tx.act.at, hours=overlap_hours)})
    await tx.execute(
        _insert,
        {
            "id": new_id(),
            "source": source,
            "region": region,
            "key": key,
            "created_at": tx.act.at,
            "until": None,
        },
    )


async def listed(database: Database) -> Sequence[Sequence[str | None]]:
    """Source, id, region, when it was made and until when it counts, of every secret; never the secret."""
    return await database.fetch(_all, {})
