"""What comes in by the doors of the ledger, read event by event, so that a bad one never blocks the others."""

from datetime import date
from typing import Any

from pydantic import ValidationError

from app import clock
from app.cooperatives.ledger import Legality
from app.cooperatives.legality import queries
from app.cooperatives.legality.matching import Reference
from app.cooperatives.legality.schemas import CooperativeReference, LegalityBatch, LegalityEvent, PushedEvent
from app.cooperatives.legality.service import Sender, Told
from app.cooperatives.legality.standing import legality_of
from app.cooperatives.legality.tables import EVENTS
from app.cooperatives.tables import COOPERATIVES
from app.http.answers import Answer, json_answer, representation
from app.http.ask import Ask
from app.http.fields import faults_of
from app.http.problems import Invalid, NotFound, invalid


def sender_of(ask: Ask) -> Sender:
    """Who sends: the token's source, in the office's zone."""
    return Sender(ask.caller.source, ask.place.settings.zone)


def single_of(cooperative_id: str, event: LegalityEvent) -> Told:
    """An event that was posted below its cooperative."""
    return Told(0, event.event_id, reference=("id", cooperative_id), event=event)


def batch_of(batch: LegalityBatch) -> list[Told]:
    """The events of a batch, the ones that cannot be read as rejected with all their faults."""
    return [_pushed(index, told) for index, told in enumerate(batch.events)]


def _pushed(index: int, told: Any) -> Told:
    given = told.get("event_id") if isinstance(told, dict) else None
    named = given if isinstance(given, str) and len(given) <= 200 and given.isprintable() else None
    try:
        event = PushedEvent.model_validate(told)
    except ValidationError as wrong:
        return Told(index, named, refusal=Invalid(faults_of(wrong)))
    return Told(index, event.event_id, reference=_reference(event.cooperative), event=event)


def _reference(cooperative: CooperativeReference) -> Reference:
    ((kind, value),) = cooperative.model_dump(exclude_none=True).items()
    return kind, value


async def standing_at(ask: Ask, id: str, as_of: str | None, known_at: str | None) -> Legality:
    """The legality of a cooperative as of a time and as known at a time; 404 where there is none."""
    cooperative = await COOPERATIVES.find(ask.database, id)
    if cooperative is None:
        raise NotFound("cooperative.not_found", pointer="/path/id")
    return await legality_of(
        ask.database,
        cooperative,
        as_of=moment_of(ask, as_of, "as_of"),
        known_at=moment_of(ask, known_at, "known_at"),
    )


def moment_of(ask: Ask, text: str | None, name: str) -> str | None:
    """An instant, or the end of a day in the office's zone; raises `Invalid` `value.instant`."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            return clock.end_of(date.fromisoformat(text).isoformat(), ask.place.settings.zone)
        return clock.parse_instant(text)
    except (ValueError, OverflowError) as wrong:
        raise invalid(f"/query/{name}", "value.instant") from wrong


async def event_of(ask: Ask, cooperative_id: str, id: str) -> Answer:
    """An event of this cooperative, or 404 `event.not_found`."""
    event = await EVENTS.find(ask.database, id)
    if event is None or event["cooperative_id"] != cooperative_id:
        raise NotFound("event.not_found", pointer="/path/event_id")
    return representation(EVENTS, event, ask.caller.personal_reach)


async def receipt(ask: Ask, event_id: str) -> Answer:
    """What became of an event of the caller's own source; 404 `event.not_found` for one it never sent."""
    rows = await ask.database.fetch(queries.of_keys, {"source": ask.caller.source, "event_ids": [event_id]})
    told = [EVENTS.state(row) for row in rows]
    if not told:
        raise NotFound("event.not_found", pointer="/path/event_id")
    counted = told[0]["digest"]
    events = [
        {
            **{name: state[name] for name in EVENTS.fields},
            "status": "conflict" if state["digest"] != counted else _fate(state),
            "legality_stage": await _stage(ask, state["cooperative_id"]),
        }
        for state in told
    ]
    return json_answer({"event_id": event_id, "source": ask.caller.source, "events": events})


def _fate(state: dict[str, Any]) -> str:
    return "applied" if state["cooperative_id"] else "waiting"


async def _stage(ask: Ask, cooperative_id: str | None) -> str | None:
    cooperative = await COOPERATIVES.find(ask.database, cooperative_id) if cooperative_id else None
    return cooperative["legality_stage"] if cooperative else None
