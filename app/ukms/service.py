"""What the office does with UKM: register, amend, remove; the scale is never written, it follows."""

from typing import Any

from app.database import Transaction
from app.database.references import references
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.fields import in_future
from app.http.merge import merged
from app.http.problems import Conflict, Fault, Invalid, NotFound, told_first
from app.ukms import queries
from app.ukms.scale import scale_of
from app.ukms.schemas import ChangedUkm, NewUkm, UkmInput
from app.ukms.tables import UKM_YEARS, UKMS
from app.villages import service as villages
from app.villages.followers import placed


async def within_reach(tx: Transaction, id: str) -> State:
    """The UKM with this id if the actor may touch it; 404 `ukm.not_found` otherwise, the same for both."""
    return _reached(tx, await UKMS.find(tx, id))


async def held(tx: Transaction, id: str) -> State:
    """As `within_reach`, and whoever else changes this UKM or its years waits for the end of the transaction."""
    return _reached(tx, await UKMS.hold(tx, id))


def _reached(tx: Transaction, ukm: State | None) -> State:
    if ukm is None or not tx.act.reaches(ukm["village_code"]):
        raise NotFound("ukm.not_found", pointer="/path/id")
    return ukm


async def register(tx: Transaction, new: NewUkm, *, id: str | None = None) -> State:
    """Enter a UKM of a village, under an id that was made elsewhere or a new one; others may bear the same name."""
    faults = _future(tx, new)
    with told_first(faults):
        village = await villages.meant(tx, code=new.village_code, name=new.village_name)
    if faults:
        raise Invalid(faults)
    state = {**new.model_dump(), **placed(village), "id": id or new_id()}
    return await UKMS.create(tx, {**state, **_scale(None, state)})


async def amend(
    tx: Transaction, id: str, patch: Any, expected: Expectation | None, reach: str | None
) -> State:
    """Change what is known of a UKM, or move it to another village within reach; its scale follows its capital."""
    old = await within_reach(tx, id)
    if expected:
        expected.check(old["version"])
    whole = merged(UKMS, ChangedUkm, old, patch, reach=reach)
    faults = _future(tx, whole)
    new = {**old, **whole.model_dump()}
    with told_first(faults):
        if new["village_code"] != old["village_code"]:
            new |= placed(await villages.meant(tx, code=whole.village_code))
    if faults:
        raise Invalid(faults)
    if new["capital_idr"] != old["capital_idr"]:
        # Nothing is held: a year that changes what this is judged on makes a new version, and this is outrun.
        new |= _scale(await _latest_sales(tx, id), new)
    written = await UKMS.update(tx, old, new)
    if written["village_id"] != old["village_id"]:
        await _years_follow(tx, written)
    return written


async def remove(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Take a UKM and its years out of the register; 409 `ukm.in_use` names what refers to it."""
    ukm = await held(tx, id)
    if expected:
        expected.check(ukm["version"])
    found = await references(tx, "ukm", id)
    if found:
        raise Conflict("ukm.in_use", pointer="/path/id", members={"references": found})
    for row in await tx.fetch(queries.years_of, {"ukm_id": id}):
        await UKM_YEARS.delete(tx, UKM_YEARS.state(row))
    await UKMS.delete(tx, ukm)
    return ukm


async def rescale(tx: Transaction, ukm: State) -> State:
    """Let a held UKM show the scale that its years and capital say now; a new version where that is another."""
    return await UKMS.update(tx, ukm, {**ukm, **_scale(await _latest_sales(tx, ukm["id"]), ukm)})


async def _years_follow(tx: Transaction, ukm: State) -> None:
    place = {name: ukm[name] for name in ("village_id", "village_code")}
    for row in await tx.fetch(queries.years_of, {"ukm_id": ukm["id"]}):
        year = UKM_YEARS.state(row)
        await UKM_YEARS.update(tx, year, {**year, **place})


async def _latest_sales(tx: Transaction, id: str) -> int | None:
    row = await tx.row(queries.latest_sales, {"ukm_id": id})
    return None if row is None else row[0]


def _scale(sales_idr: int | None, state: State) -> State:
    scale, basis = scale_of(sales_idr=sales_idr, capital_idr=state["capital_idr"])
    return {"scale": scale, "scale_basis": basis}


def _future(tx: Transaction, given: UkmInput) -> list[Fault]:
    issued = {
        f"/certificates/{place}/issued_on": one.issued_on for place, one in enumerate(given.certificates)
    }
    return in_future(tx.act.today, {"/founded_on": given.founded_on, **issued})
