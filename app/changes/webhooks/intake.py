"""What follows a subscription's place in the feed becomes deliveries, and the place moves, in one transaction."""

from typing import NamedTuple

from app.changes import following
from app.changes.area import area_of
from app.changes.following import Slice
from app.changes.position import Place
from app.changes.types import kinds_of, told_to
from app.changes.webhooks import queries
from app.changes.webhooks.service import delivery
from app.database import Transaction
from app.database.register import State

BACKLOG = 1_000
"""Deliveries that may wait; until there are fewer, what changed stays in the feed, where it is as safe."""
_TAKEN = 100
_LOOK_BACK = 1_000
"""Changes that are told again after a restore, since their order before it is no longer known."""


class Taken(NamedTuple):
    """Whether the place moved, and until when the receiver wants to be left alone."""

    moved: bool
    held_until: str | None


async def take(tx: Transaction, state: State, me: str) -> Taken | None:
    """Take in the next changes for a subscription; None when `me` no longer serves it."""
    id = state["id"]
    row = await tx.row(queries.place, {"subscription_id": id, "me": me})
    if row is None:
        return None
    epoch, transaction_id, position, held_until = row
    waiting = await tx.row(queries.due_count, {"subscription_id": id})
    if waiting is None or waiting[0] >= BACKLOG:
        return Taken(moved=False, held_until=held_until)
    place = Place(transaction_id, position)
    told = await _following(tx, state, place)
    if told.upto.epoch != epoch:
        place = Place(0, max(0, position - _LOOK_BACK))
        told = await _following(tx, state, place)
    if told.upto.place == place and told.upto.epoch == epoch:
        return Taken(moved=False, held_until=held_until)
    await _put_by(tx, id, told)
    return Taken(moved=True, held_until=held_until)


async def _following(tx: Transaction, state: State, place: Place) -> Slice:
    # Without kinds, what anybody may read; what needs more must be named by somebody who may read it.
    kinds = kinds_of(told_to(()) if state["types"] is None else state["types"])
    area = await area_of(tx, state["region"])
    return await following.following(tx, place, limit=_TAKEN, kinds=kinds, area=area)


async def _put_by(tx: Transaction, id: str, told: Slice) -> None:
    # A change that is told again takes the place of its former delivery.
    places = [row[1] for row in told.rows]
    if places:
        await tx.execute(queries.take_out, {"subscription_id": id, "change_positions": places})
    for _, position, change_id, kind, resource_id, operation, version, *_ in told.rows:
        made = {
            **delivery(id, at=tx.act.at),
            "change_position": position,
            "change_id": change_id,
            "type": kind,
            "resource_id": resource_id,
            "operation": operation,
            "version": version,
        }
        await tx.execute(queries.put_by, made)
    await tx.execute(
        queries.move,
        {
            "subscription_id": id,
            "new_epoch": told.upto.epoch,
            "new_transaction": told.upto.place.transaction_id,
            "new_position": told.upto.place.position,
        },
    )
