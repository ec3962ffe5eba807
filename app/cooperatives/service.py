"""What the office does with cooperatives: register, amend, remove; their legality is the ledger's to say."""

from collections.abc import Sequence
from typing import Any

from app.cooperatives import queries
from app.cooperatives.legality.service import forget
from app.cooperatives.legality.standing import UNTOLD
from app.cooperatives.legality.waiting import LEDGER, adopt, reseat
from app.cooperatives.naming import KINDS, is_merah_putih, merah_putih_name
from app.cooperatives.schemas import ChangedCooperative, NewCooperative
from app.cooperatives.tables import COOPERATIVES
from app.database import Transaction
from app.database.references import references
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.fields import in_future
from app.http.filters import folded
from app.http.merge import merged
from app.http.problems import Conflict, Fault, Invalid, NotFound, told_first
from app.villages import service as villages
from app.villages.followers import placed

_NAMED_BY = ("name", "kind", "village_code")


async def within_reach(tx: Transaction, id: str) -> State:
    """The cooperative with this id if the actor may touch it; 404 `cooperative.not_found` otherwise."""
    cooperative = await COOPERATIVES.find(tx, id)
    if cooperative is None or not tx.act.reaches(cooperative["village_code"]):
        raise NotFound("cooperative.not_found", pointer="/path/id")
    return cooperative


def unknown() -> State:
    """The state of a cooperative of which nothing but its name, kind and village is known."""
    said = ("formation_method", "management", "established_on", "address", "phone", "email")
    numbers = ("members_male", "members_female")
    return {"member_village_codes": [], "units": [], **dict.fromkeys((*said, *numbers)), **UNTOLD}


async def register(tx: Transaction, new: NewCooperative, *, id: str | None = None) -> State:
    """Enter a cooperative, under an id that was made elsewhere or a new one.

    409 `cooperative.name_taken` when another bears its folded name.
    """
    given = {**unknown(), **new.model_dump(), "id": id or new_id()}
    faults = in_future(tx.act.today, {"/established_on": new.established_on})
    with told_first(faults):
        village = await villages.meant(tx, code=new.village_code, name=new.village_name)
        members = await _members(tx, new.member_village_codes)
    state = {**given, **placed(village), "member_village_codes": [member["code"] for member in members]}
    faults += _wrong_members(state)
    await _hold_to_rules(tx, state, village, faults)
    registered = await COOPERATIVES.create(tx, state)
    await _form(tx, registered, members)
    await adopt(tx, registered)
    return await COOPERATIVES.find(tx, registered["id"]) or registered


async def amend(
    tx: Transaction, id: str, patch: Any, expected: Expectation | None, reach: str | None
) -> State:
    """Change what is known of a cooperative, or move its seat to another village within reach.

    Its name is held to the rule only when name, kind or seat change: a legal name outlives its village's.
    """
    old = await within_reach(tx, id)
    if expected:
        expected.check(old["version"])
    whole = merged(COOPERATIVES, ChangedCooperative, old, patch, reach=reach)
    new = {**old, **whole.model_dump()}
    regrouped = new["member_village_codes"] != old["member_village_codes"]
    faults = in_future(tx.act.today, {"/established_on": whole.established_on})
    village = members = None
    with told_first(faults):
        if any(new[name] != old[name] for name in _NAMED_BY):
            village = await villages.meant(tx, code=whole.village_code)
            new |= placed(village)
        if regrouped:
            members = await _members(tx, whole.member_village_codes)
            new |= {"member_village_codes": [member["code"] for member in members]}
    renamed = any(new[name] != old[name] for name in _NAMED_BY)
    faults += _wrong_members(new)
    await _hold_to_rules(tx, new, village if renamed else None, faults)
    moved = new["village_id"] != old["village_id"]
    if moved:
        # Before the row is written: whoever pushes locks the ledger first and then holds the cooperative.
        await tx.lock(LEDGER)
    amended = await COOPERATIVES.update(tx, old, new)
    if members is not None:
        await tx.execute(queries.forget_members, {"cooperative_id": id})
        await _form(tx, amended, members)
    if moved:
        await reseat(tx, amended)
        amended = await COOPERATIVES.find(tx, id) or amended
    return amended


async def remove(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Take a cooperative out of the register; 409 `cooperative.in_use` names what refers to it."""
    cooperative = await within_reach(tx, id)
    if expected:
        expected.check(cooperative["version"])
    found = await references(tx, "cooperative", id)
    if found:
        raise Conflict("cooperative.in_use", pointer="/path/id", members={"references": found})
    await forget(tx, cooperative)
    await COOPERATIVES.delete(tx, cooperative)
    return cooperative


async def _members(tx: Transaction, codes: Sequence[str]) -> list[State]:
    found: list[State] = []
    missing: list[Fault] = []
    for place, code in enumerate(codes):
        try:
            found.append(await villages.meant(tx, code=code, pointer=f"/member_village_codes/{place}"))
        except NotFound as unknown_village:
            missing += unknown_village.faults
    if missing:
        refusal = NotFound("village.not_found")
        refusal.faults = tuple(missing)
        raise refusal
    return found


async def _form(tx: Transaction, cooperative: State, members: Sequence[State]) -> None:
    for member in members:
        await tx.execute(
            queries.add_member, {"cooperative_id": cooperative["id"], "village_id": member["village_id"]}
        )


def _wrong_members(state: State) -> list[Fault]:
    # Judged by the present codes: a retired one and its successor are the same village.
    codes = state["member_village_codes"]
    faults = []
    for place, code in enumerate(codes):
        if code == state["village_code"]:
            faults.append(Fault(f"/member_village_codes/{place}", "cooperative.member_is_seat"))
        elif code in codes[:place]:
            faults.append(Fault(f"/member_village_codes/{place}", "list.repeated"))
    return faults


async def _hold_to_rules(tx: Transaction, state: State, village: State | None, faults: list[Fault]) -> None:
    # `village` is the seat where the name is to be judged by it.
    members = {}
    if village is not None and is_merah_putih(state["kind"]):
        if state["kind"] != KINDS[village["kind"]]:
            facts = {"village_kind": village["kind"], "expected": KINDS[village["kind"]]}
            faults.append(Fault("/kind", "cooperative.kind_place", facts))
        else:
            expected, longer = await _names(tx, village)
            if folded(state["name"]) not in {folded(expected), folded(longer)}:
                faults.append(Fault("/name", "cooperative.name_rule", {"expected": expected}))
                members = {"expected_name": expected}
    if faults:
        raise Invalid(faults, members=members)


async def _names(tx: Transaction, village: State) -> tuple[str, str]:
    """What a Koperasi Merah Putih of this village is expected to be called, and the longer name open to it.

    Where no other village of the regency is so called the district may still be named: a village of another
    regency may bear the short name, and names are unique everywhere.
    """
    told = {
        "village_kind": village["kind"],
        "village_name": village["name"],
        "district_name": village["district_name"],
    }
    repeated = await villages.has_namesake(tx, village)
    return merah_putih_name(**told, repeated=repeated), merah_putih_name(**told, repeated=True)
