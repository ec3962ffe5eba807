"""An operation that had its effect is remembered without end, in the transaction of that effect.

No value of it is kept: what it was is a fingerprint, and that falls under erasure too (`keeping.forget_body`).
"""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from app.database.words import Count, Id, Instant, Word, metadata

operations_done = Table(
    "operations_done",
    metadata,
    Column("caller", Word, nullable=False),
    Column("id", Id, nullable=False),
    Column(
        "fingerprint", Word, nullable=True, comment="null once erased: any body is then the same operation"
    ),
    Column("type", Word, nullable=False),
    Column("resource_id", Word, nullable=False, comment="as the operation addressed it"),
    Column("version", Count, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("caller", "id"),
    Index("ix_operations_done_resource", "type", "resource_id"),
    comment="The operations of outboxes that were applied: whose, what became of them, when.",
)
