"""A list is walked by key, never by offset: each page starts after the last row of the one before.

The sorting column and the unique key together decide the order, so a walk shows each stable row exactly once
while others write. A cursor is bound to the list, its filters and its order.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote_from_bytes

from pydantic import AfterValidator, Field
from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    select,
    tuple_,
)

from app.database import Database, Statement
from app.database.face import Row
from app.database.register import Register
from app.http import cursors
from app.http.fields import Input, fault
from app.http.filters import Filter
from app.http.problems import invalid

MAX_LIMIT = 500


def _limit(value: str) -> str:
    if not (value.isascii() and value.isdigit() and (value[0] != "0" or value == "0")):
        raise fault("value.integer")
    if value == "0":
        raise fault("value.too_small", limit=1)
    if len(value) > 3 or int(value) > MAX_LIMIT:
        raise fault("value.too_large", limit=MAX_LIMIT)
    return value


Limit = Annotated[
    str,
    AfterValidator(_limit),
    Field(json_schema_extra={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
]
"""How many items a page has at most, as a query string spells it."""


class ListQuery(Input):
    """What every list understands."""

    limit: Limit = Field(default="50", description="items a page, 1 to 500")
    cursor: str | None = Field(default=None, max_length=1000, description="`next_cursor` of the page before")
    count: Literal["exact"] | None = Field(default=None, description="`exact` adds `total`")
    format: Literal["json", "csv", "xlsx"] | None = Field(default=None, description="beats `Accept`")
    dialect: Literal["excel"] | None = Field(
        default=None,
        description="`excel`: CSV for an Indonesian Excel, with a BOM, semicolons, decimal commas and headers to read",
    )


_NOT_IN_A_LINK = re.compile(rb"[^!#-;=?-~]")
_OWN = frozenset({"limit", "cursor", "count", "format", "dialect", "sort"})


@dataclass(frozen=True)
class _Shape:
    """What decides the text of a list's statement."""

    filters: tuple[tuple[str, int], ...]
    sort: str
    descending: bool
    continued: bool


@dataclass
class Page:
    """Rows of one page as the register publishes them, and where the next one starts."""

    rows: Sequence[Row]
    next_cursor: str | None
    total: int | None


