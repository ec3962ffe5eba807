"""Which events, claims and decisions are asked for."""

from typing import Any

from sqlalchemy import Column, Select, and_, bindparam, delete, insert, or_, select, union, update

from app.cooperatives.legality.tables import (
    EVENTS,
    RESOLUTIONS,
    legality_claims,
    legality_events,
    legality_resolutions,
    legality_standings,
)
from app.cooperatives.tables import COOPERATIVES, cooperatives
from app.database import Statement
from app.database.statement import one_of
from app.database.words import Code, Id, Word
from app.http.paging import Listing
from app.villages.tables import former_codes

_one = bindparam("cooperative_id", type_=Id)
_theirs = legality_events.alias("theirs")

LISTING = Listing(
    EVENTS,
    filters={},
    sorts={"effective_at": legality_events.c.effective_at, "received_at": legality_events.c.received_at},
    within=legality_events.c.cooperative_id == _one,
)

_other = legality_events.alias("other")


def _related(*columns: tuple[Column[Any], Column[Any]]) -> Select[Any]:
    same_source = _theirs.c.source == _other.c.source
    return (
        select(_other.c.id)
        .join(_theirs, and_(same_source, *(mine == its for mine, its in columns)))
        .where(_theirs.c.cooperative_id == _one, _other.c.cooperative_id.is_not(None))
    )


TOLD = {
    "cooperative": legality_events.c.cooperative_id,
    "source": legality_events.c.source,
    "event_id": legality_events.c.event_id,
    "milestone": legality_events.c.milestone,
    "outcome": legality_events.c.outcome,
    "occurred_at": legality_events.c.effective_at,
    "occurred_on": legality_events.c.effective_on,
    "whole_day": legality_events.c.whole_day,
    "received_at": legality_events.c.received_at,
    "number": legality_events.c.number,
    "issuer": legality_events.c.issuer,
    "reason": legality_events.c.reason,
    "supersedes": legality_events.c.supersedes,
    "note": legality_events.c.note,
}
"""What the fold reads of an event, by the names it has there: plain columns, as a batch folds thousands."""

bearing_on = Statement(
    select(*TOLD.values()).where(
        legality_events.c.id.in_(
            union(
                select(_theirs.c.id).where(_theirs.c.cooperative_id == _one),
                _related((_theirs.c.event_id, _other.c.event_id)),
                _related((_theirs.c.event_id, _other.c.supersedes)),
                _related((_theirs.c.supersedes, _other.c.event_id)),
            )
        )
    )
)
"""The events of a cooperative, and those of others that share an id with one, correct it or are corrected by it."""

of_keys = Statement(
    select(*EVENTS.published)
    .where(
        legality_events.c.source == bindparam("source", type_=Word),
        one_of(legality_events.c.event_id, "event_ids"),
    )
    .order_by(legality_events.c.received_at, legality_events.c.digest)
)
"""Everything a source has told under some ids, the first received first."""

touched_by = Statement(
    select(legality_events.c.cooperative_id)
    .where(
        legality_events.c.source == bindparam("source", type_=Word),
        legality_events.c.cooperative_id.is_not(None),
        or_(
            one_of(legality_events.c.event_id, "event_ids"), one_of(legality_events.c.supersedes, "event_ids")
        ),
    )
    .distinct()
)
"""The cooperatives whose fold may change with events of these ids."""

codes_of = Statement(
    select(former_codes.c.code).where(former_codes.c.village_id == bindparam("village_id", type_=Id))
)

waiting_for = Statement(
    select(*EVENTS.published).where(
        legality_events.c.cooperative_id.is_(None),
        legality_events.c.reference == bindparam("reference", type_=Code),
    )
)

