"""Work that the application does by itself while it serves: a failure is logged and never ends it, or anything else."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

Work = Callable[[], Awaitable[None]]

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 8.0

_log = structlog.get_logger("berdaya.background")


def pause_after(failures: int, *, seconds: float) -> float:
    """The seconds before the next time, after so many failures in a row: what is usual, and twice as long each time.

    So a database that is away for an hour is asked, and told of in the log, a few hundred times by each work.
    """
    grown: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures - 1, 16)) if failures else 0.0
    return max(seconds, grown)


async def run_every(seconds: float, work: Work) -> None:
    """Do a piece of work again and again, with a pause before each time, until cancelled."""
    failures = 0
    while True:
        await asyncio.sleep(pause_after(failures, seconds=seconds))
        try:
            await work()
            failures = 0
        except Exception as failed:  # noqa: BLE001  # whatever it is, the next time may go well
            failures += 1
            _log.warning("background", work=work.__qualname__, reason=type(failed).__name__, told=str(failed))
