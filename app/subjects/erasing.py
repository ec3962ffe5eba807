"""A person's data goes: the personal fields become null, kept answers are blanked, and the erasure is on record.

Law: nothing that the register keeps of a thing then holds a personal value of before. Change records never held one,
and the audit trail only keyed digests. What backups hold goes with them; an erasure is applied again after a restore
(UU 27/2022, articles 8 and 43).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, select

from app.database import Act, Database, Statement, Transaction
from app.database.ledgers import changes
from app.database.words import Id, Word, new_id
from app.exchange.imports.written import forget as forget_files
from app.exchange.operations.keeping import forget_body
from app.subjects.kept import blank
from app.subjects.kinds import KINDS, UnknownSubject
from app.subjects.tables import erasures

_insert = Statement(
    insert(erasures).values({one.name: bindparam(one.name, type_=one.type) for one in erasures.c})
)
_all = Statement(select(*erasures.c).order_by(erasures.c.at, erasures.c.id))
_known = Statement(select(erasures.c.id).where(erasures.c.id == bindparam("id", type_=Id)))
_ever = Statement(
    select(changes.c.id)
    .where(
        changes.c.type == bindparam("type", type_=Word),
        changes.c.resource_id == bindparam("resource_id", type_=Word),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure as it is on record: which fields of what became null, when and why."""

    id: str
    at: str
    type: str
    resource_id: str
    fields: tuple[str, ...]
    reason: str


async def erase(tx: Transaction, type: str, id: str, reason: str) -> Erasure:
    """Erase what is personal in a thing, as a write like any other; raises `UnknownSubject` for what never was.

    What is deleted already is put on record too: a backup may still hold it.
    """
    register = KINDS[type].register
    erasure = Erasure(new_id(), tx.act.at, type, id, register.personal, reason)
    if not await _forget(tx, erasure) and await tx.row(_ever, {"type": type, "resource_id": id}) is None:
        raise UnknownSubject(f"no {type} has this id")
    await _record(tx, erasure)
    return erasure


async def recorded(database: Database) -> Sequence[Erasure]:
    """Every erasure, the oldest first: what a backup must have beside it, of after its own time."""
    return [
        Erasure(id, at, type, resource_id, tuple(orjson.loads(fields)), reason)
        for id, at, type, resource_id, fields, reason in await database.fetch(_all, {})
    ]


def read_log(text: bytes) -> list[Erasure]:
    """The erasures in what `berdaya subject erasures` printed; raises `ValueError` naming the line that is none."""
    known = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            told = orjson.loads(line)
            erasure = Erasure(**{**told, "fields": tuple(told["fields"])})
        except (orjson.JSONDecodeError, TypeError, KeyError) as wrong:
            raise ValueError(f"line {number} is no erasure") from wrong
        if erasure.type not in KINDS or not set(erasure.fields) <= set(KINDS[erasure.type].register.personal):
            raise ValueError(f"line {number} is no erasure that this version knows")
        known.append(erasure)
    return known


async def reapply(database: Database, act: Act, known: Iterable[Erasure]) -> int:
    """Apply the erasures that a restored database has not seen, each in a transaction; gives how many.

    Those it has on record are left alone: what was entered after them was meant to be there. Running it again
    changes nothing.
    """
    applied = 0
    for erasure in known:
        applied += await database.write(act, partial(_again, erasure=erasure))
    return applied


async def _again(tx: Transaction, erasure: Erasure) -> bool:
    if await tx.row(_known, {"id": erasure.id}) is not None:
        return False
    await _forget(tx, erasure)
    await _record(tx, erasure)
    return True


async def _forget(tx: Transaction, erasure: Erasure) -> bool:
    """Whether the thing was there."""
    await blank(tx, erasure.resource_id)
    await forget_files(tx, erasure.resource_id)
    await forget_body(tx, erasure.type, erasure.resource_id)
    register = KINDS[erasure.type].register
    old = await register.find(tx, erasure.resource_id)
    if old is None:
        return False
    await register.update(tx, old, {**old, **dict.fromkeys(erasure.fields)})
    return True


async def _record(tx: Transaction, erasure: Erasure) -> None:
    row: dict[str, Any] = {
        name: getattr(erasure, name) for name in ("id", "at", "type", "resource_id", "reason")
    }
    await tx.execute(_insert, {**row, "fields": orjson.dumps(erasure.fields).decode()})
