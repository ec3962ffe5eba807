"""What the office does with a village's IDM: put a year, remove it; the village shows its latest one.

Results are computed when a year is written. Whoever writes holds the village first, so its years and the one
it shows never part.
"""

from app.database import Outrun, Transaction
from app.database.register import State
from app.http.conditional import Expectation
from app.http.fields import in_future
from app.http.presenting import Put
from app.http.problems import Conflict, Invalid, NotFound
from app.index import queries, summaries
from app.index.audit import Published, audit
from app.index.formula import calculate, pack
from app.index.schemas import IDM, IdmRecord
from app.index.tables import FIGURES, IDM_RECORDS, record_id
from app.villages import service as villages
from app.villages.followers import placed
from app.villages.tables import VILLAGES

_RESULTS = (*FIGURES, "target_status", "target_score", "increase_needed")


async def put(tx: Transaction, code: str, year: int, told: IdmRecord, expected: Expectation | None) -> Put:
    """Store a village's year, whole."""
    faults = in_future(tx.act.today, {"/as_of": told.as_of})
    if faults:
        raise Invalid(faults)
    return await store(tx, await _held(tx, code), year, told, expected)


async def store(
    tx: Transaction, village: State, year: int, told: IdmRecord, expected: Expectation | None = None
) -> Put:
    """Store a year of a village that this transaction holds; 409 `idm.kelurahan` for a kelurahan."""
    _measured(village)
    new = assessed(village, year, told)
    old = await IDM_RECORDS.find(tx, new["id"])
    if expected:
        expected.check(None if old is None else old["version"])
    written = await (
        IDM_RECORDS.create(tx, new) if old is None else IDM_RECORDS.update(tx, old, {**old, **new})
    )
    if written is not old:
        await summaries.refresh(tx, [(year, village["district_code"])])
    await _show_latest(tx, village)
    return Put(written, first=old is None)


async def remove(tx: Transaction, code: str, year: int, expected: Expectation | None) -> State:
    """Take a village's year out of the register; the village then shows the latest one that is left."""
    village = await _held(tx, code)
    record = await IDM_RECORDS.find(tx, record_id(village["village_id"], year))
    if record is None:
        raise NotFound("idm_record.not_found", pointer="/path/year")
    if expected:
        expected.check(record["version"])
    await IDM_RECORDS.delete(tx, record)
    await summaries.refresh(tx, [(year, village["district_code"])])
    await _show_latest(tx, village)
    return record


def assessed(village: State, year: int, told: IdmRecord) -> State:
    """The state of a village's year: what was told, what follows from it, and whether both agree."""
    scores = None if told.scores is None else pack(IDM, **told.scores)
    published = None if told.published is None else told.published.model_dump()
    printed = None if published is None else Published(**published)
    verdict = audit(IDM, year=year, scores=scores, published=printed)
    return {
        **placed(village),
        **_results(scores),
        "id": record_id(village["village_id"], year),
        "year": year,
        "edition": IDM.id,
        "scores": told.scores,
        "published": published,
        "source": told.source,
        "as_of": told.as_of,
        "audit": {"consistent": verdict.consistent},
    }


def _results(scores: bytes | None) -> State:
    if scores is None:
        return dict.fromkeys(_RESULTS)
    result = calculate(IDM, scores)
    indices = dict(zip((dimension.id for dimension in IDM.dimensions), result.indices, strict=True))
    told = {
        name: getattr(result, name) for name in ("status", "target_status", "target_score", "increase_needed")
    }
    return {**indices, IDM.index: result.value, **told}


async def _held(tx: Transaction, code: str) -> State:
    found = await villages.within_reach(tx, code, pointer="/path/code")
    village = await VILLAGES.hold(tx, found["code"])
    if village is None:
        # Recoded or removed since it was found: look again.
        raise Outrun
    return village


def _measured(village: State) -> None:
    # Permendesa PDTT 2/2016 speaks of desa; a kelurahan belongs to the regency's own administration.
    if village["kind"] == "kelurahan":
        raise Conflict("idm.kelurahan", pointer="/path/code")


async def _show_latest(tx: Transaction, village: State) -> None:
    row = await tx.row(queries.latest, {"village_id": village["village_id"]})
    year, score, status = row or (None, None, None)
    await villages.show_idm(tx, village, year=year, score=score, status=status)
