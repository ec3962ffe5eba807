"""No row of the register changes without its change record and its audit row: the three are one `Recorded` write.

On PostgreSQL they are a single statement (a data-modifying CTE), on SQLite three in the same transaction. The
followers are written only if the write touched its row, so a lost race records nothing.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Delete, Insert, Table, Update, bindparam, insert, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.database.act import Act
from app.database.face import Chain
from app.database.ledgers import audit, changes
from app.database.statement import Statement
from app.database.words import Position, new_id

Write = Insert | Update | Delete


class present_transaction(FunctionElement[int]):  # noqa: N801  # reads as the SQL function it is
    """The number of the running transaction on PostgreSQL; 0 on SQLite, where commits come one by one."""

    type = Position
    inherit_cache = True


@compiles(present_transaction, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return "pg_current_xact_id()::text::bigint"


@compiles(present_transaction, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return "0"


def _argument(prefix: str, table: Table, name: str) -> Any:
    if name == "transaction_id":
        return present_transaction()
    return bindparam(f"{prefix}_{name}", type_=table.columns[name].type)


class Recorded(Chain):
    """A write of one row followed by its change record and its audit row."""

    _FOLLOWERS = (("change", changes), ("audit", audit))

    def __init__(self, write: Write) -> None:
        self._write = write

    @cached_property
    def together(self) -> Statement:
        """One statement with two inserting CTEs beside the write."""
        written = self._write.returning(literal(1).label("touched")).cte("written")
        final = select(written.c.touched)
        for prefix, table in self._FOLLOWERS:
            names = [column.name for column in table.columns if column.name != "position"]
            row = select(*(_argument(prefix, table, name).label(name) for name in names)).select_from(written)
            final = final.add_cte(insert(table).from_select(names, row).cte(f"{prefix}_written"))
        return Statement(final)

    @cached_property
    def apart(self) -> tuple[Statement, ...]:
        """The write, then the two inserts."""
        followers = (
            Statement(
                insert(table).values(
                    {
                        column.name: _argument(prefix, table, column.name)
                        for column in table.columns
                        if column.name != "position"
                    }
                )
            )
            for prefix, table in self._FOLLOWERS
        )
        return (Statement(self._write), *followers)


def followers(
    act: Act,
    *,
    type: str,
    resource_id: str,
    operation: str,
    version: int,
    village_code: str | None,
    data: str | None,
    before: str | None,
    after: str | None,
) -> Mapping[str, Any]:
    """The values of a change record and an audit row, by the names `Recorded` binds.

    `operation` is created, updated or deleted; `data` the public representation, None once deleted; `before` and
    `after` JSON objects of the fields that differ.
    """
    return {
        "change_id": new_id(),
        "change_type": type,
        "change_resource_id": resource_id,
        "change_operation": operation,
        "change_version": version,
        "change_at": act.at,
        "change_village_code": village_code,
        "change_data": data,
        "audit_id": new_id(),
        "audit_at": act.at,
        "audit_actor": act.actor,
        "audit_actor_name": act.actor_name,
        "audit_role": act.role,
        "audit_address": act.address,
        "audit_request_id": act.request_id,
        "audit_action": act.action,
        "audit_type": type,
        "audit_resource_id": resource_id,
        "audit_village_code": village_code,
        "audit_version": version,
        "audit_before": before,
        "audit_after": after,
    }
