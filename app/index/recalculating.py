"""What is stored of the IDM is made again: each year from its digits and published figures, then what villages show.

Law: recalculating a register that nobody has tampered with changes nothing, so 0 differed proves it equal.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from app.database import Act, Database, Transaction
from app.database.register import State
from app.index import queries, summaries
from app.index.bulk import latest_of, shown_by
from app.index.formula import unpack
from app.index.schemas import IDM, IdmRecord, PublishedFigures
from app.index.service import assessed
from app.index.tables import IDM_RECORDS
from app.villages.many import ShownIdm, find_many, next_villages, show_idm_of_many, shows

BATCH = 250
"""Villages at a time: neither memory nor a transaction grows with the nation."""


class Recalculated(NamedTuple):
    """How many years were made again, and how many of them, and of the villages that show them, had differed."""

    records: int = 0
    differed: int = 0
    villages_differed: int = 0


class _Found(NamedTuple):
    """What is wrong in a batch: representations (before, after), columns beside them, and what villages show."""

    records: int
    told: list[tuple[State, State]]
    beside: list[tuple[State, dict[str, Any]]]
    shown: list[tuple[State, ShownIdm]]

    @property
    def differed(self) -> int:
        """How many records are wrong in either way."""
        return len({state["id"] for state, _ in (*self.told, *self.beside)})


async def recalculate(database: Database, act: Act) -> Recalculated:
    """Make everything again in batches beside a running server; only a batch that differs is written."""
    done, last = Recalculated(), None
    while villages := await next_villages(database, last, limit=BATCH):
        found = await _differing(database, villages)
        if found.differed or found.shown:
            codes = [village["code"] for village in villages]
            found = await database.write(act, partial(_mend, codes=codes))
        counts = (found.records, found.differed, len(found.shown))
        done = Recalculated(*map(sum, zip(done, counts, strict=True)))
        last = villages[-1]
    return done


async def _differing(source: Database | Transaction, villages: Sequence[State]) -> _Found:
    at = {village["village_id"]: village for village in villages}
    rows = await source.fetch(queries.of_villages, {"village_ids": sorted(at)})
    found = _Found(len(rows), [], [], [])
    years: dict[str, dict[int, ShownIdm]] = {id: {} for id in at}
    for row in rows:
        old, kept = IDM_RECORDS.state(row), row[-len(queries.KEPT_BESIDE) :]
        named = dict(zip((column.name for column in queries.KEPT_BESIDE), kept, strict=True))
        new = _again(at[old["village_id"]], old, named["digits"])
        years[new["village_id"]][new["year"]] = shown_by(new)
        if not IDM_RECORDS.alike(old, new):
            found.told.append((old, new))
        derived = {**new, **IDM_RECORDS.derive(new)}
        if any(derived[name] != value for name, value in named.items()):
            found.beside.append((old, {name: derived[name] for name in named}))
    for id, village in at.items():
        latest = latest_of(years[id])
        if latest != shows(village):
            found.shown.append((village, latest))
    return found


def _again(village: State, old: State, digits: str | None) -> State:
    scores = {} if digits is None else unpack(IDM, bytes(map(int, digits)))
    published = old["published"] and PublishedFigures.model_construct(**old["published"])
    facts: dict[str, Any] = {**scores, "source": old["source"], "as_of": old["as_of"]}
    told = IdmRecord.model_construct(published=published, **facts)
    return {**old, **assessed(village, old["year"], told)}


async def _mend(tx: Transaction, *, codes: Sequence[str]) -> _Found:
    """Look again with the villages held, and set right what differs."""
    villages = {one["village_id"]: one for one in (await find_many(tx, codes, held=True)).values()}
    found = await _differing(tx, list(villages.values()))
    await IDM_RECORDS.update_many(tx, found.told)
    for old, columns in found.beside:
        new = {f"new_{name}": value for name, value in columns.items()}
        await tx.execute(queries.set_kept_beside, {"id_now": old["id"], **new})
    changed = [old for old, _ in (*found.told, *found.beside)]
    await summaries.refresh(tx, {(old["year"], old["district_code"]) for old in changed})
    await show_idm_of_many(tx, found.shown)
    return found
