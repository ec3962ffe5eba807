"""The legality ledger: events are only added, and one body of one id of one source is one event.

A kept answer says until when it is kept, as answers to webhooks are kept longer than others.
Who claims which number, and the officers' decisions about contested ones, stand beside it. Cooperatives that
were there before show their stage once `berdaya rebuild-legality` has run.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
CODE = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
DAY = sa.Text().with_variant(postgresql.DATE(), "postgresql")


def upgrade() -> None:
    """Make the ledger."""
    _events()
    _numbers()
    _webhooks()
    _keep_until()


def downgrade() -> None:
    """Drop the ledger; refused while it holds what is kept nowhere else: an event, a decision, a secret."""
    for table in ("legality_events", "legality_resolutions", "webhook_secrets"):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():  # noqa: S608  # our own words
            raise RuntimeError(f"a downgrade below 0002 would lose the legality ledger: {table}")
    _keep_since()
    for table in (
        "webhook_secrets",
        "legality_resolutions",
        "legality_standings",
        "legality_claims",
        "legality_events",
    ):
        op.drop_table(table)


def _events() -> None:
    op.create_table(
        "legality_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column(
            "digest", sa.Text(), nullable=False, comment="of the normalised event; equal ones are one event"
        ),
        sa.Column("cooperative_id", ID, nullable=True),
        sa.Column("reference", CODE, nullable=False),
        sa.Column("reach", CODE, nullable=False),
        sa.Column("village_id", ID, nullable=True),
        sa.Column("village_code", CODE, nullable=True),
        sa.Column("milestone", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column(
            "effective_at",
            INSTANT,
            nullable=False,
            comment="when it occurred, or the end of the day it occurred on",
        ),
        sa.Column("effective_on", DAY, nullable=False),
        sa.Column("whole_day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False, comment="the event as it was sent"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("whole_day IN (0, 1)", name=op.f("ck_legality_events_whole_day")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name="fk_legality_events_cooperative_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_legality_events"),
        sa.UniqueConstraint("source", "event_id", "digest", name="uq_legality_events_source_event_id_digest"),
    )
    op.create_index(
        "ix_legality_events_cooperative_id", "legality_events", ["cooperative_id", "effective_at"]
    )
    op.create_index("ix_legality_events_number", "legality_events", ["number"])
    op.create_index("ix_legality_events_reference", "legality_events", ["reference"])
    op.create_index("ix_legality_events_supersedes", "legality_events", ["source", "supersedes"])
    op.create_index("ix_legality_events_village_id", "legality_events", ["village_id"])


def _numbers() -> None:
    op.create_table(
        "legality_claims",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("cooperative_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperatives.id"],
            name="fk_legality_claims_cooperative_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "cooperative_id", name="pk_legality_claims"),
        comment="The number that each cooperative shows as its own, contested or not; made again from the events.",
    )
    op.create_index("ix_legality_claims_number", "legality_claims", ["kind", "number"])
    op.create_table(
        "legality_standings",
        sa.Column("cooperative_id", ID, nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("stage_since", INSTANT, nullable=True),
        sa.Column("stage_since_on", DAY, nullable=True),
        sa.Column("stage_milestone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperatives.id"],
            name="fk_legality_standings_cooperative_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("cooperative_id", name="pk_legality_standings"),
        comment="What each cooperative has and since when its stage holds; made again from the events.",
    )
    op.create_table(
        "legality_resolutions",
        sa.Column("id", ID, nullable=False),
        sa.Column("conflict_id", ID, nullable=False),
        sa.Column("holder", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["holder"], ["cooperatives.id"], name="fk_legality_resolutions_holder"),
        sa.PrimaryKeyConstraint("id", name="pk_legality_resolutions"),
    )
    op.create_index("ix_legality_resolutions_conflict_id", "legality_resolutions", ["conflict_id"])


def _webhooks() -> None:
    op.create_table(
        "webhook_secrets",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column(
            "until",
            INSTANT,
            nullable=True,
            comment="from when it no longer counts; null while it is the newest",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_secrets"),
    )
    op.create_index("ix_webhook_secrets_source", "webhook_secrets", ["source"])


def _moved(days: int) -> str:
    """The end of the time an answer is kept, from its begin, or back."""
    if op.get_bind().dialect.name == "postgresql":
        return f"until + interval '{days} days'"
    # The fraction stands as text: SQLite's own has three digits.
    return f"strftime('%Y-%m-%dT%H:%M:%S', until, '{days} days') || substr(until, 20)"


def _keep_until() -> None:
    op.drop_index("ix_kept_answers_at", "kept_answers")
    op.execute("ALTER TABLE kept_answers RENAME COLUMN at TO until")
    op.execute(f"UPDATE kept_answers SET until = {_moved(7)}")  # noqa: S608  # our own words
    op.create_index("ix_kept_answers_until", "kept_answers", ["until"])


def _keep_since() -> None:
    op.drop_index("ix_kept_answers_until", "kept_answers")
    op.execute(f"UPDATE kept_answers SET until = {_moved(-7)}")  # noqa: S608  # our own words
    op.execute("ALTER TABLE kept_answers RENAME COLUMN until TO at")
    op.create_index("ix_kept_answers_at", "kept_answers", ["at"])
