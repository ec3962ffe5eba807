"""How a job is carried out: the file is read, its rows understood, then planned, written whole, or written in batches.

Law: all or nothing, unless the sender asked for parts; then each batch is whole, and a job that was cut off goes on
behind the last one that is written.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.database import Database, Transaction
from app.exchange.imports import keeping
from app.exchange.imports.keeping import Job
from app.exchange.imports.kind import Run
from app.exchange.imports.kinds import KINDS
from app.exchange.imports.lines import Line, Mark, Sheet, understood
from app.exchange.imports.reading import read
from app.exchange.imports.report import found_before, problem, report_of, seen_by
from app.exchange.imports.resolving import resolve
from app.exchange.imports.rumusan import table_of
from app.exchange.imports.running import Found, Undone, apply, remember
from app.exchange.imports.sender import Sender, sender_in
from app.exchange.imports.table import Table
from app.exchange.imports.written import keep_writes
from app.http.ask import Place
from app.http.problems import Refusal

WHOLE = 5000
"""Rows that are written in one transaction; more need `partial=true`."""
BATCH = 200
"""Rows of a part: SQLite's writer is held for some tenths of a second, and free for others before the next."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A job in the hands of a worker."""

    place: Place
    job: Job
    worker: str
    sender: Sender

    @property
    def database(self) -> Database:
        """Where it works."""
        return self.place.database

    async def write(self, unit: Any) -> Any:
        """Run a unit in the name of the sender."""
        action = f"import_{self.job['kind']}"
        return await self.database.write(self.sender.act(self.job["id"], action, self.place.settings), unit)


def errand_of(place: Place, job: Job, worker: str) -> Errand:
    """The job as it is carried out for its sender."""
    return Errand(place, job, worker, sender_in(job["sender"]))


async def carry_out(errand: Errand) -> None:
    """Plan or commit; the job ends in the transaction of its effect."""
    body = await keeping.file_of(errand.database, errand.job["id"])
    try:
        sheet = await _read(errand, body)
    except Refusal as refusal:
        fault = refusal.faults[0]
        await _end(errand, "failed", problem(fault.code, fault.facts))
        return
    run = await _run(errand, sheet)
    if errand.job["mode"] == "plan":
        await _plan(errand, sheet, run)
    elif errand.job["partial"] and not sheet.marks:
        await _in_batches(errand, sheet, run)
    else:
        await _at_once(errand, sheet, run)


async def _read(errand: Errand, body: bytes | None) -> Sheet:
    kind = KINDS[errand.job["kind"]]
    if body is None:
        raise Refusal("import.file_gone")
    table = await _table(errand, body)
    sheet = await asyncio.to_thread(understood, table, kind.known)
    if len(sheet.lines) > WHOLE and not errand.job["partial"]:
        sheet.marks.append(Mark(sheet.header_row, None, "import.needs_partial", {"limit": WHOLE}))
    await resolve(errand.database, sheet, errand.sender.reach, registers=kind.name == "villages")
    return sheet


async def _table(errand: Errand, body: bytes) -> Table:
    if errand.job["media"] == "application/json":
        return await asyncio.to_thread(table_of, body)
    headers = KINDS[errand.job["kind"]].known.headers
    return await read(body, media=errand.job["media"], known_headers=headers)


async def _run(errand: Errand, sheet: Sheet) -> Run:
    plan = await keeping.find(errand.database, errand.job["plan"]) if errand.job["plan"] else None
    settings, sender = errand.place.settings, errand.sender
    return Run(
        kind=KINDS[errand.job["kind"]],
        sheet=sheet,
        personal_reach=sender.personal_reach,
        permissions=frozenset(sender.permissions),
        source=sender.source,
        zone=settings.zone,
        constraints=errand.place.constraints,
        demands_version=settings.require_if_match,
        planned={} if plan is None else seen_by(plan.report),
    )


async def _plan(errand: Errand, sheet: Sheet, run: Run) -> None:
    found = Found()
    for batch in _batches(sheet.lines):
        tried = await _tried(errand, batch, run)
        found.add(tried)
        found.seen |= tried.seen
        await errand.write(lambda tx: _forward(tx, errand, sheet, {"done": sum(found.counts.values())}))
    await _end(errand, _outlook(errand, sheet, found), _told(sheet, found))


