"""Events that wait for a cooperative find it when it appears, and events follow a cooperative that moves.

Law: whether an event came before or after the cooperative it names makes no difference in the end.
"""

from collections.abc import Iterable

from app.cooperatives.ledger import Legality, digest
from app.cooperatives.legality import queries
from app.cooperatives.legality.standing import event_of, settle
from app.cooperatives.legality.tables import EVENTS
from app.cooperatives.tables import COOPERATIVES
from app.database import Transaction
from app.database.register import State

LEDGER = "legality"
"""What a transaction locks that writes the ledger."""


def belonging(state: State, cooperative: State | None) -> State:
    """An event's state as that of a cooperative; while none is known, it is compared by what names it."""
    mine = cooperative or dict.fromkeys(("id", "village_id", "village_code"))
    compared = event_of({**state, "cooperative_id": mine["id"] or state["reference"]})
    return {
        **state,
        "cooperative_id": mine["id"],
        "village_id": mine["village_id"],
        "village_code": mine["village_code"],
        "digest": digest(compared),
    }


async def told_before(tx: Transaction, source: str, ids: list[str]) -> dict[str, dict[str, State]]:
    """By event id, what a source has told under it, by digest, the first received first."""
    told: dict[str, dict[str, State]] = {}
    for row in await tx.fetch(queries.of_keys, {"source": source, "event_ids": sorted(set(ids))}):
        state = EVENTS.state(row)
        told.setdefault(state["event_id"], {})[state["digest"]] = state
    return told


async def place_again(tx: Transaction, cooperative_ids: Iterable[str]) -> None:
    """Let events say where their cooperative is seated; it may have moved before this transaction held it."""
    for row in await tx.fetch(queries.misplaced, {"cooperative_ids": sorted(cooperative_ids)}):
        *_, village_id, village_code = row
        event = EVENTS.state(row)
        await EVENTS.update(tx, event, {**event, "village_id": village_id, "village_code": village_code})


async def adopt_by_number(tx: Transaction, settled: dict[str, Legality]) -> set[str]:
    """The cooperatives that were given events which waited for a number that they hold now."""
    adopting = set()
    for cooperative_id, legality in settled.items():
        for field in ("sk_number", "nik_koperasi"):
            number = legality.identifiers[field]
            if number is not None and await _adopt(tx, f"{field}:{number}", cooperative_id):
                adopting.add(cooperative_id)
    return adopting


async def _adopt(tx: Transaction, reference: str, cooperative_id: str) -> bool:
    rows = await tx.fetch(queries.waiting_for, {"reference": reference})
    cooperative = await COOPERATIVES.find(tx, cooperative_id) if rows else None
    found = [EVENTS.state(row) for row in rows]
    meant = [one for one in found if cooperative and cooperative["village_code"].startswith(one["reach"])]
    for waiting in meant:
        placed = belonging(waiting, cooperative)
        told = await told_before(tx, waiting["source"], [waiting["event_id"]])
        if placed["digest"] in told[waiting["event_id"]]:
            await EVENTS.delete(tx, waiting)  # it was sent again in the meantime, and counted there
        else:
            await EVENTS.update(tx, waiting, placed)
    return bool(meant)


async def adopt(tx: Transaction, cooperative: State) -> None:
    """Give a new cooperative the events that waited for one in its village, under any code the village bore."""
    await tx.lock(LEDGER)
    former = await tx.fetch(queries.codes_of, {"village_id": cooperative["village_id"]})
    codes = (cooperative["village_code"], *(row[0] for row in former))
    adopted = [await _adopt(tx, f"village_code:{code}", cooperative["id"]) for code in codes]
    if any(adopted):
        await settle(tx, [cooperative["id"]])


async def reseat(tx: Transaction, cooperative: State) -> None:
    """Let the events of a cooperative follow it to another village, and give it those that waited there."""
    await place_again(tx, [cooperative["id"]])
    await adopt(tx, cooperative)
