"""Many villages at once: found by the codes they have or gave up, shown with the IDM of their latest year."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from app.database import Database, Transaction
from app.database.register import State
from app.villages import queries
from app.villages.tables import VILLAGES

_FIRST = "00000000-0000-0000-0000-000000000000"


class ShownIdm(NamedTuple):
    """The IDM that a village shows; all None where no year is known."""

    year: int | None = None
    score: float | None = None
    status: str | None = None


async def find_many(
    source: Database | Transaction, codes: Collection[str], *, held: bool = False
) -> dict[str, State]:
    """The village of each code that leads to one: of those that have it, else of those that gave it up, the last.

    `held` keeps them from other writers until the end of the transaction.
    """
    present = await source.fetch(queries.with_codes_held if held else queries.with_codes, _of(codes))
    found = {state["code"]: state for state in map(VILLAGES.state, present)}
    missing = [code for code in codes if code not in found]
    if missing:
        statement = queries.with_former_codes_held if held else queries.with_former_codes
        former = await source.fetch(statement, _of(missing))
        found.update((row[-1], VILLAGES.state(row)) for row in former)
    return found


async def next_villages(database: Database, after: State | None, *, limit: int) -> list[State]:
    """Villages in the order of their identity, following `after`; the first ones where that is None."""
    place = _FIRST if after is None else after["village_id"]
    rows = await database.fetch(queries.next_ones, {"after": place, "limit": limit})
    return [VILLAGES.state(row) for row in rows]


def shows(village: State) -> ShownIdm:
    """The IDM that a village shows now."""
    return ShownIdm(village["idm_year"], village["idm_score"], village["idm_status"])


async def show_idm_of_many(tx: Transaction, shown: Sequence[tuple[State, ShownIdm]]) -> int:
    """Set the IDM that these villages show, as `service.show_idm` does for one; gives how many showed another.

    Raises `Outrun` where a village is no longer at the version of its state.
    """
    pairs = [
        (village, {**village, "idm_year": idm.year, "idm_score": idm.score, "idm_status": idm.status})
        for village, idm in shown
    ]
    return await VILLAGES.update_many(tx, pairs)


def _of(codes: Iterable[str]) -> dict[str, list[str]]:
    return {"codes": list(codes)}
