"""What the office does with villages: register, amend, recode, remove; and how others find the village they mean."""

from typing import Any

from app.access import reach
from app.database import Database, Transaction
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.fields import in_future
from app.http.filters import folded
from app.http.merge import merged
from app.http.problems import Conflict, Fault, Invalid, NotFound, invalid
from app.regions.codes import district_of, kind_of
from app.regions.tables import REGIONS
from app.villages import queries
from app.villages.followers import follow, living_in
from app.villages.schemas import NewVillage, Recoding, VillageInput
from app.villages.tables import VILLAGES


async def find(source: Database | Transaction, code: str) -> State | None:
    """The village that has this code, or else the one that last gave it up."""
    village = await VILLAGES.find(source, code)
    if village is not None:
        return village
    row = await source.row(queries.by_former_code, {"code": code})
    if row is not None and isinstance(source, Transaction) and source.again:
        row = await source.row(queries.held, {"village_id": VILLAGES.state(row)["village_id"]})
    return None if row is None else VILLAGES.state(row)


async def present_code(database: Database, code: str) -> str:
    """The code a village has now, for one that it has or gave up; an unknown one is itself."""
    village = await find(database, code)
    return code if village is None else str(village["code"])


async def within_reach(tx: Transaction, code: str, *, pointer: str = "/village_code") -> State:
    """The village with this code if the actor may touch it; 404 `village.not_found` otherwise, the same for both."""
    village = await find(tx, code)
    if village is None or not tx.act.reaches(village["code"]):
        raise NotFound("village.not_found", pointer=pointer)
    return village


async def meant(
    tx: Transaction, *, code: str | None, name: str | None = None, pointer: str = "/village_code"
) -> State:
    """The village somebody means by code, or by a name that only one village within reach has.

    A name that several have is 422 `village.ambiguous` with the candidates; a code and a name that differ are
    422 `village.name_differs`. The village stays as it is until the end of the transaction: a recoding waits,
    and then finds what was put into it here.
    """
    if code is None:
        village = await _named(tx, name or "")
    else:
        village = await within_reach(tx, code, pointer=pointer)
        if name is not None and folded(name) != folded(village["name"]):
            raise invalid("/village_name", "village.name_differs")
    row = await tx.row(queries.as_it_stays, {"village_id": village["village_id"]})
    if row is None:
        raise NotFound("village.not_found", pointer=pointer)
    return VILLAGES.state(row)


async def has_namesake(tx: Transaction, village: State) -> bool:
    """Whether its regency has another village with the same folded name."""
    regency = village["regency_code"]
    bounds = {"from": regency, "to": f"{regency}/"}
    return len(await tx.fetch(queries.named, {"name_key": folded(village["name"]), **bounds})) > 1


async def _named(tx: Transaction, name: str) -> State:
    reach = tx.act.reach
    bounds = {"from": reach, "to": f"{reach}/" if reach else ":"}
    found = await tx.fetch(queries.named, {"name_key": folded(name), **bounds})
    candidates = [VILLAGES.state(row) for row in found]
    if not candidates:
        raise NotFound("village.not_found", pointer="/village_name")
    if len(candidates) > 1:
        listed = [
            {name: village[name] for name in ("code", "name", "district_name")} for village in candidates
        ]
        raise Invalid([Fault("/village_name", "village.ambiguous")], members={"candidates": listed})
    return candidates[0]


async def register(tx: Transaction, new: NewVillage) -> State:
    """Enter a village under its official code; 409 `village.exists` when the code is taken."""
    if not tx.act.reaches(new.code):
        raise NotFound("village.not_found", pointer="/code")
    if await VILLAGES.find(tx, new.code) is not None:
        raise Conflict("village.exists", pointer="/code")
    around = await surroundings(tx, new.code, pointer="/code")
    return await VILLAGES.create(tx, {**unknown(), **around, **new.model_dump(), "village_id": new_id()})