misplaced = Statement(
    select(*EVENTS.published, cooperatives.c.village_id, cooperatives.c.village_code)
    .join(cooperatives, cooperatives.c.id == legality_events.c.cooperative_id)
    .where(
        one_of(legality_events.c.cooperative_id, "cooperative_ids"),
        or_(
            legality_events.c.village_id != cooperatives.c.village_id,
            legality_events.c.village_code != cooperatives.c.village_code,
        ),
    )
    .order_by(legality_events.c.id)
)
"""The events of some cooperatives that do not say where their cooperative is seated now."""

events_of = Statement(select(*EVENTS.published).where(legality_events.c.cooperative_id == _one))

from_outside = Statement(
    select(legality_events.c.id)
    .where(
        legality_events.c.cooperative_id == _one, legality_events.c.source != bindparam("seed", type_=Word)
    )
    .limit(1)
)

seated_in = Statement(
    select(*COOPERATIVES.published)
    .where(cooperatives.c.village_id == bindparam("village_id", type_=Id))
    .order_by(cooperatives.c.id)
)

claimants = Statement(
    select(legality_claims.c.cooperative_id).where(
        legality_claims.c.kind == bindparam("kind", type_=Word),
        legality_claims.c.number == bindparam("number", type_=Word),
    )
)
claims_of = Statement(
    select(legality_claims.c.kind, legality_claims.c.number).where(legality_claims.c.cooperative_id == _one)
)
add_claim = Statement(
    insert(legality_claims).values(
        {column.name: bindparam(column.name, type_=column.type) for column in legality_claims.c}
    )
)
forget_claim = Statement(
    delete(legality_claims).where(
        legality_claims.c.cooperative_id == _one, legality_claims.c.kind == bindparam("kind", type_=Word)
    )
)

_standing = {
    column.name: bindparam(f"new_{column.name}", type_=column.type)
    for column in legality_standings.c
    if column.name != "cooperative_id"
}
standing_of = Statement(select(*legality_standings.c).where(legality_standings.c.cooperative_id == _one))
add_standing = Statement(insert(legality_standings).values({"cooperative_id": _one, **_standing}))
change_standing = Statement(
    update(legality_standings).where(legality_standings.c.cooperative_id == _one).values(_standing)
)

_same = legality_claims.alias("same")
contested = Statement(
    select(
        legality_claims.c.kind,
        legality_claims.c.number,
        legality_claims.c.cooperative_id,
        cooperatives.c.village_code,
    )
    .join(cooperatives, cooperatives.c.id == legality_claims.c.cooperative_id)
    .where(
        select(_same.c.cooperative_id)
        .where(
            _same.c.kind == legality_claims.c.kind,
            _same.c.number == legality_claims.c.number,
            _same.c.cooperative_id != legality_claims.c.cooperative_id,
        )
        .exists()
    )
)
"""Every claim of a number that another cooperative claims too."""

ever_numbered = Statement(
    select(legality_events.c.cooperative_id)
    .where(
        legality_events.c.milestone == bindparam("kind", type_=Word),
        legality_events.c.number == bindparam("number", type_=Word),
        legality_events.c.cooperative_id.is_not(None),
    )
    .distinct()
)
"""The cooperatives that an event ever gave this number."""

decided = Statement(
    select(*RESOLUTIONS.published).where(
        legality_resolutions.c.conflict_id == bindparam("conflict_id", type_=Id)
    )
)
every_decision = Statement(select(*RESOLUTIONS.published))

every_cooperative = Statement(select(cooperatives.c.id).order_by(cooperatives.c.id))

SHOWN_COLUMNS = ("legality_stage", "sk_number", "sk_on", "nib", "npwp", "nik_koperasi", "loan_ready")
"""The columns that repeat what a cooperative shows of its legality, for filters and reports."""

columns_shown = Statement(
    select(*(cooperatives.c[name] for name in SHOWN_COLUMNS)).where(cooperatives.c.id == _one)
)
set_columns = Statement(
    update(cooperatives)
    .where(cooperatives.c.id == _one)
    .values({name: bindparam(f"new_{name}", type_=cooperatives.c[name].type) for name in SHOWN_COLUMNS})
)
