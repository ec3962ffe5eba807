"""Whatever lives in a village shows its code, name and district, and follows it when those change.

A feature says so once, with `located`; a recoding or a new name then rewrites its rows in the same transaction,
each with a new version and a change of its own, and a village with anything in it cannot be deleted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, bindparam, select

from app.database import Statement, Transaction
from app.database.register import Register, State
from app.database.words import Code, Id

Follow = Callable[[State, State, State], State]
"""How a thing's state changes: (thing, village before, village after) → thing."""

PLACE = ("village_code", "village_name", "district_code", "district_name")
"""The fields that tell where a thing is."""


@dataclass(frozen=True, eq=False)
class Follower:
    """One register of things that live in villages."""

    register: Register
    in_village: Statement
    follow: Follow


FOLLOWERS: list[Follower] = []


def place_columns() -> list[Column[Any]]:
    """The two columns of every thing in a village: whose it is, and the code for reach and region."""
    return [
        Column("village_id", Id, ForeignKey("villages.village_id"), nullable=False),
        Column("village_code", Code, nullable=False),
    ]


def placed(village: State) -> State:
    """Where a thing in this village is: its identity, and the fields shown."""
    return {
        "village_id": village["village_id"],
        "village_code": village["code"],
        "village_name": village["name"],
        "district_code": village["district_code"],
        "district_name": village["district_name"],
    }


def _place_follows(thing: State, before: State, after: State) -> State:
    return {**thing, **placed(after)}


def located(
    register: Register, *, in_village: Statement | None = None, follow: Follow = _place_follows
) -> Register:
    """Let a register's things follow their village; `in_village` finds them where `village_id` alone does not."""
    own = Statement(
        select(*register.published).where(
            register.table.columns.village_id == bindparam("village_id", type_=Id)
        )
    )
    FOLLOWERS.append(Follower(register=register, in_village=in_village or own, follow=follow))
    return register


async def follow(tx: Transaction, before: State, after: State) -> None:
    """Bring everything in a village up to date with it."""
    for follower in FOLLOWERS:
        for row in await tx.fetch(follower.in_village, {"village_id": after["village_id"]}):
            thing = follower.register.state(row)
            await follower.register.update(tx, thing, follower.follow(thing, before, after))


async def living_in(tx: Transaction, village: State) -> list[dict[str, Any]]:
    """What refers to a village: for each type its number and the first ids."""
    found = []
    for follower in FOLLOWERS:
        rows = await tx.fetch(follower.in_village, {"village_id": village["village_id"]})
        if rows:
            ids = [follower.register.state(row)[follower.register.identity] for row in rows[:10]]
            found.append({"type": follower.register.type, "count": len(rows), "ids": ids})
    return found
