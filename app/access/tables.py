"""What lets in: of a token and of a password only a hash is kept, so these tables open nothing to whoever reads them.

The secret of a webhook signs, so it is kept as it is; whoever reads it can send for its source, and nothing else.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, UniqueConstraint

from app.access.policy import ROLES
from app.database.register import Register, State
from app.database.words import Code, Id, Instant, Word, metadata, registered
from app.http.filters import folded

_A_ROLE = "role IN ({})".format(", ".join(f"'{role}'" for role in ROLES))

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Word, nullable=False),
    Column("name_key", Code, nullable=False),
    Column("role", Word, nullable=False),
    Column("region", Code, nullable=False),
    Column("password_hash", Word, nullable=False),
    *registered(),
    UniqueConstraint("name_key"),
    CheckConstraint(_A_ROLE, name="role"),
    Index("ix_users_created_at", "created_at", "id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", Word, nullable=False),
    Column("kind", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("name_key", Code, nullable=False),
    Column("role", Word, nullable=False),
    Column("region", Code, nullable=False),
    Column("source", Word, nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=True),
    Column("expires_at", Instant, nullable=True),
    Column("last_used_at", Instant, nullable=True),
    *registered(),
    UniqueConstraint("hash"),
    CheckConstraint(_A_ROLE, name="role"),
    CheckConstraint("kind IN ('token', 'session')", name="kind"),
    CheckConstraint("(kind = 'session') = (user_id IS NOT NULL)", name="session"),
    Index("ix_tokens_created_at", "created_at", "id"),
    Index("ix_tokens_name_key", "name_key", "id"),
    Index("ix_tokens_user_id", "user_id"),
    comment="The row of a token is what lets it in; one that is revoked is gone.",
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


def _columns(state: State) -> State:
    # To people a reach without bounds is null; as a prefix it is empty.
    return {"region": state["region"] or "", "name_key": folded(state["name"])}


USERS = Register(
    type="user",
    table=users,
    fields=(
        "id",
        "name",
        "role",
        "region",
        "password_changed_at",
        "version",
        "created_at",
        "updated_at",
    ),
    beside=("password_hash",),
    derive=_columns,
    village_code=None,
)

TOKENS = Register(
    type="token",
    table=tokens,
    fields=(
        "id",
        "kind",
        "name",
        "role",
        "region",
        "source",
        "user_id",
        "expires_at",
        "last_used_at",
        "version",
        "created_at",
        "updated_at",
    ),
    beside=("hash",),
    derive=_columns,
    village_code=None,
)
