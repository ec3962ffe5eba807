"""What the office does with subscriptions: make, change, end, change the secret, try, and tell again."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.changes import following
from app.changes.position import read as position_of
from app.changes.webhooks import queries
from app.changes.webhooks.schemas import NewSubscription
from app.changes.webhooks.tables import SUBSCRIPTIONS
from app.database import Transaction
from app.database.face import Row
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.merge import merged
from app.http.problems import Conflict, NotFound


async def found(tx: Transaction, id: str) -> State:
    """The subscription with this id; 404 `webhook_subscription.not_found` otherwise."""
    state = await SUBSCRIPTIONS.find(tx, id)
    if state is None:
        raise NotFound("webhook_subscription.not_found", pointer="/path/id")
    return state


async def subscribe(tx: Transaction, new: NewSubscription, key: bytes) -> State:
    """Tell somebody of what changes from now on."""
    state = await SUBSCRIPTIONS.create(
        tx, {**new.model_dump(), "id": new_id(), "secret_changed_at": tx.act.at}
    )
    here = await following.present(tx)
    start = {
        "subscription_id": state["id"],
        "epoch": here.epoch,
        "transaction_id": here.place.transaction_id,
        "position": here.place.position,
        "leased_by": None,
        "leased_until": tx.act.at,
        "held_until": None,
    }
    await tx.execute(queries.start, start)
    await _keep(tx, state["id"], key)
    return state


async def amend(tx: Transaction, id: str, patch: Any, expected: Expectation | None) -> State:
    """Change where to, of what, or whether."""
    state = await found(tx, id)
    if expected:
        expected.check(state["version"])
    whole = merged(SUBSCRIPTIONS, NewSubscription, state, patch, reach=None)
    if whole.url != state["url"]:
        # What one receiver asked for says nothing about another.
        await tx.execute(queries.hold, {"subscription_id": id, "held_until": None})
    return await SUBSCRIPTIONS.update(tx, state, {**state, **whole.model_dump()})


async def end(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Tell nothing any more, and forget what was told."""
    state = await found(tx, id)
    if expected:
        expected.check(state["version"])
    await SUBSCRIPTIONS.delete(tx, state)
    return state


async def rotate(tx: Transaction, id: str, key: bytes, *, overlap_hours: int) -> State:
    """Sign with a new key; the former signs too until the overlap ends, older ones until they were to end."""
    state = await found(tx, id)
    await tx.execute(queries.drop_keys, {"subscription_id": id, "now": tx.act.at})
    ends = clock.later(tx.act.at, hours=overlap_hours)
    await tx.execute(queries.end_keys, {"subscription_id": id, "end": ends})
    await _keep(tx, id, key)
    return await SUBSCRIPTIONS.update(tx, state, {**state, "secret_changed_at": tx.act.at})


async def _keep(tx: Transaction, id: str, key: bytes) -> None:
    row = {"id": new_id(), "subscription_id": id, "key": key, "created_at": tx.act.at, "until": None}
    await tx.execute(queries.keep_key, row)


async def ping(tx: Transaction, id: str) -> State:
    """Put by a notice that tells of nothing; 409 `subscription.disabled` where it would not be sent."""
    await _enabled(tx, id)
    made = {
        **delivery(id, at=tx.act.at),
        "type": "ping",
        "resource_id": id,
        "operation": "ping",
    }
    await tx.execute(queries.put_by, made)
    return shown_of(made)


async def again(tx: Transaction, id: str, delivery_id: str) -> State:
    """Send one delivery again, whatever became of it."""
    await _enabled(tx, id)
    names = {"subscription_id": id, "delivery_id": delivery_id}
    if not await tx.execute(queries.replay_one, {**names, "now": tx.act.at}):
        raise NotFound("delivery.not_found", pointer="/path/delivery_id")
    row = await tx.row(queries.one, names)
    return told(row or ())


async def replay(tx: Transaction, id: str, after: str | None) -> State:
    """Try the dead ones again, or tell everything again that follows a cursor of the feed."""
    await _enabled(tx, id)
    if after is None:
        revived = await tx.execute(queries.replay_dead, {"subscription_id": id, "now": tx.act.at})
        return {"deliveries": revived, "changes_after": None}
    here = await following.present(tx)
    place = position_of(after, pointer="/after").of(here.epoch, pointer="/after")
    place = min(place, here.place)
    await tx.execute(
        queries.move,
        {
            "subscription_id": id,
            "new_epoch": here.epoch,
            "new_transaction": place.transaction_id,
            "new_position": place.position,
        },
    )
    return {"deliveries": 0, "changes_after": after}


async def _enabled(tx: Transaction, id: str) -> None:
    if not (await found(tx, id))["enabled"]:
        raise Conflict("subscription.disabled", pointer="/path/id")


def delivery(subscription_id: str, *, at: str) -> dict[str, Any]:
    """A row of a delivery that has not been tried, but for what it tells."""
    nothing = dict.fromkeys(
        ("change_position", "change_id", "version", "last_status", "last_error", "finished_at")
    )
    return {
        **nothing,
        "id": new_id(),
        "subscription_id": subscription_id,
        "status": "pending",
        "attempts": 0,
        "next_attempt_at": at,
        "created_at": at,
    }


def told(row: Row) -> State:
    """A delivery as it is told, from a row of `queries.SHOWN`."""
    return dict(zip(queries.SHOWN, row, strict=True))


def shown_of(made: Mapping[str, Any]) -> State:
    """The same, from a row that was just put by."""
    return {name: made[name] for name in queries.SHOWN}