def unknown() -> State:
    """The state of a village of which nothing but its code and name is known."""
    numbers = ("latitude", "longitude", "population", "households")
    return {"former_codes": [], **dict.fromkeys((*numbers, "idm_year", "idm_score", "idm_status"))}


async def surroundings(tx: Transaction, code: str, *, pointer: str) -> State:
    """What a code says of a village: its kind, district and regency with their names."""
    district = await REGIONS.find(tx, district_of(code))
    if district is None:
        raise invalid(pointer, "region.unknown_district")
    regency = await REGIONS.find(tx, code[:5])
    return {
        "code": code,
        "kind": kind_of(code),
        "district_code": district["code"],
        "district_name": district["name"],
        "regency_code": code[:5],
        "regency_name": None if regency is None else regency["name"],
    }


async def amend(
    tx: Transaction, code: str, patch: Any, expected: Expectation | None, reach: str | None
) -> State:
    """Change what is known of a village; a new name reaches everything that shows it."""
    village = await within_reach(tx, code, pointer="/path/code")
    if expected:
        expected.check(village["version"])
    whole = merged(VILLAGES, VillageInput, village, patch, reach=reach)
    return await update(tx, village, {**village, **whole.model_dump()})


async def update(tx: Transaction, before: State, after: State) -> State:
    """Write a village's new state, and let its things follow where they show it."""
    written = await VILLAGES.update(tx, before, after)
    if any(before[name] != written[name] for name in ("code", "name", "district_code", "district_name")):
        await follow(tx, before, written)
    return written


async def recode(tx: Transaction, code: str, recoding: Recoding, expected: Expectation | None) -> State:
    """Give a village its new official code; the old one becomes a former code that still leads here.

    A code of another kind (a desa that became a kelurahan) changes what may be entered from then on. What was
    recorded under the former kind is history and stays: its IDM, its cooperative's legal name, funds paid then.
    """
    village = await within_reach(tx, code, pointer="/path/code")
    if expected:
        expected.check(village["version"])
    ahead = in_future(tx.act.today, {"/effective_on": recoding.effective_on})
    if ahead:
        raise Invalid(ahead)
    if recoding.new_code == village["code"]:
        raise Conflict("village.same_code", pointer="/new_code")
    if not tx.act.reaches(recoding.new_code):
        raise NotFound("village.not_found", pointer="/new_code")
    if await VILLAGES.find(tx, recoding.new_code) is not None:
        raise Conflict("village.exists", pointer="/new_code")
    around = await surroundings(tx, recoding.new_code, pointer="/new_code")
    former = [village["code"], *(one for one in village["former_codes"] if one != recoding.new_code)]
    after = {**village, **around, "former_codes": former, "name": recoding.new_name or village["name"]}
    # First the row: who is outrun there is run again, where a twin of a former code would be a conflict.
    written = await update(tx, village, after)
    identity = {"village_id": village["village_id"]}
    await tx.execute(queries.forget_former_code, {**identity, "code": recoding.new_code})
    await tx.execute(
        queries.keep_former_code,
        {
            **identity,
            "code": village["code"],
            "ended_on": recoding.effective_on,
            "legal_basis": recoding.legal_basis,
        },
    )
    await reach.follow(tx, before=village["code"], after=recoding.new_code)
    return written


async def remove(tx: Transaction, code: str, expected: Expectation | None) -> State:
    """Take a village out of the register; 409 `village.in_use` names what still belongs to it."""
    village = await within_reach(tx, code, pointer="/path/code")
    if expected:
        expected.check(village["version"])
    references = await living_in(tx, village)
    if references:
        raise Conflict("village.in_use", pointer="/path/code", members={"references": references})
    await VILLAGES.delete(tx, village)
    return village


async def show_idm(
    tx: Transaction, village: State, *, year: int | None, score: float | None, status: str | None
) -> State:
    """Set the IDM that a village shows, its latest; called by the index when an assessment is stored or removed."""
    return await update(tx, village, {**village, "idm_year": year, "idm_score": score, "idm_status": status})
