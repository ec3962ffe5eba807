"""What the sheets of things in villages have in common: where the thing is, and how its row finds it."""

from collections.abc import Callable, Hashable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Column as TableColumn
from sqlalchemy import bindparam, func, select

from app.database import Statement, Transaction
from app.database.register import Register, State
from app.database.words import Code, Count, Id
from app.exchange.imports.cells import village, whole
from app.exchange.imports.column import Column, keys, shown, told
from app.exchange.imports.kind import Run
from app.exchange.imports.lines import Line
from app.exchange.imports.things import Find, village_of
from app.http.fields import Identifier
from app.http.filters import folded
from app.http.problems import Conflict, NotFound, invalid

VERSION = Column(name="version", form=whole, role="key", shape="integer")
TIMES = shown("created_at", "updated_at", "masked")
PLACE: tuple[Column, ...] = (
    told("village_code", village, needed=True, shape="code", aliases=("Kode desa", "Kode wilayah", "Kode")),
    told("village_name", aliases=("Nama desa", "Desa", "Nama desa/kelurahan")),
    *shown("district_code", "district_name"),
)
ID = keys("id")[0]
_id: TypeAdapter[str] = TypeAdapter(Identifier)


def existing(register: Register) -> Statement:
    """The things of a region, by village."""
    table = register.table.c
    code = table.code if "code" in table else table.village_code
    return Statement(
        select(*register.published)
        .where(code >= bindparam("from", type_=Code), code < bindparam("to", type_=Code))
        .order_by(code, register.key_column)
        .limit(bindparam("limit", type_=Count))
    )


def of_name(*names: str) -> Callable[[Line], Hashable | None]:
    """The key of a row: its id, else its village and what these columns say."""

    def key(line: Line) -> Hashable | None:
        if line.value("id"):
            return str(line.value("id")).lower()
        village = line.value("village_code") or folded(str(line.value("village_name") or ""))
        said = tuple(folded(str(line.value(name) or "")) for name in names)
        return (village, *said) if village and said[0] else None

    return key


def by_name(register: Register, name: str, key: TableColumn[Any], *more: str) -> Find:
    """How a row finds its thing: by its id, else by its village and its name (and what `more` fields say).

    Several such things are 409 `import.several_things`.
    """
    table = register.table.c
    # Said like this, so that the index of the name is taken: a village may have more things than a name has.
    village = bindparam("village_id", type_=Id)
    named = Statement(
        select(*register.published)
        .where(
            key == bindparam("name_key", type_=Code),
            func.coalesce(table.village_id, village) == village,
        )
        .limit(20)
    )

    async def find(tx: Transaction, line: Line, run: Run) -> State | None:
        id = line.value("id")
        if id is not None:
            return await _by_id(tx, register, str(id).lower())
        if line.value(name) is None:
            return None
        village = await village_of(tx, line, run)
        values = {"name_key": folded(str(line.value(name))), "village_id": village["village_id"]}
        states = [register.state(row) for row in await tx.fetch(named, values)]
        found = [one for one in states if all(one[field] == line.value(field) for field in more)]
        if len(found) > 1:
            raise Conflict("import.several_things", pointer=f"/{name}")
        return found[0] if found else None

    return find


async def _by_id(tx: Transaction, register: Register, id: str) -> State:
    try:
        _id.validate_python(id)
    except ValidationError as wrong:
        raise invalid("/path/id", "value.uuid") from wrong
    thing = await register.find(tx, id)
    if thing is None or not tx.act.reaches(thing["village_code"]):
        raise NotFound(f"{register.type}.not_found", pointer="/path/id")
    return thing
