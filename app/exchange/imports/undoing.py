"""A commit is taken back while nothing that it wrote has changed since: what is new goes, what was is as it was.

Law: whole or not at all. What the ledger of legality has heard stays heard.
"""

import asyncio
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from app.database import Statement, Transaction
from app.database.register import Register, State
from app.database.statement import one_of
from app.exchange.imports import keeping
from app.exchange.imports.carrying import Errand
from app.exchange.imports.keeping import Job
from app.exchange.imports.kinds import KINDS
from app.exchange.imports.running import BREATH
from app.exchange.imports.written import Written, writes
from app.exchange.operations.kind import Kind as Verbs
from app.exchange.operations.kinds import KINDS as VERBS
from app.http.conditional import Expectation
from app.http.problems import Conflict, Refusal

_TOLD = 20
_TOGETHER = 500


async def may_be_taken_back(tx: Transaction, job: Job) -> list[Written]:
    """What there is to take back, the last first; raises `Conflict` with what stands against it."""
    if not KINDS[job["kind"]].undoable:
        raise Conflict("import.ledger_stays", pointer="/path/id")
    if job["status"] not in ("committed", "undoing"):
        raise Conflict("import.nothing_to_undo", pointer="/path/id")
    written = await writes(tx, job["id"])
    if not written or any(one.operation == "updated" and one.before is None for one in written):
        raise Conflict("import.file_gone", pointer="/path/id")
    changed = await _changed(tx, written)
    if changed:
        raise Conflict(
            "import.changed_since",
            pointer="/path/id",
            members={"changed": changed[:_TOLD]},
            count=len(changed),
        )
    return written


async def _changed(tx: Transaction, written: Sequence[Written]) -> list[dict[str, Any]]:
    """What is no longer at the version that the import gave it."""
    changed: list[dict[str, Any]] = []
    for start in range(0, len(written), _TOGETHER):
        batch = written[start : start + _TOGETHER]
        register = VERBS[batch[0].type].register
        rows = await tx.fetch(_versions(register), {"ids": [one.resource_id for one in batch]})
        now = {row[0]: row[1] for row in rows}
        changed += [
            {"row": one.row, "type": one.type, "id": one.resource_id, "version": now.get(one.resource_id)}
            for one in batch
            if now.get(one.resource_id) != one.version
        ]
    return changed


@cache
def _versions(register: Register) -> Statement:
    identity = register.table.columns[register.identity]
    return Statement(select(identity, register.table.columns.version).where(one_of(identity, "ids")))


async def _now(tx: Transaction, one: Written) -> State | None:
    register = VERBS[one.type].register
    row = await tx.row(_of_identity(register), {"identity": one.resource_id})
    return None if row is None else register.state(row)


@cache
def _of_identity(register: Register) -> Statement:
    identity = register.table.columns[register.identity]
    return Statement(
        select(*register.published).where(identity == bindparam("identity", type_=identity.type))
    )


async def take_back(errand: Errand) -> None:
    """Take a commit back; when something changed at the last moment the commit stands and the job says why."""

    async def unit(tx: Transaction) -> None:
        for number, one in enumerate(await may_be_taken_back(tx, errand.job)):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            await _take_back(tx, one, errand.sender.personal_reach)
        await keeping.end(tx, errand.job, errand.worker, {"status": "undone"})

    try:
        await errand.write(unit)
    except Refusal:
        await errand.write(lambda tx: keeping.end(tx, errand.job, errand.worker, {"status": "committed"}))


async def _take_back(tx: Transaction, one: Written, reach: str | None) -> None:
    verbs = VERBS[one.type]
    now = await _now(tx, one)
    if now is None:
        raise Conflict("import.changed_since", pointer="/path/id", count=1)
    expected = Expectation(any=False, versions=frozenset({now["version"]}))
    address = _address(verbs, now)
    if one.operation == "created":
        await verbs.remove(tx, address, expected)
        return
    before = verbs.said(one.before or {})
    fields = verbs.whole.model_fields if verbs.whole is not None else verbs.change.model_fields
    former = {name: before[name] for name in fields if name in before}
    told = verbs.change.model_validate(_unset(former, whole=verbs.whole is None))
    await verbs.amend(tx, address, told, expected, reach)


def _unset(former: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    # A record that is written whole leaves out what was not known; in a patch null clears.
    return {name: value for name, value in former.items() if value is not None} if whole else former


def _address(verbs: Verbs, now: State) -> tuple[Any, ...]:
    if len(verbs.address) > 1:
        return (now["village_code"], now["year"])
    return (now[verbs.register.key],)
