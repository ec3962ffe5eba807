"""Whatever lives in a village shows its code, name and district, and follows it when those change.

A feature says so once, with `located`; a recoding or a new name then rewrites its rows in the same transaction,
each with a new version and a change of its own, and a village with anything in it cannot be deleted.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, bindparam, select

from app.database import Statement, Transaction
from app.database.register import Register, State
from app.database.words import Code, Id

Follow = Callable[[State, State, State], State]
"""How a thing's state changes: (thing, village before, village after) → thing."""

Sequel = Callable[[Transaction, Sequence[State], State, State], Awaitable[None]]
"""What is done once things have followed: (transaction, things before, village before, village after)."""

PLACE = ("village_code", "village_name", "district_code", "district_name")
"""The fields that tell where a thing is."""


@dataclass(frozen=True, eq=False)
class Follower:
    """One register of things that live in villages."""

    register: Register
    in_village: Statement
    follow: Follow


FOLLOWERS: list[Follower] = []
SEQUELS: dict[str, Sequel] = {}
"""By the type of thing: what else its feature brings up to date, in the same transaction."""


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
    register: Register,
    *,
    in_village: Statement | None = None,
    follow: Follow = _place_follows,
    below: Register | None = None,
) -> Register:
    """Let a register's things follow their village; `in_village` finds them where `village_id` alone does not.

    What stands `below` another thing, whose row is held while something is put there, follows after it: by then
    that row is written, and whoever puts something there waits.
    """
    if below is not None and below not in [follower.register for follower in FOLLOWERS]:
        raise ValueError(f"{below.type} must follow before {register.type}")
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
        rows = await tx.fetch(follower.in_village, {"village_id": after["village_id"]})
        things = [follower.register.state(row) for row in rows]
        for thing in things:
            await follower.register.update(tx, thing, follower.follow(thing, before, after))
        sequel = SEQUELS.get(follower.register.type)
        if things and sequel is not None:
            await sequel(tx, things, before, after)


async def living_in(tx: Transaction, village: State) -> list[dict[str, Any]]:
    """What refers to a village: for each type its number and the first ids."""
    found = []
    for follower in FOLLOWERS:
        rows = await tx.fetch(follower.in_village, {"village_id": village["village_id"]})
        if rows:
            ids = [follower.register.state(row)[follower.register.identity] for row in rows[:10]]
            found.append({"type": follower.register.type, "count": len(rows), "ids": ids})
    return found
