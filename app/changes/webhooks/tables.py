"""A subscription has one place in the feed; what lies behind it has become deliveries, what lies before it has not.

The secret signs, so it is kept as it is; whoever reads it can write to its subscriber, and nothing else.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from app.database.register import Register
from app.database.words import Count, Id, Instant, Position, Word, metadata, registered


def _owner(*, primary_key: bool = False) -> Column[str]:
    key = ForeignKey("webhook_subscriptions.id", ondelete="CASCADE")
    return Column("subscription_id", Id, key, primary_key=primary_key, nullable=False)


subscriptions = Table(
    "webhook_subscriptions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Word, nullable=False),
    Column("active", Count, nullable=False, comment="1: notices are sent"),
    *registered(),
    Index("ix_webhook_subscriptions_created_at", "created_at", "id"),
)

subscription_keys = Table(
    "webhook_subscription_keys",
    metadata,
    Column("id", Id, primary_key=True),
    _owner(),
    Column("key", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("until", Instant, nullable=True, comment="until when it signs too; null while it is the newest"),
    Index("ix_webhook_subscription_keys_subscription_id", "subscription_id"),
)

positions = Table(
    "webhook_positions",
    metadata,
    _owner(primary_key=True),
    Column("epoch", Id, nullable=False),
    Column("transaction_id", Position, nullable=False),
    Column("position", Position, nullable=False),
    Column("leased_by", Word, nullable=True),
    Column("leased_until", Instant, nullable=False, comment="from when any worker may take it up"),
    Column("held_until", Instant, nullable=True, comment="the receiver asked to wait until then"),
)

deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    _owner(),
    Column("change_position", Position, nullable=True),
    Column("change_id", Id, nullable=True, comment="null: a ping"),
    Column("type", Word, nullable=False),
    Column("resource_id", Word, nullable=False),
    Column("operation", Word, nullable=False),
    Column("version", Count, nullable=True),
    Column("status", Word, nullable=False),
    Column("attempts", Count, nullable=False),
    Column("last_status", Count, nullable=True),
    Column("last_error", Word, nullable=True),
    Column("next_attempt_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant, nullable=True),
    UniqueConstraint("subscription_id", "change_position"),
    CheckConstraint("status IN ('pending', 'delivered', 'dead')", name="status"),
    Index("ix_webhook_deliveries_subscription", "subscription_id", "id"),
    Index("ix_webhook_deliveries_due", "subscription_id", "status", "next_attempt_at"),
    Index("ix_webhook_deliveries_thing", "subscription_id", "type", "resource_id"),
    Index("ix_webhook_deliveries_status", "status", "finished_at"),
    comment="What is told is read from the change when it is sent, so nothing is kept twice.",
)

SUBSCRIPTIONS = Register(
    type="webhook_subscription",
    table=subscriptions,
    fields=(
        "id",
        "url",
        "types",
        "region",
        "description",
        "enabled",
        "secret_changed_at",
        "version",
        "created_at",
        "updated_at",
    ),
    derive=lambda state: {"active": int(state["enabled"])},
    village_code=None,
)