class Listing:
    """The list of one register: its filters and its orders, a statement for each shape asked for.

    `sorts` maps a name of the allow-list to a column that is never null; the first is the default, unless
    `default` names another or, as `-year`, a direction. `survey`: there are so many rows that a page may take long.
    """

    def __init__(
        self,
        register: Register,
        *,
        filters: Mapping[str, Filter],
        sorts: Mapping[str, ColumnElement[Any]],
        within: ColumnElement[bool] | None = None,
        default: str | None = None,
        survey: bool = False,
    ) -> None:
        self.register = register
        self.filters = filters
        self.sorts = sorts
        self._within = within
        self._default = default or next(iter(sorts))
        self._survey = survey
        self._statements: dict[_Shape, Statement] = {}
        self._totals: dict[tuple[tuple[str, int], ...], Statement] = {}

    async def page(self, database: Database, query: Any, **fixed: Any) -> Page:
        """One page of a validated query; `fixed` are values of the `within` condition."""
        limit = int(query.limit)
        shape, values, digest = self._read(query, fixed)
        values["limit"] = limit + 1
        rows = await self._fetch(database, self._statement(shape), values)
        following = None
        if len(rows) > limit:
            rows = rows[:limit]
            following = cursors.encode(digest, *rows[-1][-2:])
        total = None
        if query.count is not None:
            [[total]] = await self._fetch(database, self._total(shape.filters), values)
        return Page(rows=rows, next_cursor=following, total=total)

    async def walk(self, database: Database, query: Any, **fixed: Any) -> AsyncIterator[Sequence[Row]]:
        """Every row of a validated query from its cursor on, a batch at a time."""
        shape, values, _ = self._read(query, fixed)
        values["limit"] = MAX_LIMIT
        while True:
            rows = await self._fetch(database, self._statement(shape), values)
            yield rows
            if len(rows) < MAX_LIMIT:
                return
            shape = _Shape(shape.filters, shape.sort, shape.descending, continued=True)
            values["after_sort"], values["after_key"] = rows[-1][-2:]

    async def _fetch(self, database: Database, statement: Statement, values: dict[str, Any]) -> Sequence[Row]:
        return await (database.survey if self._survey else database.fetch)(statement, values)

    def _read(self, query: Any, fixed: Mapping[str, Any]) -> tuple[_Shape, dict[str, Any], str]:
        values: dict[str, Any] = dict(fixed)
        filters: list[tuple[str, int]] = []
        told: list[Any] = [self.register.type, *fixed.values()]
        for name in query.model_fields_set:
            if name in _OWN or (value := getattr(query, name)) is None:
                continue
            parts = self.filters[name].values(name, value)
            if parts:
                filters.append((name, len(parts)))
                values.update(parts)
        filters.sort()
        told += [(name, value) for name, value in sorted(values.items())]
        sort, descending = self._order(getattr(query, "sort", None))
        digest = hashlib.blake2b(repr((told, sort, descending)).encode(), digest_size=6).hexdigest()
        continued = query.cursor is not None
        if continued:
            column, key = self.sorts[sort], self.register.key_column
            values["after_sort"], values["after_key"] = cursors.decode(query.cursor, digest, column, key)
        return _Shape(tuple(filters), sort, descending, continued), values, digest

    def _order(self, sort: str | None) -> tuple[str, bool]:
        sort = self._default if sort is None else sort
        name = sort.removeprefix("-")
        if name not in self.sorts:
            raise invalid("/query/sort", "sort.unknown", expected=", ".join(self.sorts))
        return name, sort.startswith("-")

    def _statement(self, shape: _Shape) -> Statement:
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = Statement(self._selection(shape))
        return statement

    def _selection(self, shape: _Shape) -> Select[Any]:
        sort, key = self.sorts[shape.sort], self.register.key_column
        chosen = select(*self.register.published, sort.label("sort_value"), key.label("key_value"))
        chosen = chosen.where(*self._conditions(shape.filters))
        if shape.continued:
            after_sort = bindparam("after_sort", type_=sort.type)
            last = tuple_(after_sort, bindparam("after_key", type_=key.type))
            here = tuple_(sort, key)
            # The first condition says nothing new; it lets an index over an expression be entered in the middle.
            chosen = chosen.where(
                *(
                    (sort <= after_sort, here < last)
                    if shape.descending
                    else (sort >= after_sort, here > last)
                )
            )
        order = (sort.desc(), key.desc()) if shape.descending else (sort, key)
        return chosen.order_by(*order).limit(bindparam("limit"))

    def _total(self, filters: tuple[tuple[str, int], ...]) -> Statement:
        statement = self._totals.get(filters)
        if statement is None:
            counted = select(func.count()).select_from(self.register.table).where(*self._conditions(filters))
            statement = self._totals[filters] = Statement(counted)
        return statement

    def _conditions(self, filters: tuple[tuple[str, int], ...]) -> list[ColumnElement[bool]]:
        chosen = [] if self._within is None else [self._within]
        for name, parts in filters:
            chosen += self.filters[name].conditions(name, parts)
        return chosen


def next_link(path: str, query_string: bytes, cursor: str, *, name: bytes = b"cursor") -> bytes:
    """The `Link` header of the next page: the same query with the new cursor, under the name of its parameter."""
    kept = [pair for pair in query_string.split(b"&") if pair and not pair.startswith(name + b"=")]
    told = b"&".join([*kept, name + b"=" + cursor.encode()])
    if _NOT_IN_A_LINK.search(told):
        told = quote_from_bytes(told, safe="&=%+,.:;-_~!*'()/?@$").encode()
    return b"<" + path.encode() + b"?" + told + b'>; rel="next"'
