"""A statement is built with SQLAlchemy, compiled once for each engine, and then only text and an argument order."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from sqlalchemy import ClauseElement, ColumnElement, Select, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect

_SQLITE = sqlite_dialect(paramstyle="qmark")
_POSTGRESQL: Any = cast("Any", asyncpg_dialect)()


class Prepared:
    """SQL text for one engine and the names of its arguments in the order the driver wants them."""

    __slots__ = ("arguments", "defaults", "text")

    def __init__(self, text: str, arguments: tuple[str, ...], defaults: Mapping[str, Any]) -> None:
        self.text = text
        self.arguments = arguments
        self.defaults = defaults

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """The arguments in order; a name that is missing and has no default is a `KeyError`."""
        defaults = self.defaults
        if defaults:
            return [values[name] if name in values else defaults[name] for name in self.arguments]
        return [values[name] for name in self.arguments]


def _prepare(construct: ClauseElement, dialect: Any) -> Prepared:
    compiled: Any = construct.compile(dialect=dialect)
    if "POSTCOMPILE" in compiled.string:
        raise ValueError("an IN list expands at execution; compare with = any(...) or write the branches out")
    given = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return Prepared(compiled.string, tuple(compiled.positiontup or ()), given)


class Statement:
    """A SQLAlchemy construct whose text is made on first use for the engine at hand and kept.

    Values bound while building (a limit, a constant) travel along as defaults.
    """

    def __init__(self, construct: ClauseElement) -> None:
        self.construct = construct

    @cached_property
    def sqlite(self) -> Prepared:
        """The statement for SQLite, arguments as question marks."""
        return _prepare(self.construct, _SQLITE)

    @cached_property
    def postgresql(self) -> Prepared:
        """The statement for PostgreSQL, arguments as `$1`, each with its type."""
        return _prepare(self.construct, _POSTGRESQL)


class Keyed:
    """A selection by one unique column, in two forms: one key at a time, or every key that is waiting at once.

    The rows of the second form carry their key first, so that each finds its way back to who asked.
    """

    def __init__(self, selection: Select[Any], key: ColumnElement[Any]) -> None:
        self._selection = selection
        self._key = key

    @cached_property
    def sqlite(self) -> Prepared:
        """One key, bound as `key`."""
        return _prepare(self._selection.where(self._key == bindparam("key", type_=self._key.type)), _SQLITE)

    @cached_property
    def postgresql(self) -> Prepared:
        """Many keys, bound as the array `keys`; the key itself is the first column."""
        keys = bindparam("keys", type_=ARRAY(self._key.type.dialect_impl(_POSTGRESQL)))
        many = self._selection.where(self._key == any_(keys)).with_only_columns(
            self._key, *self._selection.selected_columns
        )
        return _prepare(many, _POSTGRESQL)
