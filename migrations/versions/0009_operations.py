"""An operation of an outbox that was applied is remembered without end, so that sending it again does nothing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "operations_done",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "fingerprint",
            sa.Text(),
            nullable=True,
            comment="null once erased: any body is then the same operation",
        ),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False, comment="as the operation addressed it"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("caller", "id", name=op.f("pk_operations_done")),
        comment="The operations of outboxes that were applied: whose, what became of them, when.",
    )
    op.create_index("ix_operations_done_resource", "operations_done", ["type", "resource_id"])


def downgrade() -> None:
    """Drop it; refused while it remembers one, as that could then be applied twice."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM operations_done LIMIT 1")).first():
        raise RuntimeError("a downgrade would lose which operations were applied")
    op.drop_index("ix_operations_done_resource", "operations_done")
    op.drop_table("operations_done")
