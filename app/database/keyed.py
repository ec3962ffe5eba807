"""Rows by their keys: one at a time on SQLite, and on PostgreSQL all that wait for one, in a single statement."""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, any_, bindparam, column, func, select

from app.database.statement import Prepared, Statement, list_of

_Row = Sequence[Any]


class Keyed:
    """A selection by one unique column, in two forms: one key at a time, or every key that is waiting at once.

    The rows of the second form carry their key first, so that each finds its way back to who asked.
    """

    def __init__(self, selection: Select[Any], key: ColumnElement[Any]) -> None:
        self.selection = selection
        self.key = key

    @cached_property
    def sqlite(self) -> Prepared:
        """One key, bound as `key`."""
        return Statement(self.selection.where(self.key == bindparam("key", type_=self.key.type))).sqlite

    @cached_property
    def postgresql(self) -> Prepared:
        """Many keys, bound as the array `keys`; the key itself is the first column."""
        many = self.selection.where(self.key == any_(list_of(self.key, "keys"))).with_only_columns(
            self.key, *self.selection.selected_columns
        )
        return Statement(many).postgresql

    def arguments(self, keys: Iterable[str]) -> tuple[list[str], ...]:
        """What the form for PostgreSQL takes for these keys."""
        return (list(keys),)

    def found(self, rows: Iterable[_Row]) -> dict[str, _Row]:
        """The rows of the form for PostgreSQL by their key; a key without a row is missing."""
        return {row[0]: row[1:] for row in rows}


class Paired:
    """Two selections by their keys as one statement: a pair of keys gives both rows, each as it would come alone.

    In the form for PostgreSQL, of many pairs, both keys come first. A row begins with a column that is never null.
    """

    def __init__(self, first: Keyed, second: Keyed) -> None:
        self._first = first
        self._second = second
        self._width = len(first.selection.selected_columns)

    @cached_property
    def sqlite(self) -> Prepared:
        """One pair, bound as `key` and `other`; always one row."""
        asked = select(
            bindparam("key", type_=self._first.key.type).label("key"),
            bindparam("other", type_=self._second.key.type).label("other"),
        ).subquery("asked")
        return Statement(self._beside(asked)).sqlite

    @cached_property
    def postgresql(self) -> Prepared:
        """Many pairs, bound as the arrays `keys` and `others`."""
        asked = (
            func.unnest(list_of(self._first.key, "keys"), list_of(self._second.key, "others"))
            .table_valued(column("key", self._first.key.type), column("other", self._second.key.type))
            .render_derived("asked")
        )
        return Statement(self._beside(asked, *asked.c)).postgresql

    def _beside(self, asked: FromClause, *told: ColumnElement[Any]) -> Select[Any]:
        first, second = (
            keyed.selection.add_columns(keyed.key.label("of_key")).subquery(name)
            for keyed, name in ((self._first, "first_row"), (self._second, "second_row"))
        )
        columns = [c for part in (first, second) for c in part.c if c.name != "of_key"]
        return (
            select(*told, *columns)
            .select_from(asked)
            .outerjoin(first, first.c.of_key == asked.c.key)
            .outerjoin(second, second.c.of_key == asked.c.other)
        )

    def apart(self, row: _Row) -> tuple[_Row | None, _Row | None]:
        """Both rows of a pair, without their keys."""
        first, second = row[: self._width], row[self._width :]
        return None if first[0] is None else first, None if second[0] is None else second

    def arguments(self, pairs: Iterable[tuple[str, str]]) -> tuple[list[str], ...]:
        """What the form for PostgreSQL takes for these pairs."""
        keys, others = zip(*pairs, strict=True)
        return list(keys), list(others)

    def found(self, rows: Iterable[_Row]) -> dict[tuple[str, str], tuple[_Row | None, _Row | None]]:
        """Both rows of every pair that the form for PostgreSQL was asked for."""
        return {(row[0], row[1]): self.apart(row[2:]) for row in rows}


@cache
def paired(first: Keyed, second: Keyed) -> Paired:
    """Both as one statement, made once."""
    return Paired(first, second)
