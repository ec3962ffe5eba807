"""Whatever was erased for a person stays on record, without the values, so that a restore can erase it again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False, comment="their names, as a JSON list"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        comment="What was made to be forgotten, when and why; never the values.",
    )
    op.create_index("ix_erasures_resource", "erasures", ["type", "resource_id"])


def downgrade() -> None:
    """Drop it; refused while it knows of an erasure, as a restore could then bring the data back."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM erasures LIMIT 1")).first():
        raise RuntimeError("a downgrade would lose the record of erasures")
    op.drop_index("ix_erasures_resource", "erasures")
    op.drop_table("erasures")
