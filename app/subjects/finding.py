"""Whose data it is that somebody asks about: by a name, a phone number or an e-mail address, as it was told to us."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError
from sqlalchemy import bindparam, or_, select

from app.database import Database, Statement
from app.database.register import Register
from app.http.contacts import phone_number
from app.http.filters import folded
from app.subjects.kinds import KINDS

BATCH = 5_000


class Found(NamedTuple):
    """A thing that tells of the person, without what it tells."""

    type: str
    id: str
    village_code: str


async def find(database: Database, told: str) -> list[Found]:
    """The things whose personal fields hold this phone number or address, or a name with all these words."""
    wanted = _Wanted(told)
    return [
        Found(type, row[0], row[1])
        for type, kind in KINDS.items()
        async for row in _personal(database, kind.register)
        if any(wanted.is_in(value) for value in row[2:] if value is not None)
    ]


class _Wanted:
    def __init__(self, told: str) -> None:
        self._words = folded(told).split()
        self._exact = {told.strip().casefold()}
        with suppress(PydanticCustomError):
            self._exact.add(phone_number(told))

    def is_in(self, value: str) -> bool:
        if value.casefold() in self._exact:
            return True
        # A number has no words: part of it must not find whoever has another.
        return (
            bool(self._words) and not value.startswith("+") and set(self._words) <= set(folded(value).split())
        )


async def _personal(database: Database, register: Register) -> AsyncIterator[Any]:
    columns = [register.table.c[name] for name in register.personal]
    id = register.table.c.id
    page = Statement(
        select(id, register.table.c.village_code, *columns)
        .where(id > bindparam("after", type_=id.type), or_(*(column.is_not(None) for column in columns)))
        .order_by(id)
        .limit(BATCH)
    )
    after = "00000000-0000-0000-0000-000000000000"
    while rows := await database.survey(page, {"after": after}):
        for row in rows:
            yield row
        after = rows[-1][0]
