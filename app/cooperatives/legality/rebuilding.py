"""What stands beside the events is made again from them: who claims a number, what a cooperative has and shows.

Law: rebuilding a register that nobody has tampered with changes nothing, so 0 mended proves it equal to its events.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from app.cooperatives.legality import queries
from app.cooperatives.legality.standing import claim, legality_of, shown
from app.cooperatives.legality.waiting import LEDGER
from app.cooperatives.tables import COOPERATIVES
from app.database import Act, Database, Transaction
from app.database.register import State

BATCH = 100
"""Cooperatives in one transaction: what pushes waits for no more than these."""


class Rebuilt(NamedTuple):
    """How many cooperatives were looked at, and how many showed or claimed something else than their events say."""

    cooperatives: int
    differed: int


async def rebuild(database: Database, act: Act) -> Rebuilt:
    """Make claims and shown fields again, in batches beside a running server."""
    ids = [row[0] for row in await database.fetch(queries.every_cooperative, {})]
    differed = 0
    for start in range(0, len(ids), BATCH):
        differed += await database.write(act, partial(_batch, ids=ids[start : start + BATCH]))
    return Rebuilt(len(ids), differed)


async def _batch(tx: Transaction, *, ids: Sequence[str]) -> int:
    await tx.lock(LEDGER)
    return sum([await _mended(tx, id) for id in ids])


async def _mended(tx: Transaction, id: str) -> bool:
    """Whether anything had to be mended; a cooperative that is gone by now needs nothing."""
    cooperative = await COOPERATIVES.hold(tx, id)
    if cooperative is None:
        return False
    before = await _beside(tx, id)
    await claim(tx, id)
    after = await _beside(tx, id)
    told = shown(await legality_of(tx, cooperative))
    republished = await COOPERATIVES.update(tx, cooperative, {**cooperative, **told}) is not cooperative
    return await _columns_mended(tx, id, told) or republished or before != after


async def _beside(tx: Transaction, id: str) -> list[tuple[object, ...]]:
    """What is written down of a cooperative's claims and standing."""
    one = {"cooperative_id": id}
    rows = [*await tx.fetch(queries.standing_of, one), *await tx.fetch(queries.claims_of, one)]
    return sorted(map(tuple, rows), key=str)


async def _columns_mended(tx: Transaction, id: str, told: State) -> bool:
    """Whether a column that only filters read said something else than the representation; then it alone is set."""
    columns = {name: told[name] for name in queries.SHOWN_COLUMNS}
    columns["loan_ready"] = str(told["loan_ready"]).lower()
    row = await tx.row(queries.columns_shown, {"cooperative_id": id})
    if row is not None and tuple(row) == tuple(columns.values()):
        return False
    await tx.execute(
        queries.set_columns, {"cooperative_id": id, **{f"new_{k}": v for k, v in columns.items()}}
    )
    return True
