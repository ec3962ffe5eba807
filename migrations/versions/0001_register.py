"""DEVELOPMENT placeholder: creates whatever the tables say; replaced by explicit operations before landing."""

from alembic import op

from app.database.words import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
