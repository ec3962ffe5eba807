"""What the events say of a cooperative, now or at another time; and how a cooperative comes to show it."""

from collections.abc import Iterable, Sequence
from functools import partial

from app.cooperatives.ledger import Event, Legality, Resolution, conflict_id, fold
from app.cooperatives.legality import queries
from app.cooperatives.legality.tables import RESOLUTIONS
from app.cooperatives.milestones import UNIQUE
from app.cooperatives.tables import COOPERATIVES
from app.database import Database, Transaction
from app.database.face import Row
from app.database.register import State
from app.http.problems import NotFound

Source = Database | Transaction


def event_of(state: State) -> Event:
    """An event in its whole state as the fold reads it."""
    return Event(
        cooperative=state["cooperative_id"],
        source=state["source"],
        event_id=state["event_id"],
        milestone=state["milestone"],
        outcome=state["outcome"],
        occurred_at=state["effective_at"],
        occurred_on=state["effective_on"],
        whole_day=bool(state["whole_day"]),
        received_at=state["received_at"],
        number=state["number"],
        issuer=state["issuer"],
        reason=state["reason"],
        supersedes=state["supersedes"],
        note=state["note"],
    )


def events_in(rows: Iterable[Row]) -> list[Event]:
    """The events in rows of the columns that `queries.TOLD` names."""
    told = (dict(zip(queries.TOLD, row, strict=True)) for row in rows)
    return [Event(**{**one, "whole_day": bool(one["whole_day"])}) for one in told]


async def legality_of(
    source: Source,
    cooperative: State,
    *,
    as_of: str | None = None,
    known_at: str | None = None,
    events: Sequence[Event] | None = None,
) -> Legality:
    """The fold of one cooperative; numbers that others claim at the same time are told to it.

    `events` are those that bear on it, where they have been read already.
    """
    if events is None:
        events = await _events(source, cooperative["id"])
    asked = partial(
        fold,
        events,
        cooperative=cooperative["id"],
        formation_method=cooperative["formation_method"],
        as_of=as_of,
        known_at=known_at,
    )
    alone = asked()
    others = await _held_by_others(source, cooperative["id"], alone)
    if not others:
        return alone
    decisions = [one for kind, number in others for one in await _decisions(source, kind, number)]
    return asked(held_by_others=others, resolutions=decisions)


async def _events(source: Source, cooperative_id: str) -> list[Event]:
    return events_in(await source.fetch(queries.bearing_on, {"cooperative_id": cooperative_id}))


async def _held_by_others(
    source: Source, cooperative_id: str, alone: Legality
) -> dict[tuple[str, str], list[str]]:
    """By number, who else claims it then. Only an event gives a number, so whoever had it in one is folded too."""
    held: dict[tuple[str, str], list[str]] = {}
    for kind, number in alone.claims.items():
        for (other,) in await source.fetch(queries.ever_numbered, {"kind": kind, "number": number}):
            if other == cooperative_id:
                continue
            events = await _events(source, other)
            theirs = fold(events, cooperative=other, as_of=alone.as_of, known_at=alone.known_at)
            if theirs.claims.get(kind) == number:
                held.setdefault((kind, number), []).append(other)
    return held


async def _decisions(source: Source, kind: str, number: str) -> list[Resolution]:
    rows = await source.fetch(queries.decided, {"conflict_id": conflict_id(kind, number)})
    return [resolution_of(RESOLUTIONS.state(row)) for row in rows]


def resolution_of(state: State) -> Resolution:
    """A stored decision as the fold reads it."""
    return Resolution(
        event_id=state["id"],
        conflict_id=state["conflict_id"],
        holder=state["holder"],
        reason=state["reason"],
        decided_at=state["decided_at"],
    )


def shown(legality: Legality) -> State:
    """The fields of a cooperative that follow from its events."""
    numbers = legality.identifiers
    return {
        "legality_stage": legality.legality_stage,
        "sk_number": numbers["sk_number"],
        "sk_on": numbers["sk_on"] if numbers["sk_number"] is not None else None,
        "nib": numbers["nib"],
        "npwp": numbers["npwp"],
        "nik_koperasi": numbers["nik_koperasi"],
        "loan_ready": legality.loan_ready,
        "missing": list(legality.missing),
    }


UNTOLD = shown(fold((), cooperative=""))
"""What a cooperative shows of which no event is known."""


async def settle(tx: Transaction, cooperative_ids: Iterable[str]) -> dict[str, Legality]:
    """Let cooperatives show what their events say now, and those that claim the same numbers beside them.

    Gives the legality of each that was asked for. The claims are written first, so that rivals see one another.
    """
    # Whoever writes events holds the ledger, so what is read here stays as it is.
    events = {id: await _events(tx, id) for id in sorted(set(cooperative_ids))}
    rivals: set[str] = set()
    for id, bearing in events.items():
        rivals |= await _claim(tx, id, bearing)
    settled, shows = {}, []
    for id, cooperative in (await COOPERATIVES.hold_many(tx, {*events, *rivals})).items():
        settled[id] = await legality_of(tx, cooperative, events=events.get(id))
        shows.append((cooperative, {**cooperative, **shown(settled[id])}))
    if settled.keys() != {*events, *rivals}:
        raise NotFound("cooperative.not_found")
    await COOPERATIVES.update_many(tx, shows)
    return settled


def held(legality: Legality) -> str:
    """The milestones that stand, as a row of words."""
    return "".join([" ", *(f"{one.milestone} " for one in legality.milestones if one.achieved)])


async def _stand(tx: Transaction, one: dict[str, str], alone: Legality) -> None:
    """Write down what a cooperative has; whose a contested number is does not bear on that."""
    standing = {
        **one,
        "new_held": held(alone),
        "new_stage_since": alone.stage_since,
        "new_stage_since_on": alone.stage_since_on,
        "new_stage_milestone": alone.stage_milestone,
    }
    if not await tx.execute(queries.change_standing, standing) and alone.history:
        await tx.execute(queries.add_standing, standing)


async def claim(tx: Transaction, cooperative_id: str) -> set[str]:
    """Write down what a cooperative claims now; gives who claims what it claims or claimed until now."""
    return await _claim(tx, cooperative_id, await _events(tx, cooperative_id))


async def _claim(tx: Transaction, cooperative_id: str, events: Sequence[Event]) -> set[str]:
    one = {"cooperative_id": cooperative_id}
    alone = fold(events, cooperative=cooperative_id)
    await _stand(tx, one, alone)
    now = alone.claims
    before: dict[str, str] = {row[0]: row[1] for row in await tx.fetch(queries.claims_of, one)}
    for kind in UNIQUE:
        if before.get(kind) == now.get(kind):
            continue
        if kind in before:
            await tx.execute(queries.forget_claim, {**one, "kind": kind})
        if kind in now:
            await tx.execute(queries.add_claim, {**one, "kind": kind, "number": now[kind]})
    numbers = {*before.items(), *now.items()}
    rivals = set()
    for kind, number in numbers:
        rivals |= {row[0] for row in await tx.fetch(queries.claimants, {"kind": kind, "number": number})}
    return rivals - {cooperative_id}
