"""Work that the application does by itself while it serves: a failure is logged and never ends it, or anything else."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

Work = Callable[[], Awaitable[None]]

_log = structlog.get_logger("berdaya.background")


async def run_every(seconds: float, work: Work) -> None:
    """Do a piece of work again and again, with a pause before each time, until cancelled."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as failed:  # noqa: BLE001  # whatever it is, the next time may go well
            _log.warning("background", work=work.__qualname__, reason=type(failed).__name__, told=str(failed))
