"""The audit trail in a backup is sealed to its end: what the snapshot holds unsealed gets its links in the file.

They stand behind the last link, in the order of the feed, as the sealer would put them; so a restore needs no numbers
of transactions, and the head in the manifest is that of the restored trail.
"""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import bindparam, select

from app.access.audit.chain import FIELDS, START, Head, link
from app.database import Statement
from app.database.ledgers import audit, audit_chain
from app.database.record import later
from app.database.whole import BATCH, Whole
from app.database.words import Count, Position

_furthest = Statement(
    select(audit_chain.c.transaction_id, audit_chain.c.position)
    .order_by(audit_chain.c.transaction_id.desc(), audit_chain.c.position.desc())
    .limit(bindparam("one", 1, type_=Count))
)
_last = Statement(
    select(audit_chain.c.number, audit_chain.c.hash)
    .order_by(audit_chain.c.number.desc())
    .limit(bindparam("one", 1, type_=Count))
)
_behind = Statement(
    select(audit.c.transaction_id, *(audit.c[name] for name in FIELDS))
    .where(later(audit, bindparam("transaction_id", type_=Position), bindparam("position", type_=Position)))
    .order_by(audit.c.transaction_id, audit.c.position)
    .limit(bindparam("batch", BATCH, type_=Count))
)


async def head(whole: Whole) -> Head:
    """The last link that is stored."""
    rows = await whole.fetch(_last, {})
    return Head(*rows[0]) if rows else Head(0, START.hex())


async def missing_links(whole: Whole) -> AsyncIterator[dict[str, Any]]:
    """The rows that `audit_chain` would have if all were sealed at this instant."""
    number, digits = await head(whole)
    before = bytes.fromhex(digits)
    place = (await whole.fetch(_furthest, {}) or [(-1, -1)])[0]
    while rows := await whole.fetch(_behind, {"transaction_id": place[0], "position": place[1]}):
        for transaction_id, *content in rows:
            number, before = number + 1, link(before, content)
            place = (transaction_id, content[0])
            yield {"number": number, "transaction_id": 0, "position": content[0], "hash": before.hex()}
