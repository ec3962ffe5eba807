"""Codes that villages gave up become those they have now; one that leads nowhere is marked, with the code of the name.

Law: what lies beyond the reach of whoever imports is as unknown here as what does not exist.
"""

import asyncio
from collections.abc import Iterator, Mapping

from app.database import Database
from app.database.register import State
from app.exchange.imports.column import Column
from app.exchange.imports.lines import Line, Mark, Repair, Sheet
from app.http.filters import folded
from app.villages import queries
from app.villages.many import find_many
from app.villages.tables import VILLAGES

_TOGETHER = 500
_SUGGESTED = 1000
"""For how many rows a name is looked up."""
_OF_CODES = frozenset({"code.malformed", "code.bps", "village.not_found"})


async def resolve(database: Database, sheet: Sheet, reach: str, *, registers: bool) -> None:
    """Put the present code in the place of each former one; `registers` lets an unknown one be a new village."""
    columns = [one for one in sheet.columns.values() if one.shape in ("code", "codes")]
    named = sorted({code for line in sheet.lines for column in columns for code in _codes(line, column)})
    found: dict[str, State] = {}
    for start in range(0, len(named), _TOGETHER):
        found |= await find_many(database, named[start : start + _TOGETHER])
        await asyncio.sleep(0)
    for line in sheet.lines:
        for column in columns:
            _present(line, column, sheet, found, reach, registers=registers)
    await _suggest(database, sheet, reach)


def _codes(line: Line, column: Column) -> Iterator[str]:
    value = line.value(column.name)
    if isinstance(value, str):
        yield value
    elif value:
        yield from value


def _present(
    line: Line, column: Column, sheet: Sheet, found: Mapping[str, State], reach: str, *, registers: bool
) -> None:
    place = sheet.places[column.name]
    now = []
    for code in _codes(line, column):
        village = found.get(code)
        if village is not None and village["code"].startswith(reach):
            now.append(village["code"])
        elif registers and village is None and code.startswith(reach):
            now.append(code)
        else:
            line.bad.add(column.name)
            line.values.pop(column.name, None)
            line.marks.append(Mark(line.number, place, "village.not_found", {}))
            return
    if now and now != list(_codes(line, column)):
        line.repairs = [one for one in line.repairs if one.column != place]
        line.repairs.append(Repair(line.number, place, "import.former_code", "; ".join(now)))
        line.values[column.name] = now if column.shape == "codes" else now[0]


async def _suggest(database: Database, sheet: Sheet, reach: str) -> None:
    """The code that the village of the same name has, where only one within reach bears it."""
    column = "village_code" if "village_code" in sheet.places else "code"
    name = "village_name" if "village_name" in sheet.places else "name"
    if column not in sheet.places or name not in sheet.places or (column == "code") != (name == "name"):
        return
    asked = [line for line in sheet.lines if column in line.bad and line.value(name)][:_SUGGESTED]
    for line in asked:
        bounds = {"from": reach, "to": f"{reach}/" if reach else ":"}
        rows = await database.fetch(queries.named, {"name_key": folded(line.value(name)), **bounds})
        if len(rows) == 1:
            code = VILLAGES.state(rows[0])["code"]
            line.marks = [
                one._replace(suggestion=code)
                if one.column == sheet.places[column] and one.code in _OF_CODES
                else one
                for one in line.marks
            ]
