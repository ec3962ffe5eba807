"""The dispatcher turns changes into deliveries and sends them, beside the requests and never in their way.

Law: one worker serves a subscription at a time, by a lease; what it sent and could not write down, because it was
killed or lost the lease, is sent again. Of a thing, a later change waits until the earlier is delivered or dead.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import httpx
import structlog

from app import clock
from app.changes import following
from app.changes.webhooks import intake, queries
from app.changes.webhooks.notices import body_of_change, body_of_ping
from app.changes.webhooks.recording import Attempt, record
from app.changes.webhooks.sending import Result, Sender
from app.changes.webhooks.tables import SUBSCRIPTIONS
from app.database import Act, Database, Statement, Unavailable
from app.database.face import Row
from app.database.words import new_id
from app.http.signature import sign

LOOK_SECONDS = 1.0
AT_ONCE = 4
"""Subscriptions that one process serves at a time."""
TOGETHER = 2
"""Notices to one receiver at a time."""
ROUNDS = 50
"""After which a subscription gives way to others."""
LEASE_SECONDS = 60
KEEP_DAYS = 30
_PURGED_TOGETHER = 1_000

_log = structlog.get_logger("berdaya.webhooks")


class Dispatcher:
    """The dispatcher of one process; `now` gives the instant by which everything is judged."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        *,
        now: Callable[[], str] = clock.now,
        depth: Callable[[float], object] = lambda waiting: None,
    ) -> None:
        self._database = database
        self._sender = sender
        self._now = now
        self._depth = depth
        self._me = new_id()
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._purged = ""

    async def turn(self) -> None:
        """Take up what waits, as far as there is room; it is served while this returns."""
        room = AT_ONCE - len(self._serving)
        if room > 0:
            for [id] in await self._waiting(room):
                if id not in self._serving:
                    task = self._serving[id] = asyncio.create_task(self._serve(id))
                    task.add_done_callback(lambda done, id=id: self._serving.pop(id, None))  # type: ignore[misc]  # mypy cannot infer a default
        [[waiting]] = await self._database.fetch(queries.depth, {})
        self._depth(waiting)
        await self._purge()

    async def settled(self) -> None:
        """Wait until nothing is being served."""
        while self._serving:
            await asyncio.gather(*self._serving.values(), return_exceptions=True)
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Leave everything as it is; what was under way is sent again."""
        for task in self._serving.values():
            task.cancel()
        await self.settled()

    async def _waiting(self, room: int) -> Sequence[Row]:
        here = await following.present(self._database)
        told = {
            "now": self._now(),
            "epoch": here.epoch,
            "last_transaction": here.place.transaction_id,
            "last_position": here.place.position,
            "limit": room,
        }
        return await self._database.fetch(queries.waiting, told)

    async def _serve(self, id: str) -> None:
        if not await self._lease(queries.claim, id):
            return
        try:
            async with self._sender.client() as client:
                for _ in range(ROUNDS):
                    if not await self._round(client, id) or not await self._lease(queries.renew, id):
                        break
        except Exception as failed:  # noqa: BLE001  # the next turn tries again, and other subscriptions go on
            _log.warning("webhook", subscription=id, reason=type(failed).__name__, told=str(failed))
        finally:
            with suppress(Unavailable):
                await self._lease(queries.release, id)

    async def _lease(self, statement: Statement, id: str) -> int:
        now = self._now()
        until = clock.later(now, hours=LEASE_SECONDS / 3600)
        told = {"subscription_id": id, "me": self._me, "now": now, "until": until}
        return await self._database.write(self.act("lease"), lambda tx: tx.execute(statement, told))

    async def _round(self, client: httpx.AsyncClient, id: str) -> bool:
        """Take in what changed and send what is due; False when there was nothing to do, or nothing may be done."""
        row = await self._database.row(queries.subscription, {"subscription_id": id})
        state = row and SUBSCRIPTIONS.state(row)
        if not state or not state["enabled"]:
            return False
        taken = await self._database.write(self.act("intake"), lambda tx: intake.take(tx, state, self._me))
        if taken is None or (taken.held_until or "") > self._now():
            return False
        asked = {"subscription_id": id, "now": self._now(), "limit": TOGETHER}
        due = await self._database.fetch(queries.due, asked)
        keys = [bytes(key) for [key] in await self._database.fetch(queries.keys, asked)]
        results = await asyncio.gather(*(self._attempt(client, state, keys, one) for one in due))
        if results:
            act = self.act("delivered")
            await self._database.write(act, lambda tx: record(tx, id, results))
        return bool(results) or taken.moved

    async def _attempt(
        self, client: httpx.AsyncClient, state: dict[str, Any], keys: list[bytes], row: Row
    ) -> Attempt:
        id, attempts, change_id, created_at, *change = row
        result = Result(None, "erased")
        if change_id is None or change[2] is not None:
            body = body_of_ping(state["id"], created_at) if change_id is None else body_of_change(change)
            now = datetime.fromisoformat(self._now()).timestamp()
            headers = sign(body=body, id=change_id or id, timestamp=int(now), keys=keys)
            result = await self._sender.send(client, state["url"], body, headers, now=now)
        return Attempt(id=id, attempts=attempts + 1, result=result, chance=random.random())  # noqa: S311  # no secret

    async def _purge(self) -> None:
        now = self._now()
        if self._purged[:13] == now[:13]:
            return
        before = clock.earlier(now, days=KEEP_DAYS)
        told = {"before": before, "limit": _PURGED_TOGETHER}
        gone = await self._database.write(self.act("purge"), lambda tx: tx.execute(queries.purge, told))
        if gone < _PURGED_TOGETHER:
            self._purged = now

    def act(self, action: str) -> Act:
        """A deed of the dispatcher."""
        at = self._now()
        return Act(
            at=at,
            today=at[:10],
            actor="system:webhooks",
            actor_name="webhooks",
            role="system",
            action=action,
            request_id=f"webhooks-{at}",
        )
