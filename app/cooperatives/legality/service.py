"""Pushing events: whatever order, repetition or batch they come in, the ledger is the same afterwards.

One transaction at a time writes the ledger, since any event may bear on a number that another cooperative claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import orjson

from app import clock
from app.cooperatives.ledger import Legality, conflict_id
from app.cooperatives.legality import queries
from app.cooperatives.legality.matching import Matching, Reference
from app.cooperatives.legality.schemas import LegalityEvent, Resolution
from app.cooperatives.legality.standing import settle
from app.cooperatives.legality.tables import EVENTS, RESOLUTIONS
from app.cooperatives.legality.waiting import LEDGER, adopt_by_number, belonging, place_again, told_before
from app.database import Transaction
from app.database.register import State
from app.database.words import new_id
from app.http.problems import Conflict, NotFound, Refusal, invalid

TOLERANCE = timedelta(minutes=5)
"""How far ahead a sender's clock may be."""

SEED = "seed"
"""The source of what comes with the project; it is not told from outside, and goes with its cooperative."""

_CARRIED = frozenset(LegalityEvent.model_fields)


@dataclass(slots=True)
class Told:
    """One event of a batch, and what becomes of it; with a `refusal` it is rejected and the rest stays empty."""

    index: int
    event_id: str | None
    reference: Reference | None = None
    event: LegalityEvent | None = None
    refusal: Refusal | None = None
    status: str = "rejected"
    state: State | None = None
    stage: str | None = None
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who tells events, and in which zone its days are days."""

    source: str
    zone: ZoneInfo


async def push(tx: Transaction, sender: Sender, told: Sequence[Told]) -> Sequence[Told]:
    """Take a batch into the ledger and let its cooperatives show it; each event is judged alone.

    `status` becomes applied, duplicate, conflict (its id came before with another body), waiting (its
    cooperative is not known yet) or rejected (`refusal` says why).
    """
    await tx.lock(LEDGER)
    matching = Matching(tx)
    for one in told:
        if one.event is not None and one.reference is not None:
            await _place(tx, sender, matching, one)
    kept = [(one, one.state) for one in told if one.state is not None]
    await _keep(tx, sender.source, kept)
    settled = await _settle(tx, sender.source, [state for _, state in kept])
    await _see_again(tx, sender.source, [one for one, _ in kept if one.status == "waiting"])
    for one, state in kept:
        _tell(one, state, settled)
    return told


async def _place(tx: Transaction, sender: Sender, matching: Matching, one: Told) -> None:
    assert one.event is not None and one.reference is not None  # noqa: PT018, S101  # the caller has looked
    try:
        _not_ahead(tx, one.event)
        cooperative = await matching.find(one.reference)
    except Refusal as refused:
        one.refusal = refused
    else:
        one.state = _state(tx, sender, one.event, one.reference, cooperative)


def _not_ahead(tx: Transaction, event: LegalityEvent) -> None:
    if event.occurred_on is not None and event.occurred_on > tx.act.today:
        raise invalid("/occurred_on", "value.date_future")
    latest = datetime.fromisoformat(tx.act.at) + TOLERANCE
    if event.occurred_at is not None and datetime.fromisoformat(event.occurred_at) > latest:
        raise invalid("/occurred_at", "value.date_future")


def _state(
    tx: Transaction, sender: Sender, event: LegalityEvent, reference: Reference, cooperative: State | None
) -> State:
    day = event.occurred_on
    at = event.occurred_at or clock.end_of(str(day), sender.zone)
    told = {
        **event.model_dump(include=set(_CARRIED)),
        "id": new_id(),
        "source": sender.source,
        "reference": ":".join(reference),
        "reach": tx.act.reach,
        "effective_at": at,
        "effective_on": day or clock.day_of(at, sender.zone),
        "whole_day": int(day is not None),
        "received_at": tx.act.at,
        "payload": orjson.dumps(event.model_dump(exclude_unset=True)).decode(),
    }
    return belonging(told, cooperative)


async def _keep(tx: Transaction, source: str, kept: Sequence[tuple[Told, State]]) -> None:
    """Enter what was not told before, and say of each event whether it counts: the first body received does."""
    told = await told_before(tx, source, [state["event_id"] for _, state in kept])
    before = {id: set(bodies) for id, bodies in told.items()}
    for one, state in kept:
        bodies = told.setdefault(state["event_id"], {})
        one.state = bodies.setdefault(state["digest"], state)
    new = [state for _, state in kept if told[state["event_id"]][state["digest"]] is state]
    await EVENTS.create_many(tx, new)
    entered = set()
    for one, state in kept:
        id, said = state["event_id"], state["digest"]
        counts = (
            min(told[id].values(), key=lambda body: (body["received_at"], body["digest"]))["digest"] == said
        )
        fresh = said not in before.get(id, ()) and (id, said) not in entered
        entered.add((id, said))
        waits = one.state is not None and one.state["cooperative_id"] is None
        one.status = (
            "conflict" if not counts else "duplicate" if not fresh else "waiting" if waits else "applied"
        )


async def _see_again(tx: Transaction, source: str, waiting: Sequence[Told]) -> None:
    """What waited for a number that came in the same batch waits no longer."""
    told = await told_before(tx, source, [one.event_id or "" for one in waiting]) if waiting else {}
    now = {state["id"]: state for bodies in told.values() for state in bodies.values()}
    for one in waiting:
        state = now.get(one.state["id"]) if one.state else None
        if state is not None and state["cooperative_id"] is not None:
            one.state, one.status = state, "applied"


async def _settle(tx: Transaction, source: str, states: Sequence[State]) -> dict[str, Legality]:
    keys = {state[name] for state in states for name in ("event_id", "supersedes")} - {None}
    touched = await tx.fetch(queries.touched_by, {"source": source, "event_ids": sorted(keys)})
    settled = await settle(tx, [row[0] for row in touched])
    await place_again(tx, settled)
    adopting = await adopt_by_number(tx, settled)
    while adopting:
        again = await settle(tx, adopting)
        settled |= again
        adopting = await adopt_by_number(tx, again)
    return settled


async def forget(tx: Transaction, cooperative: State) -> None:
    """Let a cooperative's own seeded events go with it; 409 `cooperative.has_events` when others told of it."""
    await tx.lock(LEDGER)
    one = {"cooperative_id": cooperative["id"]}
    if await tx.row(queries.from_outside, {**one, "seed": SEED}) is not None:
        raise Conflict("cooperative.has_events", pointer="/path/id")
    for row in await tx.fetch(queries.events_of, one):
        await EVENTS.delete(tx, EVENTS.state(row))


