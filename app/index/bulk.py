"""Many village-years at once: found, calculated and compared in batches, and only what differs is written.

Law: each batch is one transaction and leaves what single PUTs of its lines would leave, so entering the same
again writes nothing. Every line is counted or refused with its reason; none is dropped in silence.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from app.database import Act, Database, Transaction
from app.database.register import State
from app.http.fields import in_future
from app.http.problems import Fault
from app.index import queries, summaries
from app.index.schemas import IdmRecord
from app.index.service import assessed
from app.index.tables import IDM_RECORDS, record_id
from app.villages.many import ShownIdm, find_many, show_idm_of_many, shows

BATCH = 200
"""Lines in one transaction: SQLite's writer is held for tens of milliseconds, and free while the next is planned."""


@dataclass(frozen=True, slots=True)
class VillageYear:
    """What is told of one village in one year; `origin` is whatever the caller knows the line by."""

    code: str
    year: int
    told: IdmRecord
    origin: Any = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not entered, and why: `village.not_found`, `idm.kelurahan`, `idm.repeated`, its own faults."""

    origin: Any
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Entered:
    """What became of the lines; the three counts and the refused ones add up to all of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(slots=True)
class _Known:
    """What the register holds of a batch: villages by code, records by id, and by village what each year shows."""

    villages: Mapping[str, State]
    records: Mapping[str, State]
    years: Mapping[str, Mapping[int, ShownIdm]]


@dataclass(slots=True)
class _Plan:
    """What a batch comes to; `ids` are the village-years it tells of."""

    new: list[State] = field(default_factory=list)
    changed: list[tuple[State, State]] = field(default_factory=list)
    unchanged: int = 0
    shown: list[tuple[State, ShownIdm]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    @property
    def written(self) -> list[State]:
        """The records as they will be."""
        return [*self.new, *(new for _, new in self.changed)]


async def publish_many(
    database: Database, act: Act, told: Iterable[VillageYear], *, replace: bool = True
) -> Entered:
    """Enter village-years, each village found by its present or a former code; gives what became of each line.

    A year that the register holds already is replaced where it differs, or left as it is without `replace`.
    Of two lines about the same village and year the later one is refused. A batch that fails leaves the
    earlier ones entered; entering all of it again does the rest.
    """
    entered, ids = Entered(), set[str]()
    for batch in _batches(told):
        plan = await _publish(database, act, batch, replace=replace, before=ids)
        ids |= plan.ids
        entered.created += len(plan.new)
        entered.updated += len(plan.changed)
        entered.unchanged += plan.unchanged
        entered.refused += plan.refused
        # Where no statement yields, whoever waits in this loop gets its turn here.
        await asyncio.sleep(0)
    return entered


def _batches(told: Iterable[VillageYear]) -> Iterator[list[VillageYear]]:
    remaining = iter(told)
    while batch := list(islice(remaining, BATCH)):
        yield batch


async def _publish(
    database: Database, act: Act, batch: Sequence[VillageYear], *, replace: bool, before: set[str]
) -> _Plan:
    """Plan on what is seen, and write the plan if it is still so once the villages are held; else plan anew."""
    planned = partial(_planned, act, batch, replace=replace, before=before)
    seen = await _known(database, batch)
    plan = planned(seen)
    if not plan.written:
        return plan

    async def unit(tx: Transaction) -> _Plan:
        now = await _known(tx, batch, held=True)
        current = plan if now == seen else planned(now)
        await _write(tx, current)
        return current

    return await database.write(act, unit)


async def _known(
    source: Database | Transaction, batch: Sequence[VillageYear], *, held: bool = False
) -> _Known:
    villages = await find_many(source, sorted({one.code for one in batch}), held=held)
    ids = {record_id(villages[one.code]["village_id"], one.year) for one in batch if one.code in villages}
    rows = await source.fetch(queries.with_ids, {"ids": sorted(ids)})
    records = {state["id"]: state for state in map(IDM_RECORDS.state, rows)}
    years: dict[str, dict[int, ShownIdm]] = {village["village_id"]: {} for village in villages.values()}
    for village_id, year, *figures in await source.fetch(
        queries.shown_by_year, {"village_ids": sorted(years)}
    ):
        years[village_id][year] = ShownIdm(year, *figures)
    return _Known(villages, records, years)


def _planned(
    act: Act, batch: Sequence[VillageYear], known: _Known, *, replace: bool, before: set[str]
) -> _Plan:
    plan = _Plan()
    for one in batch:
        village = known.villages.get(one.code)
        faults = in_future(act.today, {"/as_of": one.told.as_of})
        if village is None or not act.reaches(village["code"]):
            plan.refused.append(Refused(one.origin, (Fault("/code", "village.not_found"), *faults)))
            continue
        id = record_id(village["village_id"], one.year)
        if village["kind"] == "kelurahan":
            faults.append(Fault("/code", "idm.kelurahan"))
        if id in before or id in plan.ids:
            faults.append(Fault("/code", "idm.repeated"))
        if faults:
            plan.refused.append(Refused(one.origin, tuple(faults)))
            continue
        plan.ids.add(id)
        _enter(plan, known.records.get(id), village, one, replace=replace)
    plan.shown = list(_shown(plan, known))
    return plan


def _enter(plan: _Plan, old: State | None, village: State, one: VillageYear, *, replace: bool) -> None:
    if old is not None and not replace:
        plan.unchanged += 1
        return
    new = assessed(village, one.year, one.told)
    if old is None:
        plan.new.append(new)
    elif IDM_RECORDS.alike(old, whole := {**old, **new}):
        plan.unchanged += 1
    else:
        plan.changed.append((old, whole))


def _shown(plan: _Plan, known: _Known) -> Iterator[tuple[State, ShownIdm]]:
    """What villages come to show where that differs from what they show."""
    years = {id: dict(of_village) for id, of_village in known.years.items()}
    for record in plan.written:
        years[record["village_id"]][record["year"]] = shown_by(record)
    touched = {record["village_id"] for record in plan.written}
    villages = {village["village_id"]: village for village in known.villages.values()}
    for id in sorted(touched):
        latest = latest_of(years[id])
        if latest != shows(villages[id]):
            yield villages[id], latest


def shown_by(record: State) -> ShownIdm:
    """What a village would show of a year: each figure as published, else as calculated."""
    published = record["published"] or {}
    score, status = (
        record[name] if published.get(name) is None else published[name] for name in ("idm", "status")
    )
    return ShownIdm(record["year"], score, status)


def latest_of(years: Mapping[int, ShownIdm]) -> ShownIdm:
    """What a village shows: the latest of its years in which an IDM or a status is known."""
    known = [year for year, idm in years.items() if idm != ShownIdm(year)]
    return years[max(known)] if known else ShownIdm()


async def _write(tx: Transaction, plan: _Plan) -> None:
    await IDM_RECORDS.create_many(tx, plan.new)
    await IDM_RECORDS.update_many(tx, plan.changed)
    await summaries.refresh(tx, {(record["year"], record["district_code"]) for record in plan.written})
    await show_idm_of_many(tx, plan.shown)
