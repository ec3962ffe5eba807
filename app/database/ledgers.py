"""What a write leaves in its own transaction: the change log, the audit trail, kept answers; and the trail's seal."""

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from app.database.words import Code, Count, Document, Id, Instant, Position, Word, metadata

changes = Table(
    "changes",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    # Which transaction wrote the row, or a later one that had changed the same thing before (`record.in_order`): a
    # feed shows only what every transaction up to it has finished writing.
    Column("transaction_id", Position, nullable=False),
    Column("id", Id, nullable=False),
    Column("type", Word, nullable=False),
    Column("resource_id", Word, nullable=False),
    Column("operation", Word, nullable=False),
    Column("version", Count, nullable=False),
    Column("at", Instant, nullable=False),
    Column("village_code", Code, nullable=True),
    Column("data", Document, nullable=True),
    # Where the thing was before, when it moved: whoever follows that place must hear that it left.
    Column("village_code_before", Code, nullable=True),
    Index("ix_changes_feed", "transaction_id", "position"),
    Index("ix_changes_resource", "type", "resource_id", "position"),
    comment="One row for each version of each resource; `data` is its representation then, null once deleted.",
)

audit = Table(
    "audit",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("transaction_id", Position, nullable=False),
    Column("id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Word, nullable=False),
    Column("actor_name", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("address", Word, nullable=True),
    Column("request_id", Word, nullable=False),
    Column("action", Word, nullable=False),
    Column("type", Word, nullable=False),
    Column("resource_id", Word, nullable=False),
    Column("village_code", Code, nullable=True),
    Column("version", Count, nullable=False),
    Column("before", Document, nullable=True),
    Column("after", Document, nullable=True),
    Index("ix_audit_feed", "transaction_id", "position"),
    Index("ix_audit_resource", "resource_id", "position"),
    Index("ix_audit_actor", "actor", "position"),
    Index("ix_audit_request", "request_id"),
    comment="Who did what, when, from where; before and after hold only the fields that differ.",
)

audit_reads = Table(
    "audit_reads",
    metadata,
    Column("resource_id", Word, nullable=False),
    Column("position", Position, nullable=False),
    PrimaryKeyConstraint("resource_id", "position"),
    comment="Finds the audit row of a list by each thing that the list showed; it follows from that row's `after`.",
)

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("number", Position, primary_key=True, autoincrement=False),
    # Where the audit row stands in the order of the feed, so that the seal goes on behind it.
    Column("transaction_id", Position, nullable=False),
    Column("position", Position, nullable=False),
    Column("hash", Word, nullable=False),
    UniqueConstraint("position"),
    Index("ix_audit_chain_feed", "transaction_id", "position"),
    comment="The audit rows in the order they were sealed; each hash covers its row and the hash before it.",
)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("caller", Word, nullable=False),
    Column("route", Word, nullable=False),
    Column("key", Word, nullable=False),
    Column("fingerprint", Word, nullable=False),
    Column("status", Count, nullable=False),
    Column("headers", Document, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("until", Instant, nullable=False),
    PrimaryKeyConstraint("caller", "route", "key"),
    Index("ix_kept_answers_until", "until"),
    comment="The answer first given to an Idempotency-Key, replayed to whoever sends the same request again.",
)
