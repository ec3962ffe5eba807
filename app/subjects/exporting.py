"""Everything that is held on a subject as one document that a machine can read, with who saw it and when.

Source: UU 27/2022, articles 7, 13 and 32: the data and the trail of its processing. Addresses of callers are left out:
they tell of others (article 33). The export is itself a reading, on record before it is given.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import bindparam, or_, select

from app.database import Act, Database, Statement
from app.database.ledgers import audit, audit_reads, changes
from app.database.readings import Reading, record
from app.database.register import Register, State
from app.database.words import Word
from app.subjects.erasing import recorded
from app.subjects.kept import answers_about
from app.subjects.kinds import KINDS, Kind, UnknownSubject

_CHANGE = ("type", "resource_id", "operation", "version", "at", "village_code", "data")
_DEED = (
    *("at", "actor", "actor_name", "role", "request_id", "action"),
    *("type", "resource_id", "version", "before", "after"),
)
_JSON = frozenset({"data", "before", "after"})

_type, _id = bindparam("type", type_=Word), bindparam("id", type_=Word)
_changes_of = Statement(
    select(*(changes.c[name] for name in _CHANGE))
    .where(changes.c.type == _type, changes.c.resource_id == _id)
    .order_by(changes.c.position)
)
_naming = Statement(
    select(changes.c.resource_id)
    .where(changes.c.type == _type, changes.c.data.like(bindparam("mention", type_=Word)))
    .group_by(changes.c.resource_id)
    .order_by(changes.c.resource_id)
)
_shown_in = select(audit_reads.c.position).where(audit_reads.c.resource_id == _id)
_trail_of = Statement(
    select(*(audit.c[name] for name in _DEED))
    .where(audit.c.type == _type, or_(audit.c.resource_id == _id, audit.c.position.in_(_shown_in)))
    .order_by(audit.c.position)
)


async def held_on(database: Database, act: Act, type: str, id: str) -> dict[str, Any]:
    """All that is held on a subject; raises `UnknownSubject` for what never was.

    `record` is the thing in the clear (null once it is deleted), then the parts of its kind; `changes` every version
    of all of it, `trail` every deed and reading, `kept_answers` what else still shows it, `erasures` what was erased.
    """
    kind = KINDS[type]
    state = await kind.register.find(database, id)
    versions = await _rows(database, _changes_of, _CHANGE, {"type": type, "id": id})
    if state is None and not versions:
        raise UnknownSubject(f"no {type} has this id")
    if state is not None:
        await record(database, act, _reading(kind.register, state))
    trail = await _trail(database, type, id)
    for part, other in await _others(database, kind, id):
        versions += await _rows(database, _changes_of, _CHANGE, {"type": part, "id": other})
        trail += await _trail(database, part, other)
    return {
        "type": type,
        "id": id,
        "exported_at": act.at,
        "record": None if state is None else _clear(kind.register, state),
        **await _parts(database, kind, id),
        "changes": versions,
        "trail": trail,
        "kept_answers": list(await answers_about(database, id)),
        "erasures": [
            {"at": one.at, "fields": list(one.fields), "reason": one.reason}
            for one in await recorded(database)
            if (one.type, one.resource_id) == (type, id)
        ],
    }


def _reading(register: Register, state: State) -> Reading:
    return Reading(
        type=register.type,
        fields=register.personal,
        id=state[register.identity],
        version=state["version"],
        village_code=state.get("village_code"),
    )


def _clear(register: Register, state: State) -> dict[str, Any]:
    return {name: state.get(name) for name in register.fields}


async def _parts(database: Database, kind: Kind, id: str) -> dict[str, Any]:
    return {
        part.name: [
            _clear(part.register, part.register.state(row))
            for row in await database.fetch(part.find, {"ukm_id": id})
        ]
        for part in kind.parts
    }


async def _others(database: Database, kind: Kind, id: str) -> list[tuple[str, str]]:
    """The type and id of every part there is or was: what is deleted is known from its change records."""
    return [
        (part.register.type, row[0])
        for part in kind.parts
        if part.names_it
        for row in await database.survey(
            _naming, {"type": part.register.type, "mention": f'%"ukm_id":"{id}"%'}
        )
    ]


async def _trail(database: Database, type: str, id: str) -> list[dict[str, Any]]:
    deeds = await _rows(database, _trail_of, _DEED, {"type": type, "id": id})
    for deed in deeds:
        # The row of a list names everything that the list showed; the others are not this subject's to know.
        if isinstance(deed["after"], dict) and "ids" in deed["after"]:
            deed["after"] = {"read": deed["after"]["read"]}
            deed["resource_id"] = id
    return deeds


async def _rows(
    database: Database, statement: Statement, names: Sequence[str], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            name: orjson.loads(value) if name in _JSON and value is not None else value
            for name, value in zip(names, row, strict=True)
        }
        for row in await database.survey(statement, values)
    ]
