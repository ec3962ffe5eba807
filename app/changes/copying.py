"""A copy begins with what is there now, kind by kind in the order of each thing's identity, which never changes.

Law: the position from which to follow is taken before anything is read and goes along from page to page. So what
changes while the copy is made is told again by the feed, and nothing falls between the two.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from app.changes import following
from app.changes.area import Area, Form, within
from app.changes.position import Place, Position
from app.changes.types import REGISTERS, Kinds
from app.database import Database, Statement
from app.database.face import Row
from app.database.ledgers import changes
from app.database.register import Register
from app.database.words import Count, Id
from app.http import cursors
from app.http.problems import invalid

WINDOW = 10_000
"""How many things of a kind are looked at together."""
_WINDOWS = 10
"""How many windows a page looks at, whatever it finds there."""

_FORM = "copy"
_CURSOR = "/query/cursor"


class Copying(NamedTuple):
    """Where a copy stands: from where to follow, the kind that is being read, and the last thing of it."""

    changes_after: Position
    kind: str
    last: str


class Copied(NamedTuple):
    """One thing: its kind and a row of identity, version, village code and representation."""

    kind: str
    row: Row


class Page(NamedTuple):
    """Some things of a copy, and where it stands then; None when it is whole."""

    items: Sequence[Copied]
    stands: Copying | None


def kinds_in(kinds: Kinds, region: str | None) -> tuple[str, ...]:
    """What is copied, in order: in a region there is nothing of what lies nowhere."""
    return kinds.all if region is None else kinds.placed


def digest_of(region: str | None, kinds: Sequence[str]) -> str:
    """What binds a cursor to what was asked for."""
    return hashlib.blake2b(repr((region, *kinds)).encode(), digest_size=6).hexdigest()


def cursor_of(copying: Copying, digest: str) -> str:
    """The opaque text that a client gives back for the next page."""
    after = copying.changes_after
    return cursors.pack(_FORM, digest, after.epoch, *after.place, copying.kind, copying.last)


async def begin(database: Database, kinds: Sequence[str]) -> Copying:
    """The beginning of a copy: from here on every change will be told."""
    return Copying(await following.present(database), kinds[0] if kinds else "", "")


def read(cursor: str, digest: str, kinds: Sequence[str]) -> Copying:
    """Where the copy stood; 422 `cursor.unknown` for a cursor that is forged or of another copy."""
    parts = cursors.unpack(cursor, pointer=_CURSOR)
    if len(parts) == 7 and parts[:2] == [_FORM, digest]:
        epoch, transaction_id, position, kind, last = parts[2:]
        numbers = all(cursors.holds(changes.c.position, one) for one in (transaction_id, position))
        if numbers and isinstance(epoch, str) and kind in kinds:
            register = REGISTERS[kind]
            if last == "" or cursors.holds(register.table.columns[register.identity], last):
                return Copying(Position(epoch, Place(transaction_id, position)), kind, last)
    raise invalid(_CURSOR, "cursor.unknown")


async def page(
    database: Database,
    copying: Copying,
    *,
    limit: int,
    kinds: Sequence[str],
    area: Area,
    window: int = WINDOW,
) -> Page:
    """The next things of these kinds in this area, looking at `window` of a kind at a time."""
    items: list[Copied] = []
    rest = list(kinds[kinds.index(copying.kind) :]) if kinds else []
    last = copying.last
    for _ in range(_WINDOWS):
        if not rest:
            return Page(items, None)
        rows, upto = await _window(
            database, rest[0], last, limit=limit - len(items), area=area, window=window
        )
        items += [Copied(rest[0], row) for row in rows]
        last = upto or ""
        if upto is None:
            rest.pop(0)
        if len(items) == limit:
            break
    return Page(items, Copying(copying.changes_after, rest[0], last) if rest else None)


async def _window(
    database: Database, kind: str, last: str, *, limit: int, area: Area, window: int
) -> tuple[Sequence[Row], str | None]:
    """Things of a kind that come after one, and up to where they were looked for; None: there are no more."""
    register = REGISTERS[kind]
    edge, found = _statements(kind)
    after = last or _before_all(register)
    row = await database.row(edge, {"after": after, "window": window})
    if row is None:
        return (), None
    values: Mapping[str, Any] = {"after": after, "upto": row[0], "limit": limit, **area.values}
    rows = await database.survey(found[area.form], values)
    return rows, rows[-1][0] if len(rows) == limit else row[0]


def _before_all(register: Register) -> str:
    return (
        "00000000-0000-0000-0000-000000000000" if register.table.columns[register.identity].type is Id else ""
    )


@cache
def _statements(kind: str) -> tuple[Statement, Mapping[Form, Statement]]:
    register = REGISTERS[kind]
    table = register.table
    identity = table.columns[register.identity]
    after = identity > bindparam("after", type_=identity.type)
    ahead = (
        select(identity).where(after).order_by(identity).limit(bindparam("window", type_=Count)).subquery()
    )
    ahead_identity = ahead.c[identity.name]
    edge = select(ahead_identity).order_by(ahead_identity.desc()).limit(bindparam("one", 1, type_=Count))
    return Statement(edge), {form: _found(register, form) for form in ("everywhere", "region", "village")}


def _found(register: Register, form: Form) -> Statement:
    table, name = register.table, register.village_code
    identity = table.columns[register.identity]
    # What lies somewhere is shown once its place is known.
    places = [] if name is None else [table.columns[name]]
    wanted = [place.is_not(None) for place in places] + (within(form, places) if places else [])
    code = (
        table.columns[name]
        if name is not None
        else bindparam("nowhere", None, type_=table.columns.document.type)
    )
    chosen = select(identity, table.columns.version, code.label("place"), table.columns.document).where(
        identity > bindparam("after", type_=identity.type),
        identity <= bindparam("upto", type_=identity.type),
        *wanted,
    )
    return Statement(chosen.order_by(identity).limit(bindparam("limit", type_=Count)))
