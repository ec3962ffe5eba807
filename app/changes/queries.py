"""What the feed asks of the change log.

Law: a change is read when every transaction up to its own has ended, so nothing can still come in before it; and no
statement looks at more than a window of rows, however little of it is wanted.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, true, tuple_, update

from app.changes.area import Form, beside_the_index, within
from app.changes.tables import feed
from app.database import Statement
from app.database.ledgers import changes
from app.database.record import oldest_transaction
from app.database.statement import one_of
from app.database.words import Count, Id, Position

COLUMNS = (
    changes.c.transaction_id,
    changes.c.position,
    changes.c.id,
    changes.c.type,
    changes.c.resource_id,
    changes.c.operation,
    changes.c.version,
    changes.c.at,
    changes.c.village_code,
    changes.c.data,
)
"""What a row of the feed holds, in this order."""

_PLACE = (changes.c.transaction_id, changes.c.position)
_here = tuple_(*_PLACE)
_finished = changes.c.transaction_id < oldest_transaction()
_after = tuple_(bindparam("after_transaction", type_=Position), bindparam("after_position", type_=Position))
_upto = tuple_(bindparam("upto_transaction", type_=Position), bindparam("upto_position", type_=Position))
_last_first = [column.desc() for column in _PLACE]


def _with_epoch(place: Select[Any]) -> Statement:
    """The epoch beside a place, which is null where there is none."""
    known = place.subquery()
    return Statement(select(feed.c.epoch, *known.c).select_from(feed).outerjoin(known, true()))


_window = (
    select(*_PLACE)
    .where(_here > _after, _finished)
    .order_by(*_PLACE)
    .limit(bindparam("window", type_=Count))
    .subquery()
)

edge = _with_epoch(
    select(*_window.c)
    .order_by(*(column.desc() for column in _window.c))
    .limit(bindparam("one", 1, type_=Count))
)
"""The epoch, and the place of the last change of the window after a place."""

present = _with_epoch(
    select(*_PLACE).where(_finished).order_by(*_last_first).limit(bindparam("one", 1, type_=Count))
)
"""The epoch, and the place of the last change that can be read now."""

newest = Statement(select(*_PLACE).order_by(*_last_first).limit(bindparam("one", 1, type_=Count)))
"""The place of the last change, whether it can be read yet or not."""


def _found(form: Form) -> Statement:
    kind = beside_the_index(changes.c.type)
    told = or_(one_of(kind, "placed") & changes.c.village_code.is_not(None), one_of(kind, "placeless"))
    area = within(form, (changes.c.village_code, changes.c.village_code_before))
    chosen = select(*COLUMNS).where(_here > _after, _here <= _upto, told, *area)
    return Statement(chosen.order_by(*_PLACE).limit(bindparam("limit", type_=Count)))


found: Mapping[Form, Statement] = {form: _found(form) for form in ("everywhere", "region", "village")}
"""The changes of some kinds in an area, between two places, the first included in no page and the second in this."""

forget_transactions = Statement(
    update(changes)
    .values(transaction_id=0)
    .where(
        changes.c.position > bindparam("after_position", type_=Position),
        changes.c.position <= bindparam("upto_position", type_=Position),
        changes.c.transaction_id != 0,
    )
)
"""Let a range of changes belong to no transaction of this server."""

last_position = Statement(select(func.max(changes.c.position)))

set_epoch = Statement(update(feed).values(epoch=bindparam("new_epoch", type_=Id)))
