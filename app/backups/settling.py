"""What was going on when the backup was made ends there: a new epoch of the feed, no leases, no sessions.

The trail tells that the register was restored, from what, and when.
"""

from typing import Any

import orjson
from sqlalchemy import bindparam, insert, literal_column, null, select, update

from app.access.tables import TOKENS, tokens
from app.backups.form import Manifest
from app.changes.epoch import raise_epoch
from app.changes.webhooks.tables import positions
from app.database import Statement, Transaction
from app.database.ledgers import audit
from app.database.record import present_transaction
from app.database.words import Instant, new_id
from app.exchange.imports.tables import import_jobs

_now = bindparam("now", type_=Instant)
_give_back = (
    Statement(
        update(import_jobs)
        .where(import_jobs.c.leased_by.is_not(None))
        .values(leased_by=null(), leased_until=null())
    ),
    Statement(
        update(positions)
        .where(positions.c.leased_by.is_not(None))
        .values(leased_by=null(), leased_until=_now)
    ),
)
_sessions = Statement(
    select(*TOKENS.published).where(tokens.c.kind == literal_column("'session'")).order_by(tokens.c.id)
)
_GIVEN = [column for column in audit.c if column.name not in ("position", "transaction_id")]
_note = Statement(
    insert(audit).values(
        {
            "transaction_id": present_transaction(),
            **{column.name: bindparam(column.name, type_=column.type) for column in _GIVEN},
        }
    )
)


async def settle(tx: Transaction, manifest: Manifest) -> str:
    """Make a register of its own of what was put back; gives the new epoch.

    An import or a delivery that somebody worked on is there for whoever comes first.
    """
    epoch = await raise_epoch(tx)
    for statement in _give_back:
        await tx.execute(statement, {"now": tx.act.at})
    for row in await tx.fetch(_sessions, {}):
        await TOKENS.delete(tx, TOKENS.state(row))
    await tx.execute(_note, _told(tx, manifest, epoch))
    return epoch


def _told(tx: Transaction, manifest: Manifest, epoch: str) -> dict[str, Any]:
    head = manifest.head
    told = {"backup_at": head.at, "revision": head.revision, "engine": head.engine, "rows": manifest.rows}
    return {
        "id": new_id(),
        "at": tx.act.at,
        "actor": tx.act.actor,
        "actor_name": tx.act.actor_name,
        "role": tx.act.role,
        "address": tx.act.address,
        "request_id": tx.act.request_id,
        "action": tx.act.action,
        "type": "register",
        "resource_id": epoch,
        "village_code": None,
        "version": 0,
        "before": None,
        "after": orjson.dumps({**told, "audit_head": manifest.audit_head}).decode(),
    }
