"""A statement is built with SQLAlchemy, compiled once for each engine, and then only text and an argument order."""

from collections.abc import Callable, Mapping
from functools import cached_property
from json import dumps
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import BindParameter, Boolean, ClauseElement, ColumnElement, SelectBase, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.visitors import iterate

_SQLITE = sqlite_dialect(paramstyle="qmark")
_POSTGRESQL: Any = cast("Any", asyncpg_dialect)()


class Prepared:
    """SQL text for one engine and the names of its arguments in the order the driver wants them."""

    __slots__ = ("_taken", "arguments", "as_json", "defaults", "text")

    def __init__(
        self,
        text: str,
        arguments: tuple[str, ...],
        defaults: Mapping[str, Any],
        as_json: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.arguments = arguments
        self.defaults = defaults
        self.as_json = as_json
        self._taken: Callable[[Mapping[str, Any]], tuple[Any, ...]] = _take(arguments)

    def bind(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The arguments in order; a name that is missing and has no default is a `KeyError`."""
        if self.as_json:
            values = {**values, **{name: dumps(values[name]) for name in self.as_json}}
        return self._taken({**self.defaults, **values} if self.defaults else values)


def _take(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    # Twenty values by one call; it gives no tuple of a single one, and none at all of nothing.
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple([values[name] for name in names])


def list_of(column: ColumnElement[Any], name: str) -> BindParameter[Any]:
    """An argument that is a list of values for a column."""
    return bindparam(name, type_=ARRAY(column.type.dialect_impl(_POSTGRESQL)))


class one_of(ColumnElement[bool]):  # noqa: N801  # reads as the SQL it is
    """The column has one of the values of a list bound as `name`; one text of SQL however long the list."""

    inherit_cache = False
    type = Boolean()
    _is_implicitly_boolean = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.values = list_of(column, name)


@compiles(one_of, "sqlite")
def _in_json(element: one_of, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in (element.column, element.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # both parts are compiled SQL


@compiles(one_of, "postgresql")
def _any_of_array(element: one_of, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in (element.column, element.values))
    return f"{column} = ANY ({values})"


def _prepare(construct: ClauseElement, dialect: Any) -> Prepared:
    compiled: Any = construct.compile(dialect=dialect)
    if "POSTCOMPILE" in compiled.string:
        raise ValueError("an IN list expands at execution; compare with = any(...) or write the branches out")
    given = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    lists = frozenset(name for name, bind in compiled.binds.items() if isinstance(bind.type, ARRAY))
    as_json = lists if dialect is _SQLITE else frozenset()
    return Prepared(compiled.string, tuple(compiled.positiontup or ()), given, as_json)


class Statement:
    """A SQLAlchemy construct whose text is made on first use for the engine at hand and kept.

    Values bound while building (a limit, a constant) travel along as defaults.
    """

    def __init__(self, construct: ClauseElement) -> None:
        self.construct = construct

    @cached_property
    def only_reads(self) -> bool:
        """Whether it neither writes nor holds a row, so that it may stand before the transaction begins."""
        return isinstance(self.construct, SelectBase) and not any(
            isinstance(part, UpdateBase) or getattr(part, "_for_update_arg", None) is not None
            for part in iterate(self.construct)
        )

    @cached_property
    def sqlite(self) -> Prepared:
        """The statement for SQLite, arguments as question marks."""
        return _prepare(self.construct, _SQLITE)

    @cached_property
    def postgresql(self) -> Prepared:
        """The statement for PostgreSQL, arguments as `$1`, each with its type."""
        return _prepare(self.construct, _POSTGRESQL)
