"""Who asks: users with passwords, their sessions, and tokens that know when they were last used."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
