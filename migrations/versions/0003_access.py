"""A token is registered as everything else, with version and representation, and what is revoked is gone.

So tokens that were revoked before are removed, and the rest begin at version 1. Users have a name of their own, read
without case, accents and punctuation; a session is a token that belongs to one of them.
"""

import unicodedata
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
CODE = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
A_ROLE = "role IN ('viewer', 'operator', 'officer', 'integrator', 'admin')"
BEFORE = ("id", "hash", "name", "role", "region", "source", "created_at", "expires_at")


def upgrade() -> None:
    """Make the users; make the tokens anew with what they had."""
    kept = _rows("revoked_at IS NULL")
    op.drop_table("tokens")
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        *_registered(),
        sa.CheckConstraint(A_ROLE, name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name_key", name=op.f("uq_users_name_key")),
    )
    op.create_index("ix_users_created_at", "users", ["created_at", "id"])
    tokens = _tokens()
    op.bulk_insert(tokens, [_registered_row(row) for row in kept])


def downgrade() -> None:
    """Make the tokens as they were; refused while something of them or a user would be lost."""
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM users")).scalar():
        raise RuntimeError("a downgrade would lose the users; remove them first")
    used = "SELECT 1 FROM tokens WHERE last_used_at IS NOT NULL OR version > 1 LIMIT 1"
    if connection.execute(sa.text(used)).first():
        raise RuntimeError("a downgrade would lose when tokens were used and changed")
    kept = _rows("kind = 'token'")
    op.drop_table("tokens")
    op.drop_table("users")
    tokens = op.create_table(
        "tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint(A_ROLE, name=op.f("ck_tokens_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
    )
    op.bulk_insert(tokens, kept)


def _rows(condition: str) -> list[dict[str, Any]]:
    told = sa.table("tokens", *(sa.column(name) for name in BEFORE))
    rows = op.get_bind().execute(sa.select(*told.c).where(sa.text(condition))).mappings()
    return [{**row, "id": str(row["id"])} for row in rows]


def _registered() -> list[sa.Column[Any]]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    ]


def _tokens() -> sa.Table:
    table = op.create_table(
        "tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("last_used_at", INSTANT, nullable=True),
        *_registered(),
        sa.CheckConstraint(A_ROLE, name=op.f("ck_tokens_role")),
        sa.CheckConstraint("kind IN ('token', 'session')", name=op.f("ck_tokens_kind")),
        sa.CheckConstraint("(kind = 'session') = (user_id IS NOT NULL)", name=op.f("ck_tokens_session")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
        comment="The row of a token is what lets it in; one that is revoked is gone.",
    )
    op.create_index("ix_tokens_created_at", "tokens", ["created_at", "id"])
    op.create_index("ix_tokens_name_key", "tokens", ["name_key", "id"])
    op.create_index("ix_tokens_user_id", "tokens", ["user_id"])
    return table


def _registered_row(row: dict[str, Any]) -> dict[str, Any]:
    shown = {
        "id": row["id"],
        "kind": "token",
        "name": row["name"],
        "role": row["role"],
        "region": row["region"] or None,
        "source": row["source"],
        "user_id": None,
        "expires_at": _text(row["expires_at"]),
        "last_used_at": None,
        "version": 1,
        "created_at": _text(row["created_at"]),
        "updated_at": _text(row["created_at"]),
    }
    fresh = {"kind": "token", "user_id": None, "last_used_at": None, "version": 1}
    made = {"updated_at": row["created_at"], "name_key": _folded(row["name"])}
    return {**row, **fresh, **made, "document": orjson.dumps(shown).decode()}


def _text(at: Any) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if isinstance(at, datetime) else at


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    stripped = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = "".join(one if one.isalnum() else " " for one in unicodedata.normalize("NFKC", stripped))
    return " ".join(words.split())
