"""How far the feed lags behind: a change waits for every older transaction, so one that stays open holds all back."""

import asyncio
from datetime import datetime

from sqlalchemy import func, select

from app.database.face import Database
from app.database.failures import Failure
from app.database.ledgers import changes
from app.database.record import oldest_transaction
from app.database.statement import Statement

_PATIENCE = 1.0

_oldest_held_back = Statement(
    select(func.min(changes.c.at)).where(changes.c.transaction_id >= oldest_transaction())
)


async def feed_lag(database: Database, *, now: str) -> float:
    """Seconds since the oldest committed change that no reader of the feed can see yet; 0 when there is none.

    NaN when the database does not answer at once.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            row = await database.row(_oldest_held_back, {})
    except (Failure, TimeoutError):
        return float("nan")
    at = row[0] if row else None
    if at is None:
        return 0.0
    return max(0.0, (datetime.fromisoformat(now) - datetime.fromisoformat(at)).total_seconds())
