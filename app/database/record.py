"""No row of the register changes without its change record and its audit row: the three are one `Recorded` write.

On PostgreSQL they are a single statement (a data-modifying CTE), on SQLite three in the same transaction. The
followers are written only if the write touched its row, so a lost race records nothing. On PostgreSQL many
rows are one statement too: their arguments travel as one JSON array and are read there as a table.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Delete,
    FromClause,
    Insert,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from app.database.act import Act
from app.database.face import Chain
from app.database.ledgers import audit, changes
from app.database.statement import Statement
from app.database.words import Count, Position, new_id

Write = Insert | Update | Delete
Argument = Callable[[str, TypeEngine[Any]], ColumnElement[Any]]
"""What stands in a statement for an argument of this name and type."""

_PLACE = "place"


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


class oldest_transaction(FunctionElement[int]):  # noqa: N801  # reads as the SQL function it is
    """The number below which every transaction has ended on PostgreSQL; on SQLite one above all of them.

    It is compared as a number: as text, 1000 would come before 999.
    """

    type = Position
    inherit_cache = True


@compiles(oldest_transaction, "postgresql")
def _horizon_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


@compiles(oldest_transaction, "sqlite")
def _horizon_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return "1"


class later(ColumnElement[bool]):  # noqa: N801  # reads as the SQL it is
    """The row stands behind a place in the order of the feed: its transaction, then its position.

    On SQLite every transaction is 0: said like that, the place is one in the index.
    """

    inherit_cache = False
    type = Boolean()
    _is_implicitly_boolean = True

    def __init__(
        self, table: Table, transaction_id: ColumnElement[Any], position: ColumnElement[Any]
    ) -> None:
        self.whole = tuple_(table.c.transaction_id, table.c.position) > tuple_(transaction_id, position)
        self.simply = and_(table.c.transaction_id == literal_column("0"), table.c.position > position)


@compiles(later, "postgresql")
def _later_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.whole, **options))


@compiles(later, "sqlite")
def _later_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.simply, **options))


class in_order(ColumnElement[int]):  # noqa: N801  # reads as the SQL function it is
    """The transaction under which the feed shows a change: the running one, or a later one if the thing knows one.

    A transaction has its number from its first write on. When it goes on to change a thing that a younger one has
    changed and committed in between, its own number would put the later version before the earlier.
    """

    inherit_cache = False
    type = Position

    def __init__(self, kind: ColumnElement[Any], resource_id: ColumnElement[Any]) -> None:
        earlier = changes.alias("earlier")
        before = (
            select(earlier.c.transaction_id)
            .where(earlier.c.type == kind, earlier.c.resource_id == resource_id)
            .order_by(earlier.c.position.desc())
            .limit(1)
            .correlate_except(earlier)
        )
        # GREATEST passes over null.
        self.number = func.greatest(present_transaction(), before.scalar_subquery())


@compiles(in_order, "postgresql")
def _order_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.number, **options))


@compiles(in_order, "sqlite")
def _order_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return "0"


def _bound(name: str, type_: TypeEngine[Any]) -> ColumnElement[Any]:
    return bindparam(name, type_=type_)


class Recorded(Chain):
    """A write of one row followed by its change record and its audit row.

    `write` builds it from its arguments; `identity` is the column by which the row is known, whose value is the
    argument `identity`.
    """

    _FOLLOWERS = (("change", changes), ("audit", audit))

    def __init__(self, write: Callable[[Argument], Write], *, identity: Column[Any]) -> None:
        self._write = write
        self._identity = identity

    @cached_property
    def together(self) -> Statement:
        """One statement with two inserting CTEs beside the write."""
        return self._chained(_bound, None)

    @cached_property
    def apart(self) -> tuple[Statement, ...]:
        """The write, then the two inserts."""
        followers = (insert(table).values(_row(_bound, prefix, table)) for prefix, table in self._FOLLOWERS)
        return (Statement(self._write(_bound)), *map(Statement, followers))

    @cached_property
    def many(self) -> Statement:
        """The same statement over the table that `packed` makes of many rows, recorded in their order."""
        columns = [column(name, type_) for name, type_ in self._arguments.items()]
        told = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON))
        given = select(told.table_valued(*columns).render_derived(name="told", with_types=True)).cte("given")
        return self._chained(lambda name, _: given.c[name], given)

    def packed(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """The arguments of many rows as the JSON array that `many` takes as `rows`."""
        names = [name for name in self._arguments if name != _PLACE]
        told = [{_PLACE: place, **{name: row[name] for name in names}} for place, row in enumerate(rows)]
        return orjson.dumps(told).decode()

    @cached_property
    def _arguments(self) -> Mapping[str, TypeEngine[Any]]:
        """Every argument with its type, and the place of a row among many."""
        named = {_PLACE: Count, "identity": self._identity.type}

        def noted(name: str, type_: TypeEngine[Any]) -> ColumnElement[Any]:
            named[name] = type_
            return _bound(name, type_)

        self._write(noted)
        for prefix, table in self._FOLLOWERS:
            _row(noted, prefix, table)
        return named

    def _chained(self, argument: Argument, given: FromClause | None) -> Statement:
        written = self._write(argument).returning(self._identity.label("touched")).cte("written")
        final = select(written.c.touched)
        for prefix, table in self._FOLLOWERS:
            row = _row(argument, prefix, table)
            told = select(*(value.label(name) for name, value in row.items())).select_from(written)
            if given is not None:
                told = told.join(given, given.c.identity == written.c.touched).order_by(given.c[_PLACE])
            final = final.add_cte(insert(table).from_select(list(row), told).cte(f"{prefix}_written"))
        return Statement(final)


def _row(argument: Argument, prefix: str, table: Table) -> dict[str, ColumnElement[Any]]:
    """A row of a ledger: the database gives its position and the transaction, the rest are arguments."""
    given = (one for one in table.columns if one.name not in ("position", "transaction_id"))
    named = {one.name: argument(f"{prefix}_{one.name}", one.type) for one in given}
    ordered = table is changes
    number = in_order(named["type"], named["resource_id"]) if ordered else present_transaction()
    return {"transaction_id": number, **named}


def followers(
    act: Act,
    *,
    type: str,
    resource_id: str,
    operation: str,
    version: int,
    village_code: str | None,
    village_code_before: str | None,
    data: str | None,
    before: str | None,
    after: str | None,
) -> dict[str, Any]:
    """The values of a change record and an audit row, by the names `Recorded` binds.

    `operation` is created, updated or deleted; `village_code_before` says where the thing was, if elsewhere; `data`
    is the public representation, None once deleted; `before` and `after` are JSON objects of the fields that differ.
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
        "change_village_code_before": village_code_before,
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
