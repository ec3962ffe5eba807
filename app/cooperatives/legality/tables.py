"""Events are only ever added.

Beside them stands what can be made again from them: who claims a number, what a cooperative has, what it shows.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from app.database.register import Register
from app.database.words import Code, Count, Day, Id, Instant, Word, metadata, registered
from app.villages.followers import located

legality_events = Table(
    "legality_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Word, nullable=False),
    Column("event_id", Word, nullable=False),
    Column("digest", Word, nullable=False, comment="of the normalised event; equal ones are one event"),
    # Null while the event waits for a cooperative that is not known yet; then `reference` says which one is meant.
    Column("cooperative_id", Id, ForeignKey("cooperatives.id"), nullable=True),
    Column("reference", Code, nullable=False),
    # Its sender's: while it waits, no cooperative beyond it can be meant.
    Column("reach", Code, nullable=False),
    # The cooperative's, copied: a key to villages here would have pushing and recoding wait for each other.
    Column("village_id", Id, nullable=True),
    Column("village_code", Code, nullable=True),
    Column("milestone", Word, nullable=False),
    Column("outcome", Word, nullable=False),
    Column(
        "effective_at",
        Instant,
        nullable=False,
        comment="when it occurred, or the end of the day it occurred on",
    ),
    Column("effective_on", Day, nullable=False),
    Column("whole_day", Count, nullable=False),
    Column("number", Word, nullable=True),
    Column("issuer", Word, nullable=True),
    Column("reason", Word, nullable=True),
    Column("supersedes", Word, nullable=True),
    Column("note", Word, nullable=True),
    Column("received_at", Instant, nullable=False),
    Column("payload", Word, nullable=False, comment="the event as it was sent"),
    *registered(),
    UniqueConstraint("source", "event_id", "digest"),
    CheckConstraint("whole_day IN (0, 1)", name="whole_day"),
    Index("ix_legality_events_cooperative_id", "cooperative_id", "effective_at"),
    Index("ix_legality_events_supersedes", "source", "supersedes"),
    Index("ix_legality_events_reference", "reference"),
    Index("ix_legality_events_number", "number"),
    Index("ix_legality_events_village_id", "village_id"),
)

EVENTS = located(
    Register(
        type="legality_event",
        table=legality_events,
        fields=(
            "id",
            "source",
            "event_id",
            "cooperative_id",
            "village_code",
            "milestone",
            "outcome",
            "occurred_on",
            "occurred_at",
            "number",
            "issuer",
            "reason",
            "supersedes",
            "note",
            "received_at",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=(
            "village_id",
            "digest",
            "reference",
            "reach",
            "effective_at",
            "effective_on",
            "whole_day",
            "payload",
        ),
    ),
    follow=lambda event, before, after: {**event, "village_code": after["code"]},
)

legality_claims = Table(
    "legality_claims",
    metadata,
    Column("kind", Word, nullable=False),
    Column("number", Word, nullable=False),
    Column("cooperative_id", Id, ForeignKey("cooperatives.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("kind", "cooperative_id"),
    Index("ix_legality_claims_number", "kind", "number"),
    comment="The number that each cooperative shows as its own, contested or not; made again from the events.",
)

legality_standings = Table(
    "legality_standings",
    metadata,
    Column("cooperative_id", Id, ForeignKey("cooperatives.id", ondelete="CASCADE"), primary_key=True),
    # The milestones that stand, set apart by blanks, one before and one behind too.
    Column("held", Word, nullable=False),
    Column("stage_since", Instant, nullable=True),
    Column("stage_since_on", Day, nullable=True),
    Column("stage_milestone", Word, nullable=True),
    comment="What each cooperative has and since when its stage holds; made again from the events.",
)

legality_resolutions = Table(
    "legality_resolutions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conflict_id", Id, nullable=False),
    Column("holder", Id, ForeignKey("cooperatives.id"), nullable=False),
    *registered(),
    Index("ix_legality_resolutions_conflict_id", "conflict_id"),
)

RESOLUTIONS = Register(
    type="legality_resolution",
    table=legality_resolutions,
    fields=(
        "id",
        "conflict_id",
        "kind",
        "number",
        "holder",
        "reason",
        "decided_at",
        "decided_by",
        "version",
        "created_at",
        "updated_at",
    ),
    village_code=None,
)
"""Officers' decisions about contested numbers, each an event of its own."""
