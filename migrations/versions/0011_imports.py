"""A file that is imported is a job that any worker may take up, and what each of its rows wrote is on record."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
CODE = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
STATUSES = (
    "'queued', 'running', 'undoing', 'planned', 'committed', 'unchanged', 'refused', 'failed', 'undone'"
)


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "import_jobs",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("partial", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("reach", CODE, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False, comment="for whom it acts, as JSON"),
        sa.Column("plan", ID, nullable=True, comment="the plan that it carries out"),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the file"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "file",
            sa.LargeBinary(),
            nullable=True,
            comment="gone after 30 days, or when somebody in it is erased",
        ),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of_rows", sa.Integer(), nullable=True),
        sa.Column("rows_create", sa.Integer(), nullable=False),
        sa.Column("rows_update", sa.Integer(), nullable=False),
        sa.Column("rows_unchanged", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("errors_total", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True, comment="faults, repairs and what a plan saw, as JSON"),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_jobs")),
        sa.CheckConstraint("mode IN ('plan', 'commit')", name=op.f("ck_import_jobs_mode")),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_import_jobs_status")),
        comment="Files sent to be planned or written.",
    )
    op.create_index("ix_import_jobs_status", "import_jobs", ["status", "created_at"])
    op.create_index("ix_import_jobs_caller", "import_jobs", ["caller", "id"])
    op.create_index("ix_import_jobs_created_at", "import_jobs", ["created_at"])
    op.create_table(
        "import_writes",
        sa.Column("job_id", ID, nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="that the row gave it"),
        sa.Column(
            "before",
            sa.Text(),
            nullable=True,
            comment="what it was, to take the import back; null when new",
        ),
        sa.PrimaryKeyConstraint("job_id", "row_number", name=op.f("pk_import_writes")),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["import_jobs.id"],
            name=op.f("fk_import_writes_job_id"),
            ondelete="CASCADE",
        ),
        comment="What each row of a committed import wrote.",
    )
    op.create_index("ix_import_writes_resource", "import_writes", ["resource_id"])


def downgrade() -> None:
    """Drop both; refused while there is an import, which could no longer be taken back."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM import_jobs LIMIT 1")).first():
        raise RuntimeError("a downgrade would lose the imports, and with them how to take one back")
    op.drop_table("import_writes")
    op.drop_table("import_jobs")
