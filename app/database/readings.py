"""Whoever is shown somebody's personal values leaves an audit row before the answer goes out.

One thing that was read is told by its id and version; a list by one row that names each thing it showed in the clear,
and `audit_reads` finds that row by any of them. A row that cannot be written is a failure, never an unaudited answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Text, bindparam, insert, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.database.act import Act
from app.database.face import Database, Transaction
from app.database.failures import Unavailable
from app.database.ledgers import audit, audit_reads
from app.database.record import present_transaction
from app.database.statement import Statement
from app.database.words import Position, new_id

OF_A_LIST = 0
"""The version in the audit row of a list, which has none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer shows in the clear: these fields of these things, all of one type.

    `id` and `version` are those of a single thing; of a list `id` is empty, and `ids` are the things in it.
    `village_code` is the code, or the longest region, in which all of it lies. `at` is when a single thing was last
    changed: a write that answers with what it wrote itself has its row already.
    """

    type: str
    fields: tuple[str, ...]
    id: str
    version: int
    village_code: str | None
    ids: tuple[str, ...] = ()
    at: str = ""

    @property
    def told(self) -> str:
        """What the audit row says of it."""
        told: dict[str, Any] = {"read": self.fields}
        return orjson.dumps(told if self.id else {**told, "ids": self.ids}).decode()


def region_of(codes: Sequence[str | None]) -> str | None:
    """The longest region in which all these villages lie; None when there is none, or one of them lies nowhere."""
    if not codes or None in codes:
        return None
    parts = [code.split(".") for code in codes if code is not None]
    shared = []
    for steps in zip(*parts, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return ".".join(shared) or None


class members(FunctionElement[str]):  # noqa: N801  # reads as the SQL function it is
    """The members of a JSON array of texts as a table with the column `value`."""

    inherit_cache = True


@compiles(members, "postgresql")
def _members_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


@compiles(members, "sqlite")
def _members_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


_given = [column for column in audit.c if column.name not in ("position", "transaction_id")]
_insert = Statement(
    insert(audit)
    .values(
        {"transaction_id": present_transaction(), **{c.name: bindparam(c.name, type_=c.type) for c in _given}}
    )
    .returning(audit.c.position)
)
_told = members(bindparam("ids", type_=Text())).table_valued("value", name="told")
_find_by = Statement(
    insert(audit_reads).from_select(
        ["resource_id", "position"],
        select(_told.c.value, bindparam("position", type_=Position)),
    )
)


async def record(database: Database, act: Act, reading: Reading) -> None:
    """Leave the audit row of a reading, committed; raises `Unavailable` when that cannot be done."""

    async def unit(tx: Transaction) -> None:
        [[position]] = await tx.fetch(_insert, _row(act, reading))
        if not reading.id:
            ids = orjson.dumps(reading.ids).decode()
            await tx.execute(_find_by, {"ids": ids, "position": position})

    try:
        await database.write(act, unit)
    except Unavailable:
        raise
    except Exception as failed:
        raise Unavailable(f"the audit trail cannot be written: {type(failed).__name__}") from failed


def _row(act: Act, reading: Reading) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": act.at,
        "actor": act.actor,
        "actor_name": act.actor_name,
        "role": act.role,
        "address": act.address,
        "request_id": act.request_id,
        "action": act.action,
        "type": reading.type,
        "resource_id": reading.id,
        "village_code": reading.village_code,
        "version": reading.version,
        "before": None,
        "after": reading.told,
    }