def _tell(one: Told, state: State, settled: dict[str, Legality]) -> None:
    kept = one.state or state
    legality = settled.get(kept["cooperative_id"] or "")
    if legality is None:
        return
    one.stage = legality.legality_stage
    number = (kept["milestone"], kept["number"])
    one.conflict = next((case.id for case in legality.conflicts if (case.kind, case.number) == number), None)


async def resolve(tx: Transaction, id: str, decision: Resolution, decided_by: str) -> State:
    """Decide whose a contested number is; the decision is an event of its own, and a later one takes its place."""
    await tx.lock(LEDGER)
    contested = [row for row in await tx.fetch(queries.contested, {}) if conflict_id(row[0], row[1]) == id]
    if not contested or not any(tx.act.reaches(row[3]) for row in contested):
        raise NotFound("conflict.not_found", pointer="/path/id")
    if decision.holder not in {row[2] for row in contested}:
        raise invalid("/holder", "conflict.not_claimant")
    kind, number = contested[0][:2]
    decided = await RESOLUTIONS.create(
        tx,
        {
            "id": new_id(),
            "conflict_id": id,
            "kind": kind,
            "number": number,
            "holder": decision.holder,
            "reason": decision.reason,
            "decided_at": tx.act.at,
            "decided_by": decided_by,
        },
    )
    await settle(tx, [row[2] for row in contested])
    return decided
