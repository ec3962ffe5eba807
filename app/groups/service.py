"""What the office does with groups: register, amend, remove."""

from typing import Any

from app.database import Transaction
from app.database.references import references
from app.database.register import State
from app.database.words import new_id
from app.groups.schemas import ChangedGroup, NewGroup
from app.groups.tables import GROUPS
from app.http.conditional import Expectation
from app.http.merge import merged
from app.http.problems import Conflict, NotFound
from app.villages import service as villages
from app.villages.followers import placed


async def within_reach(tx: Transaction, id: str) -> State:
    """The group with this id if the actor may touch it; 404 `group.not_found` otherwise, the same for both."""
    group = await GROUPS.find(tx, id)
    if group is None or not tx.act.reaches(group["village_code"]):
        raise NotFound("group.not_found", pointer="/path/id")
    return group


async def register(tx: Transaction, new: NewGroup, *, id: str | None = None) -> State:
    """Enter a group of a village, under an id that was made elsewhere or a new one; names may repeat there."""
    village = await villages.meant(tx, code=new.village_code, name=new.village_name)
    return await GROUPS.create(tx, {**new.model_dump(), **placed(village), "id": id or new_id()})


async def amend(tx: Transaction, id: str, patch: Any, expected: Expectation | None) -> State:
    """Change what is known of a group, or move it to another village within reach."""
    group = await within_reach(tx, id)
    if expected:
        expected.check(group["version"])
    whole = merged(GROUPS, ChangedGroup, group, patch, reach=None)
    place = {}
    if whole.village_code != group["village_code"]:
        place = placed(await villages.meant(tx, code=whole.village_code, name=None))
    return await GROUPS.update(tx, group, {**group, **whole.model_dump(), **place})


async def remove(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Take a group out of the register; 409 `group.in_use` names the trainings it is enrolled in."""
    group = await within_reach(tx, id)
    if expected:
        expected.check(group["version"])
    found = await references(tx, "group", id)
    if found:
        raise Conflict("group.in_use", pointer="/path/id", members={"references": found})
    await GROUPS.delete(tx, group)
    return group
