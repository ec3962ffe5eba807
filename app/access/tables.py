"""What lets in: of a token only its hash is kept, so that table opens nothing to whoever reads it.

The secret of a webhook signs, so it is kept as it is; whoever reads it can send for its source, and nothing else.
"""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table, UniqueConstraint

from app.access.policy import ROLES
from app.database.words import Code, Id, Instant, Word, metadata

tokens = Table(
    "tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("region", Code, nullable=False),
    Column("source", Word, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=True),
    Column("revoked_at", Instant, nullable=True),
    UniqueConstraint("hash"),
    CheckConstraint("role IN ({})".format(", ".join(f"'{role}'" for role in ROLES)), name="role"),
)

webhook_secrets = Table(
    "webhook_secrets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Word, nullable=False),
    Column("region", Code, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column(
        "until", Instant, nullable=True, comment="from when it no longer counts; null while it is the newest"
    ),
    Index("ix_webhook_secrets_source", "source"),
)
