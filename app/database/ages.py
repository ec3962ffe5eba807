"""How long the oldest thing of a kind has been waiting: what an operator is told before anybody else feels it."""

import asyncio
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.database.face import Database
from app.database.failures import Failure
from app.database.ledgers import changes
from app.database.record import oldest_transaction
from app.database.statement import Statement

_PATIENCE = 1.0


class Age(NamedTuple):
    """A metric in seconds, what it says, and the statement that finds since when the oldest one waits."""

    name: str
    about: str
    since: Statement

    async def seconds(self, database: Database, *, now: str) -> float:
        """0 when nothing waits; NaN when the database does not answer at once."""
        try:
            async with asyncio.timeout(_PATIENCE):
                row = await database.row(self.since, {})
        except (Failure, TimeoutError):
            return float("nan")
        at = row[0] if row else None
        if at is None:
            return 0.0
        return max(0.0, (datetime.fromisoformat(now) - datetime.fromisoformat(at)).total_seconds())


FEED = Age(
    "berdaya_feed_lag_seconds",
    "Age of the oldest committed change that the feed holds back for an older transaction",
    Statement(select(func.min(changes.c.at)).where(changes.c.transaction_id >= oldest_transaction())),
)
