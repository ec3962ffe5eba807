"""The template of a kind: its columns under the labels of the exports, filled with the things of a region."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson

from app.database.register import State
from app.exchange.imports.column import Column
from app.exchange.imports.kind import Kind
from app.exchange.imports.templates import TemplateColumn, template
from app.exchange.operations.kinds import KINDS as VERBS
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.readings import note, reading_of
from app.http.sheets.labels import header

MOST = 5000
"""Things that a template is filled with; a region with more is taken in parts."""
_NAMES = ("name", "title")


async def form(ask: Ask, kind: Kind, region: str | None) -> bytes:
    """The workbook; without a region it is empty."""
    columns = [one for one in kind.columns if _offered(kind, one)]
    rows = [] if region is None else await _rows(ask, kind, columns, region)
    told = [_column(kind, one, ask.language) for one in columns]
    return await asyncio.to_thread(template, told, rows, language=ask.language, zone=ask.place.settings.zone)


def _offered(kind: Kind, column: Column) -> bool:
    shown = column.role == "shown" and column.name not in ("district_name", "masked")
    return not shown and column.name not in kind.left_out


def _column(kind: Kind, column: Column, language: Language) -> TemplateColumn:
    wide = 32 if column.name in _NAMES or column.shape == "text" else 18
    return TemplateColumn(
        label=header(kind.type, column.name, language),
        shape=column.shape,
        width=wide,
        choices=tuple(column.choices),
        required=column.needed,
    )


async def _rows(ask: Ask, kind: Kind, columns: list[Column], region: str) -> list[list[Any]]:
    if kind.existing is None:
        return []
    register, reach = VERBS[kind.type].register, ask.caller.personal_reach
    bounds = {"from": region, "to": f"{region}/", "limit": MOST}
    states = [register.state(row) for row in await ask.database.survey(kind.existing, bounds)]
    clear = [state for state in states if register.reveals(state, reach)]
    await note(ask, reading_of(register, clear))
    shown = [
        orjson.loads(
            register.clear_document(state) if register.reveals(state, reach) else register.document(state)
        )
        for state in states
    ]
    return [[_value(kind, one, column) for column in columns] for one in shown]


def _value(kind: Kind, state: State, column: Column) -> Any:
    if kind.type != "idm_record" or column.role == "key":
        return state.get(column.name)
    value: Any = {**state, **_scores(state)}
    for step in column.place:
        value = value.get(step) if isinstance(value, Mapping) else _item(value, step)
    return value


def _scores(state: State) -> State:
    return dict(state["scores"] or dict.fromkeys(("iks", "ike", "ikl")))


def _item(value: Any, step: str) -> Any:
    return value[int(step)] if isinstance(value, list) else None
