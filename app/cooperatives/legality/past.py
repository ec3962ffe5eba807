"""What many cooperatives were at another time: the same fold as for one, over the events of a region read at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, or_, select

from app.cooperatives.ledger import Event, Legality, fold
from app.cooperatives.legality.queries import TOLD
from app.cooperatives.legality.standing import events_in
from app.cooperatives.legality.tables import legality_events
from app.cooperatives.tables import cooperatives
from app.database import Database, Statement
from app.database.words import Code

_here = legality_events.alias("here")
_seated = select(cooperatives.c.id).where(
    cooperatives.c.village_code >= bindparam("region_from", type_=Code),
    cooperatives.c.village_code < bindparam("region_to", type_=Code),
)


def _related(mine: ColumnElement[Any], its: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists().where(
        _here.c.source == legality_events.c.source, mine == its, _here.c.cooperative_id.in_(_seated)
    )


_bearing_on_region = Statement(
    select(*TOLD.values()).where(
        legality_events.c.cooperative_id.is_not(None),
        or_(
            legality_events.c.cooperative_id.in_(_seated),
            _related(_here.c.event_id, legality_events.c.event_id),
            _related(_here.c.event_id, legality_events.c.supersedes),
            _related(_here.c.supersedes, legality_events.c.event_id),
        ),
    )
)


async def events_of_region(database: Database, bounds: dict[str, str]) -> list[Event]:
    """The events of the cooperatives of a region, and those of others that bear on them."""
    return events_in(await database.fetch(_bearing_on_region, bounds))


def legalities(events: Iterable[Event], cooperative_ids: Sequence[str], *, as_of: str) -> dict[str, Legality]:
    """The legality of each cooperative by itself: who else claims its numbers bears on no stage and no milestone."""
    own: dict[str, list[Event]] = defaultdict(list)
    by_key: dict[tuple[str, str | None], list[Event]] = defaultdict(list)
    for event in events:
        own[event.cooperative].append(event)
        for name in {event.event_id, event.supersedes} - {None}:
            by_key[event.source, name].append(event)
    return {
        one: fold(_bearing(own.get(one, []), by_key), cooperative=one, as_of=as_of) for one in cooperative_ids
    }


def _bearing(own: list[Event], by_key: dict[tuple[str, str | None], list[Event]]) -> list[Event]:
    strangers = [
        event
        for mine in own
        for name in {mine.event_id, mine.supersedes} - {None}
        for event in by_key[mine.source, name]
        if event.cooperative != mine.cooperative
    ]
    return [*own, *strangers]
