"""A restored change log is another one: its positions begin a new epoch, and every copy starts again.

A restore goes back to an earlier state, and on PostgreSQL often into a cluster that counts its transactions from the
beginning. Changes that were read are gone, numbers are given out again, and a cursor from before means nothing. So
before a restored database is served, `raise_epoch` runs in it, once, on either engine.
"""

from app.changes import queries
from app.database import Transaction
from app.database.words import new_id

_TOGETHER = 50_000
"""Rows of one statement, which must end well within its time."""


async def raise_epoch(tx: Transaction) -> str:
    """Begin a new epoch and give it; every cursor of before is then answered 410 `feed.restarted`.

    The restored changes come to belong to transaction 0, before all that this server will ever count; among
    themselves they keep the order in which they were written. Without that, changes with numbers that this server
    has not reached yet would stay unread until it has. An epoch is a fresh id, so no epoch comes again, however many
    restores of older backups follow.
    """
    row = await tx.row(queries.last_position, {})
    last = row[0] if row and row[0] is not None else 0
    for after in range(0, last, _TOGETHER):
        await tx.execute(
            queries.forget_transactions, {"after_position": after, "upto_position": after + _TOGETHER}
        )
    epoch = new_id()
    await tx.execute(queries.set_epoch, {"new_epoch": epoch})
    return epoch
