"""The feed has an epoch, so that a cursor from before a restore is known; a change says where its thing was before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.database.words import new_id

revision = "0008"
down_revision = "0007"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
CODE = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column and the table with its one row."""
    op.add_column("changes", sa.Column("village_code_before", CODE, nullable=True))
    feed = op.create_table(
        "feed",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", ID, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_feed")),
        sa.CheckConstraint("number = 1", name=op.f("ck_feed_number")),
        comment="One row: the life of the change log to which a cursor belongs.",
    )
    op.bulk_insert(feed, [{"number": 1, "epoch": new_id()}])


def downgrade() -> None:
    """Drop both; every copy then has to start again. Refused once a change says where its thing was before."""
    moved = "SELECT 1 FROM changes WHERE village_code_before IS NOT NULL LIMIT 1"
    if op.get_bind().execute(sa.text(moved)).first():
        raise RuntimeError("a downgrade would lose where things were before they moved")
    op.drop_table("feed")
    op.drop_column("changes", "village_code_before")
