"""When a token was last used is told by the hour, and written beside the request: outside its version and the trail.

Uses are noted in memory and written by a task of the application, at most once per token and hour; those of the last
seconds are lost when the process is killed.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import bindparam, or_, select, update

from app import clock
from app.access.tables import TOKENS, tokens
from app.database import Act, Statement, Transaction
from app.database.words import Count, Instant, Word
from app.http.ask import Place

WRITE_SECONDS = 5.0
_HOUR = 3600

_find = Statement(select(*TOKENS.published).where(tokens.c.hash == bindparam("hash", type_=Word)))
_at = bindparam("at", type_=Instant)
# The representation is that of the version read beside it; outrun by another writer, the next hour tells again.
_write = Statement(
    update(tokens)
    .where(
        tokens.c.hash == bindparam("hash", type_=Word),
        tokens.c.version == bindparam("version", type_=Count),
        or_(tokens.c.last_used_at.is_(None), tokens.c.last_used_at < _at),
    )
    .values(last_used_at=_at, document=bindparam("document", type_=Word))
)


class LastUse:
    """Writes down what a place has noted since the last time."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._written: dict[str, int] = {}

    async def write(self) -> None:
        """Write the hour of every token whose hour is not written yet."""
        used, self._place.used = self._place.used, {}
        fresh = {key: hour for key, hour in _hours(used) if self._written.get(key, -1) < hour}
        if not fresh:
            return

        async def unit(tx: Transaction) -> None:
            for key in sorted(fresh):
                await _note(tx, key, fresh[key])

        await self._place.database.write(_act(), unit)
        newest = max(fresh.values())
        # What was written in an earlier hour would be written anew anyway.
        kept = {key: hour for key, hour in self._written.items() if hour == newest}
        self._written = {**kept, **fresh}


def _hours(used: Mapping[str, float]) -> Iterator[tuple[str, int]]:
    return ((key, int(at) // _HOUR) for key, at in used.items())


async def _note(tx: Transaction, key: str, hour: int) -> None:
    row = await tx.row(_find, {"hash": key})
    if row is None:
        return
    at = clock.instant(datetime.fromtimestamp(hour * _HOUR, UTC))
    document = TOKENS.document({**TOKENS.state(row), "last_used_at": at})
    await tx.execute(_write, {"hash": key, "version": row[0], "at": at, "document": document})


def _act() -> Act:
    at = clock.now()
    return Act(
        at=at,
        today=at[:10],
        actor="system:last_use",
        actor_name="last use",
        role="system",
        action="last_use",
        request_id=f"last-use-{at}",
    )
