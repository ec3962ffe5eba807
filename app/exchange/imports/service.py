"""What a caller does with imports: send a file, look at what became of it, have it back marked, take a commit back."""

import asyncio
import hashlib
import re
from typing import Any

from app.database import Transaction
from app.database.words import new_id
from app.exchange.imports import keeping
from app.exchange.imports.annotating import Mark as Note
from app.exchange.imports.annotating import annotate
from app.exchange.imports.keeping import Job
from app.exchange.imports.kind import Kind
from app.exchange.imports.kinds import KINDS
from app.exchange.imports.lines import Mark
from app.exchange.imports.presenting import message, suggestion
from app.exchange.imports.receiving import JSON, File, received
from app.exchange.imports.schemas import ImportQuery
from app.exchange.imports.sender import sender_of
from app.exchange.imports.tables import WAITING
from app.exchange.imports.undoing import may_be_taken_back
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.problems import Conflict, Forbidden, Gone, NotFound, invalid

LONGEST_WAIT = 3
_WAIT = re.compile(r"(?:^|[,;\s])wait=(\d{1,3})(?:$|[,;\s])")
_LOOK_SECONDS = 0.05
_EVERYBODY = "audit:read"


def permitted(ask: Ask, name: str) -> Kind:
    """A kind that the caller may write; 403 otherwise."""
    kind = KINDS[name]
    if not ask.caller.may(kind.permission):
        raise Forbidden("access.forbidden", permission=kind.permission)
    return kind


async def sent(ask: Ask, kind: Kind, query: ImportQuery) -> dict[str, Any]:
    """The values of a new job: the file of the request, or that of the plan it carries out."""
    file = await received(ask, json=kind.name == "idm")
    if query.plan is not None:
        file = await _planned(ask, kind, query, file)
    if file is None:
        raise invalid("", "import.empty")
    return {
        "id": new_id(),
        "kind": kind.name,
        "mode": query.mode,
        "partial": int(query.partial == "true"),
        "caller": ask.caller.id,
        "reach": ask.caller.region,
        "sender": sender_of(ask).text,
        "plan": query.plan,
        "media": file.media,
        "digest": hashlib.sha256(file.body).hexdigest(),
        "size": len(file.body),
        "file": file.body,
    }


async def _planned(ask: Ask, kind: Kind, query: ImportQuery, file: File | None) -> File:
    if query.mode != "commit":
        raise invalid("/query/plan", "import.plan_of_commit")
    plan = await keeping.find(ask.database, query.plan or "")
    mine = plan is not None and plan["caller"] == ask.caller.id and plan["kind"] == kind.name
    if plan is None or not mine or plan["mode"] != "plan" or plan["status"] in (*WAITING, "failed"):
        raise invalid("/query/plan", "import.not_planned")
    if file is not None and hashlib.sha256(file.body).hexdigest() != plan["digest"]:
        raise invalid("/query/plan", "import.other_file")
    body = await keeping.file_of(ask.database, plan["id"])
    if body is None:
        raise Conflict("import.file_gone", pointer="/query/plan")
    return File(plan["media"], body)


async def enter(tx: Transaction, values: dict[str, Any]) -> Job:
    """Enter a job."""
    return await keeping.enter(tx, values)


def wait_of(ask: Ask) -> int | None:
    """For how many seconds the caller would wait (`Prefer: wait=N`), at most 3; None when it did not say."""
    asked = _WAIT.search(ask.raw.get(b"prefer", b"").decode("latin-1"))
    return None if asked is None else min(int(asked[1]), LONGEST_WAIT)


async def visible(ask: Ask, id: str) -> Job:
    """An import that the caller sent, or of its region for who may read the audit trail; 404 otherwise."""
    job = await keeping.find(ask.database, id)
    caller = ask.caller
    if job is None or not (
        job["caller"] == caller.id or (caller.may(_EVERYBODY) and job["reach"].startswith(caller.region))
    ):
        raise NotFound("import.not_found", pointer="/path/id")
    return job


async def settled(ask: Ask, id: str, seconds: float) -> Job:
    """The import once it is finished, or as it is when the time is up."""
    ask.grant(seconds + ask.place.settings.deadline_seconds)
    job = await visible(ask, id)
    try:
        async with asyncio.timeout(seconds):
            while job["status"] in WAITING:
                await ask.aside(asyncio.sleep(_LOOK_SECONDS))
                job = await visible(ask, id)
    except TimeoutError:
        pass
    return job


async def page(ask: Ask, limit: int, cursor: str | None) -> list[Job]:
    """The caller's imports, the latest first; one more than asked for shows that there are more."""
    return await keeping.page(
        ask.database,
        caller=ask.caller.id,
        everybody=ask.caller.may(_EVERYBODY),
        reach=ask.caller.region,
        before=cursor or "ffffffff-ffff-ffff-ffff-ffffffffffff",
        limit=limit + 1,
    )


async def annotated(ask: Ask, id: str) -> File:
    """The file of an import with its bad cells marked."""
    job = await visible(ask, id)
    if job["status"] in WAITING:
        raise Conflict("import.unfinished", pointer="/path/id")
    body = await keeping.file_of(ask.database, id)
    if body is None:
        raise Gone("import.file_gone", pointer="/path/id")
    if job["media"] == JSON:
        raise Conflict("import.no_sheet", pointer="/path/id")
    marks = [Mark(*mark) for mark in job.report.get("errors", ())]
    marked = await annotate(
        body,
        media=job["media"],
        marks=[_note(mark, job["kind"], ask.language) for mark in marks],
        known_headers=KINDS[job["kind"]].known.headers,
        language=ask.language,
    )
    return File(job["media"], marked)


def _note(mark: Mark, kind: str, language: Language) -> Note:
    place = 1 if mark.column is None else mark.column + 1
    return Note(mark.row, place, message(mark, language), suggestion(mark, kind, language))


async def undo(tx: Transaction, job: Job) -> Job:
    """Ask for a commit to be taken back; 409 with what stands against it."""
    await may_be_taken_back(tx, job)
    if not await keeping.begin_undo(tx, job["id"]):
        raise Conflict("import.nothing_to_undo", pointer="/path/id")
    return await keeping.find(tx, job["id"]) or job


def check_undone(job: Job) -> None:
    """Raise `Conflict` where something changed while a commit was about to be taken back, so that it stands."""
    if job["status"] == "committed":
        raise Conflict("import.changed_since", pointer="/path/id", count=1)
