"""The rows of jobs: entered, claimed by one worker at a time, brought forward and ended by the one that holds them."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import (
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from app import clock
from app.database import Database, Statement, Transaction
from app.database.ages import Age
from app.database.words import Code, Count, Id, Instant, Word
from app.exchange.imports.tables import COUNTS, WAITING, import_jobs, import_writes

LEASE_SECONDS = 6.0
KEEP_DAYS = 30

_jobs = import_jobs.c
_shown = [column for column in _jobs if column.name != "file"]
_id = bindparam("id", type_=Id)
_unfinished = or_(*(_jobs.status == literal_column(f"'{status}'") for status in WAITING))
_waits = and_(
    _unfinished,
    or_(_jobs.leased_until.is_(None), _jobs.leased_until < bindparam("now", type_=Instant)),
)

_insert = Statement(
    insert(import_jobs).values({one.name: bindparam(one.name, type_=one.type) for one in _jobs})
)
_one = Statement(select(*_shown).where(_jobs.id == _id))
_file = Statement(select(_jobs.file).where(_jobs.id == _id))
_any = Statement(select(_jobs.id).where(_waits).order_by(_jobs.created_at).limit(1))
_next = Statement(
    select(*_shown).where(_waits).order_by(_jobs.created_at).limit(1).with_for_update(skip_locked=True)
)
UNFINISHED = Age(
    "berdaya_import_waiting_seconds",
    "Age of the oldest import that is queued, running or being undone",
    Statement(select(func.min(_jobs.created_at)).where(_unfinished)),
)
_lease = Statement(
    update(import_jobs)
    .where(_jobs.id == _id)
    .values(
        status=bindparam("status", type_=Word),
        leased_by=bindparam("by", type_=Word),
        leased_until=bindparam("until", type_=Instant),
        attempts=_jobs.attempts + 1,
    )
)
_held = (_jobs.id == _id, _jobs.leased_by == bindparam("by", type_=Word))
_beat = Statement(update(import_jobs).where(*_held).values(leased_until=bindparam("until", type_=Instant)))
_progress = ("done", "of_rows", *(f"rows_{name}" for name in COUNTS), "errors_total", "report")
_forward = Statement(
    update(import_jobs)
    .where(*_held)
    .values({name: bindparam(f"new_{name}", type_=_jobs[name].type) for name in _progress})
)
_ended = ("status", "finished_at")
_end = Statement(
    update(import_jobs)
    .where(*_held)
    .values(
        {
            **{name: bindparam(f"new_{name}", type_=_jobs[name].type) for name in (*_ended, *_progress)},
            "leased_by": None,
            "leased_until": None,
        }
    )
)
_release = Statement(update(import_jobs).where(*_held).values(leased_until=bindparam("now", type_=Instant)))
_undo = Statement(
    update(import_jobs)
    .where(_jobs.id == _id, _jobs.status == literal_column("'committed'"))
    .values(status=literal_column("'undoing'"), finished_at=None)
)
_list = Statement(
    select(*_shown)
    .where(
        or_(_jobs.caller == bindparam("caller", type_=Word), bindparam("everybody", type_=Count) == 1),
        _jobs.reach >= bindparam("from", type_=Code),
        _jobs.reach < bindparam("to", type_=Code),
        _jobs.id < bindparam("before", type_=Id),
    )
    .order_by(_jobs.id.desc())
    .limit(bindparam("limit", type_=Count))
)
_past = bindparam("past", type_=Instant)
_purge_file = Statement(
    update(import_jobs)
    .where(_jobs.created_at < _past, _jobs.file.is_not(None))
    .values(file=None, report=None)
)
_of_past = select(_jobs.id).where(_jobs.created_at < _past)
_purge_writes = Statement(delete(import_writes).where(import_writes.c.job_id.in_(_of_past)))
_past_any = Statement(select(_jobs.id).where(_jobs.created_at < _past, _jobs.file.is_not(None)).limit(1))


class Job(dict[str, Any]):
    """A job as its row has it, without the file."""

    @property
    def report(self) -> dict[str, Any]:
        """What it found."""
        told: dict[str, Any] = orjson.loads(self["report"]) if self["report"] else {}
        return told


class Lost(Exception):
    """Another worker has taken the job over; what this one did is rolled back."""


def _job(row: Sequence[Any]) -> Job:
    return Job(zip((one.name for one in _shown), row, strict=True))


async def enter(tx: Transaction, values: Mapping[str, Any]) -> Job:
    """Enter a new job."""
    empty: dict[str, Any] = {one.name: None for one in _jobs}
    zero = dict.fromkeys(("done", "errors_total", "attempts", *(f"rows_{name}" for name in COUNTS)), 0)
    whole = {**empty, **zero, "status": "queued", "created_at": tx.act.at, **values}
    await tx.execute(_insert, whole)
    return Job({name: value for name, value in whole.items() if name != "file"})


async def find(source: Database | Transaction, id: str) -> Job | None:
    """A job, or None."""
    row = await source.row(_one, {"id": id})
    return None if row is None else _job(row)


async def file_of(source: Database | Transaction, id: str) -> bytes | None:
    """The file of a job, None once it is gone."""
    row = await source.row(_file, {"id": id})
    return None if row is None or row[0] is None else bytes(row[0])


async def page(
    database: Database, *, caller: str, everybody: bool, reach: str, before: str, limit: int
) -> list[Job]:
    """Jobs, the latest first."""
    bounds = {"from": reach, "to": f"{reach}/" if reach else ":"}
    values = {"caller": caller, "everybody": int(everybody), "before": before, "limit": limit, **bounds}
    return [_job(row) for row in await database.fetch(_list, values)]


async def waiting(database: Database) -> bool:
    """Whether there is a job that nobody works on; one look into an index."""
    return await database.row(_any, {"now": clock.now()}) is not None


async def claim(tx: Transaction, by: str) -> Job | None:
    """The oldest job that nobody works on, leased to this worker."""
    row = await tx.row(_next, {"now": clock.now()})
    if row is None:
        return None
    job = _job(row)
    status = "undoing" if job["status"] == "undoing" else "running"
    await tx.execute(_lease, {"id": job["id"], "by": by, "until": _until(), "status": status})
    job["status"] = status
    return job


async def beat(tx: Transaction, id: str, by: str) -> bool:
    """Hold the lease longer; False when it was lost."""
    return await tx.execute(_beat, {"id": id, "by": by, "until": _until()}) > 0


async def release(tx: Transaction, id: str, by: str) -> None:
    """Give a job back so that another worker may take it at once, as if it had not been tried."""
    await tx.execute(_release, {"id": id, "by": by, "now": tx.act.at})


def _until() -> str:
    return clock.later(clock.now(), hours=LEASE_SECONDS / 3600)


async def forward(tx: Transaction, job: Job, by: str, told: Mapping[str, Any]) -> None:
    """Write how far a job is; raises `Lost` when another worker has it."""
    if not await tx.execute(_forward, {"id": job["id"], "by": by, **_new(job, told, _progress)}):
        raise Lost


async def end(tx: Transaction, job: Job, by: str, told: Mapping[str, Any]) -> None:
    """Write how a job ended, in the transaction of its effect; raises `Lost` when another worker has it."""
    told = {"finished_at": clock.now(), **told}
    if not await tx.execute(_end, {"id": job["id"], "by": by, **_new(job, told, (*_ended, *_progress))}):
        raise Lost


def _new(job: Job, told: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {f"new_{name}": told.get(name, job[name]) for name in names}


async def begin_undo(tx: Transaction, id: str) -> bool:
    """Ask for a commit to be taken back; False unless it stands."""
    return await tx.execute(_undo, {"id": id}) > 0


async def purge(database: Database, write: Any) -> None:
    """Take away files, plans and what could be taken back after 30 days; that there was an import stays on record."""
    past = {"past": clock.earlier(clock.now(), days=KEEP_DAYS)}
    if await database.row(_past_any, past) is None:
        return

    async def unit(tx: Transaction) -> None:
        await tx.execute(_purge_writes, past)
        await tx.execute(_purge_file, past)

    await write(unit)
