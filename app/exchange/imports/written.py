"""What each row of an import wrote, kept in the transaction that wrote it, to be taken back or forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import JSON, Text, bindparam, cast, column, func, insert, or_, select, update

from app.database import Database, Statement, Transaction
from app.database.face import Chain, Values
from app.database.words import Id, Word
from app.exchange.imports.tables import import_jobs, import_writes

_jobs = import_jobs.c
_id = bindparam("id", type_=Id)
_writes = Statement(
    select(
        import_writes.c.row_number,
        import_writes.c.type,
        import_writes.c.resource_id,
        import_writes.c.operation,
        import_writes.c.version,
        import_writes.c.before,
    )
    .where(import_writes.c.job_id == _id)
    .order_by(import_writes.c.row_number.desc())
)
_of_resource = select(import_writes.c.job_id).where(
    import_writes.c.resource_id == bindparam("resource_id", type_=Word)
)
_forget_files = Statement(
    update(import_jobs)
    .where(or_(_jobs.id.in_(_of_resource), _jobs.report.like(bindparam("mention", type_=Word))))
    .values(file=None, report=None)
)
_forget_before = Statement(
    update(import_writes)
    .where(import_writes.c.resource_id == bindparam("resource_id", type_=Word))
    .values(before=None)
)


@dataclass(frozen=True, slots=True)
class Written:
    """What one row wrote."""

    row: int
    type: str
    resource_id: str
    operation: str
    version: int
    before: dict[str, Any] | None


async def writes(source: Database | Transaction, id: str) -> list[Written]:
    """What a job wrote, the last first."""
    rows = await source.fetch(_writes, {"id": id})
    return [
        Written(row, type, resource_id, operation, version, None if before is None else orjson.loads(before))
        for row, type, resource_id, operation, version, before in rows
    ]


class _Writes(Chain):
    """Rows of what was written: one insert for all of them where the engine can."""

    _columns = tuple(import_writes.c)

    @cached_property
    def together(self) -> Statement:
        """One row; gives its number."""
        given = {one.name: bindparam(one.name, type_=one.type) for one in self._columns}
        return Statement(insert(import_writes).values(given).returning(import_writes.c.row_number))

    @cached_property
    def apart(self) -> tuple[Statement, ...]:
        """The same; nothing follows."""
        given = {one.name: bindparam(one.name, type_=one.type) for one in self._columns}
        return (Statement(insert(import_writes).values(given)),)

    @cached_property
    def many(self) -> Statement:
        """Many rows out of a JSON array."""
        told = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON)).table_valued(
            *(column(one.name, one.type) for one in self._columns)
        )
        rows = select(told.render_derived(name="told", with_types=True))
        names = [one.name for one in self._columns]
        return Statement(insert(import_writes).from_select(names, rows).returning(import_writes.c.row_number))

    def packed(self, rows: Sequence[Values]) -> str:
        """The array."""
        return orjson.dumps(rows).decode()


_chain = _Writes()


async def keep_writes(tx: Transaction, id: str, written: Sequence[Written]) -> None:
    """Keep what rows wrote, in the transaction in which they wrote it."""
    await tx.chain_many(
        _chain,
        [
            {
                "job_id": id,
                "row_number": one.row,
                "type": one.type,
                "resource_id": one.resource_id,
                "operation": one.operation,
                "version": one.version,
                "before": None if one.before is None else orjson.dumps(one.before).decode(),
            }
            for one in written
        ],
    )


async def forget(tx: Transaction, resource_id: str) -> None:
    """Take away every file that told of a thing and what was found in it, and what the thing was before.

    A file whose row made or found no thing names nobody by an id; it goes with its thirty days.
    """
    await tx.execute(_forget_files, {"resource_id": resource_id, "mention": f"%{resource_id}%"})
    await tx.execute(_forget_before, {"resource_id": resource_id})
