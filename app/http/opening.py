"""The gate opens when the database shows the schema this version needs: at the start, or as soon as it comes.

A stale schema found at the start ends the start. Found later, when the database came after us, it is told in the log
and the gate stays shut until `berdaya migrate` has run.
"""

import asyncio

import structlog

from app.database import Unavailable
from app.database.schema import check_schema
from app.http.ask import Place

LOOK_SECONDS = 0.5

_log = structlog.get_logger("berdaya")


async def look(place: Place) -> bool:
    """Open the gate if the database is there; raises `StaleSchema` when it is at another revision."""
    try:
        await _open(place)
    except (Unavailable, TimeoutError) as missing:
        _log.warning("database_unavailable", reason=str(missing))
        return False
    return True


async def look_again(place: Place) -> None:
    """Look until the gate is open; what keeps it shut is logged once, and again when it is something else."""
    told = ""
    while not place.gate.is_open:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await _open(place)
        except Exception as failed:  # noqa: BLE001  # whatever it is, the next look may find it mended
            reason = f"{type(failed).__name__}: {failed}"
            if reason != told:
                _log.warning("not_serving_yet", reason=reason)
            told = reason
    _log.info("serving")


async def _open(place: Place) -> None:
    async with asyncio.timeout(place.settings.deadline_seconds):
        check_schema(await place.database.revision())
    place.gate.open()
