"""Tokens: only the hash is kept, so the table opens nothing to whoever reads it."""

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

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
