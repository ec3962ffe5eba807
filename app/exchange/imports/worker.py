"""A worker takes up jobs one after another, holds each by a lease that it renews, and leaves what it cannot finish.

Law: any worker of any process may take up any job that nobody holds; what a worker does after it lost its lease is
rolled back, so a job has its effect once.
"""

import asyncio
import time
from contextlib import suppress

import structlog

from app import clock
from app.database import Act, Busy, Transaction, Unavailable
from app.database.words import new_id
from app.exchange.imports import keeping
from app.exchange.imports.carrying import carry_out, errand_of
from app.exchange.imports.keeping import Job, Lost
from app.exchange.imports.report import problem
from app.exchange.imports.undoing import take_back
from app.http.ask import Place

LANES = 2
"""Jobs that one process works on at a time."""
_LOOK_SECONDS = 1.0
_BEAT_SECONDS = 2.0
_PURGE_SECONDS = 3600.0
_ATTEMPTS = 20

_log = structlog.get_logger("berdaya.imports")


class Worker:
    """One lane of a process."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._name = new_id()
        self._purge_at = 0.0

    async def turn(self) -> None:
        """Wait until there may be something to do, and do what there is."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._place.work_waits.wait()
        self._place.work_waits.clear()
        try:
            while await self._take():
                pass
            await self._purge()
        except Busy:
            await asyncio.sleep(_LOOK_SECONDS / 4)

    async def _take(self) -> bool:
        database = self._place.database
        if not await keeping.waiting(database):
            return False
        job = await database.write(_act("claim"), lambda tx: keeping.claim(tx, self._name))
        if job is None:
            return False
        beating = asyncio.create_task(self._beat(job))
        try:
            await self._work(job)
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
        return True

    async def _work(self, job: Job) -> None:
        try:
            if job["attempts"] >= _ATTEMPTS:
                await self._give_up(job)
            elif job["status"] == "undoing":
                await take_back(errand_of(self._place, job, self._name))
            else:
                await carry_out(errand_of(self._place, job, self._name))
        except Lost:
            _log.warning("import_lost", job=job["id"])
        except (asyncio.CancelledError, Unavailable):
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await self._release(job)
            raise
        except Exception as failed:  # noqa: BLE001  # a job that meets a fault of ours ends, and says so
            _log.error("import_fault", job=job["id"], exc_info=failed)
            await self._give_up(job)

    async def _beat(self, job: Job) -> None:
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            with suppress(Unavailable):
                await self._place.database.write(
                    _act("beat"), lambda tx: keeping.beat(tx, job["id"], self._name)
                )

    async def _release(self, job: Job) -> None:
        async def unit(tx: Transaction) -> None:
            await keeping.release(tx, job["id"], self._name)

        await self._place.database.write(_act("release"), unit)

    async def _give_up(self, job: Job) -> None:
        told = {"status": "failed", **problem("import.fault", {})}
        with suppress(Lost):
            await self._place.database.write(
                _act("give_up"), lambda tx: keeping.end(tx, job, self._name, told)
            )

    async def _purge(self) -> None:
        if time.monotonic() < self._purge_at:
            return
        self._purge_at = time.monotonic() + _PURGE_SECONDS
        database = self._place.database
        await keeping.purge(database, lambda unit: database.write(_act("purge"), unit))


def _act(action: str) -> Act:
    at = clock.now()
    return Act(
        at=at,
        today=at[:10],
        actor="system:imports",
        actor_name="imports",
        role="system",
        action=action,
        request_id=f"imports-{at}",
    )
