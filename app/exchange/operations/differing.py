"""Where an operation and the register differ, field by field, so that a person can decide between both values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, select

from app.database import Statement, Transaction
from app.database.ledgers import changes
from app.database.register import State
from app.exchange.operations.reading import Sent
from app.http.merge import asked

_as_it_was = Statement(
    select(changes.c.data)
    .where(*(changes.c[name] == bindparam(name) for name in ("type", "resource_id", "version")))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what the client wants, what it is now, and perhaps what it was when the client saw it.

    `base` is empty where that is not known, else it holds the one value. What is `masked` is not for this caller.
    """

    field: str
    yours: Any
    theirs: Any
    base: tuple[Any, ...]
    masked: bool


async def differences(tx: Transaction, sent: Sent, now: State, reach: str | None) -> Sequence[Difference]:
    """The fields that the operation wants to have other values than they have; a masked one always differs."""
    kind, told = sent.kind, sent.told
    if told is None:
        return ()
    register = kind.register
    wanted = (
        asked(register, kind.whole, now, told, reach=reach) if kind.whole is not None else told.model_dump()
    )
    hidden = () if register.reveals(now, reach) else register.personal
    present = kind.said(now)
    differing = [name for name, yours in wanted.items() if name in hidden or yours != present.get(name)]
    before = await _before(tx, sent, now) if differing else {}
    return [
        Difference(
            field=name,
            yours=wanted[name],
            theirs=None if name in hidden else present.get(name),
            base=(before[name],) if name in before else (),
            masked=name in hidden,
        )
        for name in differing
    ]


async def _before(tx: Transaction, sent: Sent, now: State) -> Mapping[str, Any]:
    """What the client saw, as the change log has it; personal values never stood there."""
    register = sent.kind.register
    this = {"type": register.type, "resource_id": now[register.identity], "version": sent.expected_version}
    row = await tx.row(_as_it_was, this)
    if row is None or row[0] is None:
        return {}
    seen = sent.kind.said(orjson.loads(row[0]))
    return {name: value for name, value in seen.items() if name not in register.personal}
