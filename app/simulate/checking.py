"""Whether a server shows what was sent: the pure ledger folds the events itself, and every field is compared."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from app import clock
from app.cooperatives.ledger import Event, Legality, Resolution, fold
from app.cooperatives.ledger_view import describe, describe_history
from app.cooperatives.numbers import Malformed, normalise
from app.simulate.telling import Demo

Shown = dict[str, Any]


def event_of(
    body: Mapping[str, Any], *, cooperative: str, source: str, received_at: str, zone: ZoneInfo
) -> Event:
    """An event as a server keeps it, from a body as it was sent or from a line of a history."""
    day, at = body.get("occurred_on"), body.get("occurred_at")
    instant = clock.parse_instant(at) if at else clock.end_of(str(day), zone)
    return Event(
        cooperative=cooperative,
        source=source,
        event_id=body["event_id"],
        milestone=body["milestone"],
        outcome=body["outcome"],
        occurred_at=instant,
        occurred_on=day or clock.day_of(instant, zone),
        whole_day=day is not None,
        received_at=received_at,
        number=_canonical(body["milestone"], body.get("number")),
        issuer=body.get("issuer"),
        reason=body.get("reason"),
        supersedes=body.get("supersedes"),
        note=body.get("note"),
    )


def _canonical(milestone: str, number: str | None) -> str | None:
    canonical = None if number is None else normalise(milestone, number)
    return number if isinstance(canonical, Malformed) else canonical


def sent(events: Iterable[Demo], *, source: str, received_at: str, zone: ZoneInfo) -> list[Event]:
    """What was sent, as a server keeps it."""
    return [
        event_of(one.body, cooperative=one.cooperative, source=source, received_at=received_at, zone=zone)
        for one in events
    ]


def known(history: Sequence[Shown], *, cooperative: str, zone: ZoneInfo) -> list[Event]:
    """What a server knew already."""
    return [
        event_of(
            line, cooperative=cooperative, source=line["source"], received_at=line["received_at"], zone=zone
        )
        for line in history
    ]


def expected(
    events: Mapping[str, Sequence[Event]], methods: Mapping[str, str | None], decided: Sequence[Resolution]
) -> dict[str, Shown]:
    """By cooperative, what a server is to show when these are all events and all decisions."""
    alone = {id: fold(told, cooperative=id) for id, told in events.items()}
    claimants: dict[tuple[str, str], list[str]] = {}
    for id, legality in alone.items():
        for number in legality.claims.items():
            claimants.setdefault(number, []).append(id)
    return {
        id: comparable(
            fold(
                told,
                cooperative=id,
                formation_method=methods.get(id),
                held_by_others=_others(alone[id], id, claimants),
                resolutions=decided,
            )
        )
        for id, told in events.items()
    }


def _others(
    legality: Legality, id: str, claimants: Mapping[tuple[str, str], Sequence[str]]
) -> dict[tuple[str, str], list[str]]:
    rivals = {number: [one for one in claimants[number] if one != id] for number in legality.claims.items()}
    return {number: others for number, others in rivals.items() if others}


def comparable(legality: Legality) -> Shown:
    """A legality as JSON, without the times at which its events came in."""
    told = {**describe(legality, "en"), "history": describe_history(legality)}
    return without_arrival(orjson.loads(orjson.dumps(told)))


def without_arrival(shown: Shown) -> Shown:
    """What a server shows, without what only it can know."""
    rest = {name: value for name, value in shown.items() if name != "cooperative_id"}
    rest["history"] = [
        {name: value for name, value in line.items() if name != "received_at"} for line in shown["history"]
    ]
    return rest


def differences(id: str, shown: Shown, wanted: Shown) -> list[str]:
    """The fields in which a server shows something else."""
    return [f"{id}: {name} is not what was sent" for name in wanted if shown.get(name) != wanted[name]]
