"""What the dispatcher and the operations ask of subscriptions and deliveries."""

from sqlalchemy import (
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from app.changes import queries as feed
from app.changes.webhooks.tables import SUBSCRIPTIONS, deliveries, positions, subscription_keys, subscriptions
from app.database import Statement
from app.database.ages import Age
from app.database.ledgers import changes
from app.database.statement import one_of
from app.database.words import Count, Id, Instant, Position, Word

_now = bindparam("now", type_=Instant)
_owner = bindparam("subscription_id", type_=Id)
_me = bindparam("me", type_=Word)
_until = bindparam("until", type_=Instant)
SHOWN = (
    "id",
    "change_id",
    "type",
    "resource_id",
    "operation",
    "version",
    "status",
    "attempts",
    "last_status",
    "last_error",
    "next_attempt_at",
    "created_at",
    "finished_at",
)
"""The fields of a delivery as they are told."""
_shown = [deliveries.c[name] for name in SHOWN]
_pending = deliveries.c.status == "pending"
_of_it = deliveries.c.subscription_id == _owner

_behind = or_(
    tuple_(positions.c.transaction_id, positions.c.position)
    < tuple_(bindparam("last_transaction", type_=Position), bindparam("last_position", type_=Position)),
    positions.c.epoch != bindparam("epoch", type_=Id),
)
_owed = exists(
    select(literal_column("1")).where(
        deliveries.c.subscription_id == positions.c.subscription_id,
        _pending,
        deliveries.c.next_attempt_at <= _now,
    )
)
waiting = Statement(
    select(positions.c.subscription_id)
    .select_from(positions.join(subscriptions, subscriptions.c.id == positions.c.subscription_id))
    .where(
        subscriptions.c.active == 1,
        positions.c.leased_until <= _now,
        or_(positions.c.held_until.is_(None), positions.c.held_until <= _now),
        or_(_behind, _owed),
    )
    .order_by(positions.c.leased_until)
    .limit(bindparam("limit", type_=Count))
)
"""Subscriptions that nobody serves and for which there is something to do, the longest left alone first."""

claim = Statement(
    update(positions)
    .where(positions.c.subscription_id == _owner, positions.c.leased_until <= _now)
    .values(leased_by=_me, leased_until=_until)
)
renew = Statement(
    update(positions)
    .where(positions.c.subscription_id == _owner, positions.c.leased_by == _me)
    .values(leased_until=_until)
)
release = Statement(
    update(positions)
    .where(positions.c.subscription_id == _owner, positions.c.leased_by == _me)
    .values(leased_by=None, leased_until=_now)
)
hold = Statement(
    update(positions)
    .where(positions.c.subscription_id == _owner)
    .values(held_until=bindparam("held_until", type_=Instant))
)
place = Statement(
    select(positions.c.epoch, positions.c.transaction_id, positions.c.position, positions.c.held_until)
    .where(positions.c.subscription_id == _owner, positions.c.leased_by == _me)
    .with_for_update()
)
move = Statement(
    update(positions)
    .where(positions.c.subscription_id == _owner)
    .values(
        epoch=bindparam("new_epoch", type_=Id),
        transaction_id=bindparam("new_transaction", type_=Position),
        position=bindparam("new_position", type_=Position),
    )
)
start = Statement(insert(positions).values({column.name: bindparam(column.name) for column in positions.c}))
subscription = Statement(select(*SUBSCRIPTIONS.published).where(subscriptions.c.id == _owner))

put_by = Statement(
    insert(deliveries).values({column.name: bindparam(column.name) for column in deliveries.c})
)
take_out = Statement(
    delete(deliveries).where(_of_it, one_of(deliveries.c.change_position, "change_positions"))
)
_earlier = deliveries.alias("earlier")
due = Statement(
    select(
        deliveries.c.id, deliveries.c.attempts, deliveries.c.change_id, deliveries.c.created_at, *feed.COLUMNS
    )
    .select_from(deliveries.outerjoin(changes, changes.c.position == deliveries.c.change_position))
    .where(
        _of_it,
        _pending,
        deliveries.c.next_attempt_at <= _now,
        ~exists(
            select(literal_column("1"))
            .select_from(_earlier)
            .where(
                and_(
                    _earlier.c.subscription_id == deliveries.c.subscription_id,
                    _earlier.c.type == deliveries.c.type,
                    _earlier.c.resource_id == deliveries.c.resource_id,
                    _earlier.c.status == "pending",
                    _earlier.c.change_position < deliveries.c.change_position,
                )
            )
        ),
    )
    .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
    .limit(bindparam("limit", type_=Count))
)
"""Deliveries whose time has come and before which nothing of the same thing waits, with their change."""
due_count = Statement(select(func.count()).select_from(deliveries).where(_of_it, _pending))
depth = Statement(select(func.count()).select_from(deliveries).where(_pending))
UNDELIVERED = Age(
    "berdaya_outbox_oldest_seconds",
    "Age of the oldest notice that waits to be delivered to a subscriber",
    Statement(select(func.min(deliveries.c.created_at)).where(_pending)),
)

told = Statement(
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery_id", type_=Id), _pending)
    .values(
        status=bindparam("new_status", type_=Word),
        attempts=bindparam("new_attempts", type_=Count),
        last_status=bindparam("new_last_status", type_=Count),
        last_error=bindparam("new_last_error", type_=Word),
        next_attempt_at=bindparam("new_next", type_=Instant),
        finished_at=bindparam("new_finished", type_=Instant),
    )
)
_anew = {
    "status": "pending",
    "attempts": 0,
    "next_attempt_at": _now,
    "finished_at": None,
}
replay_one = Statement(
    update(deliveries).where(_of_it, deliveries.c.id == bindparam("delivery_id", type_=Id)).values(_anew)
)
replay_dead = Statement(update(deliveries).where(_of_it, deliveries.c.status == "dead").values(_anew))
one = Statement(select(*_shown).where(_of_it, deliveries.c.id == bindparam("delivery_id", type_=Id)))
_before = deliveries.c.id < bindparam("before", type_=Id)
page = Statement(
    select(*_shown)
    .where(
        _of_it,
        _before,
        or_(
            bindparam("any_status", type_=Count) == 1,
            deliveries.c.status == bindparam("status", type_=Word),
        ),
    )
    .order_by(deliveries.c.id.desc())
    .limit(bindparam("limit", type_=Count))
)
_old = (
    select(deliveries.c.id)
    .where(deliveries.c.status == "delivered", deliveries.c.finished_at < bindparam("before", type_=Instant))
    .limit(bindparam("limit", type_=Count))
)
purge = Statement(delete(deliveries).where(deliveries.c.id.in_(_old)))

keys = Statement(
    select(subscription_keys.c.key)
    .where(
        subscription_keys.c.subscription_id == _owner,
        or_(subscription_keys.c.until.is_(None), subscription_keys.c.until > _now),
    )
    .order_by(subscription_keys.c.created_at.desc())
)
keep_key = Statement(
    insert(subscription_keys).values({column.name: bindparam(column.name) for column in subscription_keys.c})
)
end_keys = Statement(
    update(subscription_keys)
    .where(
        subscription_keys.c.subscription_id == _owner,
        or_(
            subscription_keys.c.until.is_(None),
            subscription_keys.c.until > bindparam("end", type_=Instant),
        ),
    )
    .values(until=bindparam("end", type_=Instant))
)
drop_keys = Statement(
    delete(subscription_keys).where(
        subscription_keys.c.subscription_id == _owner, subscription_keys.c.until <= _now
    )
)
