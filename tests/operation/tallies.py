"""The tables of a database held against one another and against what a server had acknowledged."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import asyncpg
import orjson

from app.access.audit.verifying import verify
from app.cooperatives.legality.tables import EVENTS
from app.cooperatives.tables import COOPERATIVES
from app.database import connect
from app.database.register import Register
from app.database.sqlite_driver import sqlite
from app.groups.tables import GROUPS
from app.trainings.enrolments.tables import ENROLMENTS
from app.trainings.tables import TRAININGS
from app.ukms.tables import UKMS
from app.villages.tables import VILLAGES
from tests.operation.crashing import Journal

REGISTERS = (VILLAGES, COOPERATIVES, EVENTS, UKMS, GROUPS, TRAININGS, ENROLMENTS)
KEYED = (COOPERATIVES, UKMS, TRAININGS, ENROLMENTS)
"""What the workers enter only under a key."""

_TOLD = "SELECT type, resource_id, version, count(*) AS times FROM {} GROUP BY type, resource_id, version"
# A reading of personal values has an audit row of its own, and no change.
_WRITTEN = "(SELECT * FROM audit WHERE after IS NULL OR after NOT LIKE '{\"read\":%') written"
# Every version of every thing has one change and one audit row, and no version is missing.
LEDGERS = {
    "changes without their one audit row": "SELECT count(*) FROM ({changes}) one LEFT JOIN ({audit}) other"
    " ON one.type = other.type AND one.resource_id = other.resource_id AND one.version = other.version"
    " WHERE one.times <> 1 OR coalesce(other.times, 0) <> 1",
    "audit rows without their change": "SELECT count(*) FROM ({audit}) one LEFT JOIN ({changes}) other"
    " ON one.type = other.type AND one.resource_id = other.resource_id AND one.version = other.version"
    " WHERE other.times IS NULL",
    "things with a gap in their versions": "SELECT count(*) FROM (SELECT 1 FROM changes GROUP BY type,"
    " resource_id HAVING min(version) <> 1 OR max(version) <> count(DISTINCT version)) gap",
}
PRESENT = (
    "SELECT count(*) FROM {table} thing LEFT JOIN changes told ON told.type = '{type}'"
    " AND told.resource_id = CAST(thing.{identity} AS text) AND told.version = thing.version"
    " WHERE told.data IS NULL OR told.data <> thing.document"
)
PLACES = (
    "SELECT count(*) FROM trainings WHERE enrolled <>"
    " (SELECT count(*) FROM enrolments WHERE enrolments.training_id = trainings.id)"
)


def ask(url: str, sql: str) -> Sequence[Any]:
    """The rows of a question, put on a connection of its own."""
    if url.startswith("sqlite"):
        connection: sqlite3.Connection = sqlite.connect(url.removeprefix("sqlite:///"))
        with closing(connection):
            return connection.execute(sql).fetchall()
    return asyncio.run(_asked(url, sql))


async def _asked(url: str, sql: str) -> Sequence[Any]:
    connection = await asyncpg.connect(url)
    try:
        rows: Sequence[Any] = await connection.fetch(sql)
        return rows
    finally:
        await connection.close()


def lost(url: str, journal: Journal) -> list[Any]:
    """What was acknowledged and is not there, or is there otherwise."""
    codes = dict(ask(url, "SELECT CAST(village_id AS text), code FROM villages"))
    there = {
        (type, codes.get(id, id), version)
        for type, id, version in ask(url, "SELECT type, resource_id, version FROM changes")
    }
    answers = {key: bytes(body) for key, body in ask(url, "SELECT key, body FROM kept_answers")}
    events = {id for (id,) in ask(url, "SELECT event_id FROM legality_events")}
    otherwise = [key for key, body in journal.answers.items() if answers.get(key) != body]
    return [*(journal.traces - there), *otherwise, *(journal.events - events)]


def uneven(url: str) -> dict[str, int]:
    """What has one of its rows and lacks another, by what it is, whoever wrote; empty when all is well."""
    told = {"changes": _TOLD.format("changes"), "audit": _TOLD.format(_WRITTEN)}
    found = {what: ask(url, sql.format(**told))[0][0] for what, sql in LEDGERS.items()}
    found |= {f"{one.type} otherwise than told": ask(url, _present(one))[0][0] for one in REGISTERS}
    found["trainings that count wrongly"] = ask(url, PLACES)[0][0]
    events = Counter(id for (id,) in ask(url, "SELECT event_id FROM legality_events"))
    found["events kept twice"] = sum(times > 1 for times in events.values())
    return {what: number for what, number in found.items() if number}


def unmatched(url: str) -> dict[str, int]:
    """As `uneven`, and that the workers entered everything under a key or by an operation."""
    found = {
        "effects and keys apart": _keys_apart(url),
        "effects and operations apart": _operations_apart(url),
    }
    return uneven(url) | {what: number for what, number in found.items() if number}


def _present(register: Register) -> str:
    return PRESENT.format(table=register.table.name, type=register.type, identity=register.identity)


def _keys_apart(url: str) -> int:
    named = {orjson.loads(bytes(body))["id"] for (body,) in ask(url, "SELECT body FROM kept_answers")}
    there = {str(id) for one in KEYED for (id,) in ask(url, f"SELECT id FROM {one.table.name}")}  # noqa: S608  # our own names
    return len(named ^ there)


def _operations_apart(url: str) -> int:
    done = Counter(map(tuple, ask(url, "SELECT resource_id, version FROM operations_done")))
    there = Counter(map(tuple, ask(url, "SELECT resource_id, version FROM changes WHERE type = 'group'")))
    return ((done - there) + (there - done)).total()


def unsound(url: str) -> list[str]:
    """What SQLite says of its file, and the places where the audit chain is broken."""
    said = ask(url, "PRAGMA integrity_check") if url.startswith("sqlite") else [("ok",)]
    return [text for (text,) in said if text != "ok"] + asyncio.run(_broken_links(url))


async def _broken_links(url: str) -> list[str]:
    database = connect(url)
    await database.open()
    try:
        return [str(one) for one in (await verify(database, None)).findings]
    finally:
        await database.close()
