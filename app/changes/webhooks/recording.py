"""What follows from an attempt: delivered, again later, or dead; a receiver that is gone is left alone for good."""

from collections.abc import Sequence
from typing import NamedTuple

from app import clock
from app.changes.webhooks import queries, schedule
from app.changes.webhooks.sending import Result
from app.changes.webhooks.tables import SUBSCRIPTIONS
from app.database import Transaction

_FINAL = frozenset({"gone", "erased"})
"""Failures after which no other attempt can succeed."""


class Attempt(NamedTuple):
    """One attempt that was made: how many there were with it, how it went, and a number in [0, 1) by chance."""

    id: str
    attempts: int
    result: Result
    chance: float


async def record(tx: Transaction, subscription_id: str, made: Sequence[Attempt]) -> None:
    """Write down what became of these attempts for one subscription."""
    for attempt in made:
        await tx.execute(queries.told, _told(attempt, tx.act.at))
    waits = [schedule.wait(one.result.asked_wait) for one in made if one.result.error == "overloaded"]
    if waits:
        held = clock.later(tx.act.at, hours=max(waits) / 3600)
        await tx.execute(queries.hold, {"subscription_id": subscription_id, "held_until": held})
    if any(one.result.error == "gone" for one in made):
        state = await SUBSCRIPTIONS.hold(tx, subscription_id)
        if state is not None:
            await SUBSCRIPTIONS.update(tx, state, {**state, "enabled": False})


def _told(attempt: Attempt, at: str) -> dict[str, object]:
    error = attempt.result.error
    delay = None
    if error is not None and error not in _FINAL:
        delay = schedule.delay(attempt.attempts, chance=attempt.chance)
    status = "delivered" if error is None else "dead" if delay is None else "pending"
    return {
        "delivery_id": attempt.id,
        "new_status": status,
        "new_attempts": attempt.attempts,
        "new_last_status": attempt.result.status,
        "new_last_error": error,
        "new_next": None if delay is None else clock.later(at, hours=delay / 3600),
        "new_finished": None if delay is not None else at,
    }
