"""An erasure is on record without what was erased, so that a backup of before can be brought up to it."""

from sqlalchemy import Column, Index, Table

from app.database.words import Document, Id, Instant, Word, metadata

erasures = Table(
    "erasures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("type", Word, nullable=False),
    Column("resource_id", Word, nullable=False),
    Column("fields", Document, nullable=False, comment="their names, as a JSON list"),
    Column("reason", Word, nullable=False),
    Index("ix_erasures_resource", "type", "resource_id"),
    comment="What was made to be forgotten, when and why; never the values.",
)
