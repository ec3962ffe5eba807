"""Whoever subscribed is told of changes: subscriptions, what they sign with, how far they are, and each delivery."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["subscription_id"],
        ["webhook_subscriptions.id"],
        name=op.f(f"fk_{table}_subscription_id"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    """Add the four tables."""
    op.create_table(
        "webhook_subscriptions",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False, comment="1: notices are sent"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_subscriptions")),
    )
    op.create_index("ix_webhook_subscriptions_created_at", "webhook_subscriptions", ["created_at", "id"])
    op.create_table(
        "webhook_subscription_keys",
        sa.Column("id", ID, nullable=False),
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column(
            "until", INSTANT, nullable=True, comment="until when it signs too; null while it is the newest"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_subscription_keys")),
        _owner("webhook_subscription_keys"),
    )
    op.create_index(
        "ix_webhook_subscription_keys_subscription_id", "webhook_subscription_keys", ["subscription_id"]
    )
    op.create_table(
        "webhook_positions",
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("epoch", ID, nullable=False),
        sa.Column("transaction_id", POSITION, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=False, comment="from when any worker may take it up"),
        sa.Column("held_until", INSTANT, nullable=True, comment="the receiver asked to wait until then"),
        sa.PrimaryKeyConstraint("subscription_id", name=op.f("pk_webhook_positions")),
        _owner("webhook_positions"),
    )
    _deliveries()


def _deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("change_position", POSITION, nullable=True),
        sa.Column("change_id", ID, nullable=True, comment="null: a ping"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("next_attempt_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint(
            "subscription_id", "change_position", name="uq_webhook_deliveries_subscription_id_change_position"
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'delivered', 'dead')", name=op.f("ck_webhook_deliveries_status")
        ),
        _owner("webhook_deliveries"),
        comment="What is told is read from the change when it is sent, so nothing is kept twice.",
    )
    for name, columns in {
        "subscription": ["subscription_id", "id"],
        "due": ["subscription_id", "status", "next_attempt_at"],
        "thing": ["subscription_id", "type", "resource_id"],
        "status": ["status", "finished_at"],
    }.items():
        op.create_index(f"ix_webhook_deliveries_{name}", "webhook_deliveries", columns)


def downgrade() -> None:
    """Drop them; refused while somebody subscribes, whose secret is kept nowhere else."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM webhook_subscriptions LIMIT 1")).first():
        raise RuntimeError("a downgrade would lose the subscriptions to notices")
    for name in (
        "webhook_deliveries",
        "webhook_positions",
        "webhook_subscription_keys",
        "webhook_subscriptions",
    ):
        op.drop_table(name)