async def _tried(errand: Errand, lines: Sequence[Line], run: Run) -> Found:
    """What would become of rows: they are applied, and the transaction is rolled back."""

    async def unit(tx: Transaction) -> None:
        raise Undone(await apply(tx, lines, run))

    try:
        await errand.write(unit)
    except Undone as undone:
        return undone.found
    raise AssertionError("a trial is always rolled back")


def _outlook(errand: Errand, sheet: Sheet, found: Found) -> str:
    bad = found.counts["refused"] > 0 or bool(sheet.marks)
    if bad and (sheet.marks or not errand.job["partial"] or not found.writes):
        return "refused"
    return "planned" if found.writes else "unchanged"


async def _at_once(errand: Errand, sheet: Sheet, run: Run) -> None:
    lines = sheet.lines[:WHOLE]

    async def unit(tx: Transaction) -> None:
        await _alone(tx, errand)
        found = await apply(tx, lines, run)
        if found.counts["refused"] or sheet.marks:
            raise Undone(found)
        await keep_writes(tx, errand.job["id"], found.written)
        status = "committed" if found.writes else "unchanged"
        found.seen.clear()  # only of a plan is it asked what it saw
        await keeping.end(tx, errand.job, errand.worker, {"status": status, **_told(sheet, found)})

    try:
        await errand.write(unit)
    except Undone as undone:
        # Nothing was written, so nothing is counted as created or updated.
        undone.found.counts |= {"create": 0, "update": 0}
        undone.found.seen.clear()
        await _end(errand, "refused", _told(sheet, undone.found))


async def _in_batches(errand: Errand, sheet: Sheet, run: Run) -> None:
    job, done = errand.job, errand.job["done"]
    remember(sheet.lines[:done], run)
    found = found_before(job, job.report) if done else Found()
    for batch in _batches(sheet.lines[done:]):
        before = replace(
            found, counts=dict(found.counts), marks=list(found.marks), repairs=list(found.repairs)
        )

        async def unit(
            tx: Transaction,
            batch: Sequence[Line] = batch,
            before: Found = before,
            at: int = done + len(batch),
        ) -> Found:
            await _alone(tx, errand)
            now = await apply(tx, batch, run)
            whole = replace(
                before, counts=dict(before.counts), marks=[*before.marks], repairs=[*before.repairs]
            )
            whole.add(now)
            await keep_writes(tx, job["id"], now.written)
            told = {**_told(sheet, whole), "done": at}
            if at < len(sheet.lines):
                await keeping.forward(tx, job, errand.worker, told)
            else:
                await keeping.end(tx, job, errand.worker, {**told, "status": _fate(whole)})
            return whole

        found = await errand.write(unit)
        done += len(batch)
    if not sheet.lines:
        await _end(errand, "unchanged", _told(sheet, found))


def _fate(found: Found) -> str:
    if found.writes:
        return "committed"
    return "refused" if found.counts["refused"] else "unchanged"


async def _alone(tx: Transaction, errand: Errand) -> None:
    # One import of a kind writes at a time: of two that tell of the same new things the later one finds them.
    await tx.lock(f"import:{errand.job['kind']}")


def _batches(lines: Sequence[Line]) -> list[Sequence[Line]]:
    return [lines[start : start + BATCH] for start in range(0, len(lines), BATCH)]


def _told(sheet: Sheet, found: Found) -> dict[str, Any]:
    rows = len(sheet.lines)
    return {**report_of(sheet, found), "done": rows, "of_rows": rows}


async def _forward(tx: Transaction, errand: Errand, sheet: Sheet, told: dict[str, Any]) -> None:
    await keeping.forward(tx, errand.job, errand.worker, {"of_rows": len(sheet.lines), **told})


async def _end(errand: Errand, status: str, told: dict[str, Any]) -> None:
    await errand.write(lambda tx: keeping.end(tx, errand.job, errand.worker, {**told, "status": status}))
