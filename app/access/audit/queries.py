"""Which rows of the trail are asked for, newest first; every row comes with its link, once it has one."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, bindparam, select, union_all

from app.database import Database
from app.database.face import Row
from app.database.ledgers import audit, audit_chain, audit_reads
from app.database.register import Register
from app.database.words import Word
from app.http.filters import Equals, Filter, Since, Within
from app.http.paging import Listing, Page

_FIELDS = (
    "id",
    "at",
    "actor",
    "actor_name",
    "role",
    "address",
    "request_id",
    "action",
    "type",
    "resource_id",
    "village_code",
    "version",
    "before",
    "after",
)
_LINK = ("number", "hash")
_LISTED = {"resource_id": "", "version": 0}
"""What stands in the row of a list, where a single thing has its id and its version."""


class _Rows(Register):
    @property
    def published(self) -> tuple[Any, ...]:
        """The columns of a row, and then those of its link."""
        links = (
            select(audit_chain.c[name]).where(audit_chain.c.position == audit.c.position).scalar_subquery()
            for name in _LINK
        )
        columns: tuple[Column[Any], ...] = tuple(audit.c[name] for name in _FIELDS)
        return (*columns, *(link.label(name) for link, name in zip(links, _LINK, strict=True)))


class _Before(Equals):
    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """An upper bound that is not part of it."""
        return [self._column < bindparam(name, type_=self._column.type)]


class _About(Filter):
    """The row tells of this thing, or of a list that showed it."""

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """One id."""
        return {name: value}

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """Two looks into indexes."""
        told = (
            select(table.c.position).where(table.c.resource_id == bindparam(name, type_=Word))
            for table in (audit.alias("told"), audit_reads)
        )
        return [audit.c.position.in_(union_all(*told))]


class _Trail(Listing):
    async def page(self, database: Database, query: Any, **fixed: Any) -> Page:
        """One page, each row in the form that is shown."""
        page = await super().page(database, query, **fixed)
        page.rows = [_shown(row) for row in page.rows]
        return page

    async def walk(self, database: Database, query: Any, **fixed: Any) -> AsyncIterator[Sequence[Row]]:
        """Every row, in the same form."""
        async for rows in super().walk(database, query, **fixed):
            yield [_shown(row) for row in rows]


def _shown(row: Row) -> Row:
    # The tables keep a sign where a list has no id and no version; whoever reads sees that there is none.
    told = dict(zip((*_FIELDS, *_LINK), row, strict=False))
    told |= {name: None for name, sign in _LISTED.items() if told[name] == sign}
    told |= {name: orjson.loads(told[name]) for name in ("before", "after") if told[name] is not None}
    return (0, orjson.dumps(told).decode())


TRAIL = _Trail(
    _Rows(type="audit_row", table=audit, fields=(*_FIELDS, *_LINK), key="position", identity="position"),
    filters={
        "actor": Equals(audit.c.actor),
        "type": Equals(audit.c.type),
        "resource_id": _About(),
        "action": Equals(audit.c.action),
        "region": Within(audit.c.village_code),
        "request_id": Equals(audit.c.request_id),
        "since": Since(audit.c.at),
        "until": _Before(audit.c.at),
    },
    sorts={"position": audit.c.position},
    default="-position",
    survey=True,
)
