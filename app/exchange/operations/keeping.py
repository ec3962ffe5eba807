"""What is remembered of an operation that was done, so that sending it again does nothing and says what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from app.database import Database, Statement, Transaction
from app.database.statement import one_of
from app.exchange.operations.tables import operations_done as table


@dataclass(frozen=True, slots=True)
class Done:
    """One operation as it was done; the version is the one that its thing got by it."""

    fingerprint: str | None
    type: str
    resource_id: str
    version: int

    def is_told_by(self, fingerprint: str) -> bool:
        """Whether a body is the one that was done; after an erasure nobody can tell any more."""
        return self.fingerprint in (None, fingerprint)


_caller, _id = bindparam("caller", type_=table.c.caller.type), bindparam("id", type_=table.c.id.type)
_columns = (table.c.id, table.c.fingerprint, table.c.type, table.c.resource_id, table.c.version)
_one = Statement(select(*_columns).where(table.c.caller == _caller, table.c.id == _id))
_many = Statement(select(*_columns).where(table.c.caller == _caller, one_of(table.c.id, "ids")))
_keep = Statement(
    insert(table).values({column.name: bindparam(column.name, type_=column.type) for column in table.c})
)
_forget_body = Statement(
    update(table)
    .where(
        table.c.type == bindparam("of_type", type_=table.c.type.type),
        table.c.resource_id == bindparam("of_id", type_=table.c.resource_id.type),
    )
    .values(fingerprint=None)
)


async def known(database: Database, caller: str, ids: Sequence[str]) -> Mapping[str, Done]:
    """Which of these operations of a caller were done before."""
    rows = await database.fetch(_many, {"caller": caller, "ids": ids}) if ids else ()
    return {row[0]: Done(*row[1:]) for row in rows}


async def recall(tx: Transaction, caller: str, id: str) -> Done | None:
    """The operation if it was done; whoever sends it at the same moment waits for the end of this transaction."""
    await tx.lock(f"operation\n{caller}\n{id}")
    row = await tx.row(_one, {"caller": caller, "id": id})
    return None if row is None else Done(*row[1:])


async def keep(tx: Transaction, caller: str, id: str, done: Done) -> None:
    """Remember an operation with its effect."""
    row = {"type": done.type, "resource_id": done.resource_id, "version": done.version, "at": tx.act.at}
    await tx.execute(_keep, {"caller": caller, "id": id, "fingerprint": done.fingerprint, **row})


async def forget_body(tx: Transaction, type: str, resource_id: str) -> None:
    """Take away what could tell, by trying, which personal values the operations on a thing held."""
    await tx.execute(_forget_body, {"of_type": type, "of_id": resource_id})
