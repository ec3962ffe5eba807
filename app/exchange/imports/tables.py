"""An import is a job: its file, who sent it, how far it is, what it found, and each thing that it wrote.

Law: how a job ends is written in the transaction of its effect, by the worker that holds its lease.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table

from app.database.words import Code, Count, Document, Id, Instant, Word, metadata

STATUSES = (
    "queued",
    "running",
    "undoing",
    "planned",
    "committed",
    "unchanged",
    "refused",
    "failed",
    "undone",
)
WAITING = ("queued", "running", "undoing")
"""What a worker takes up."""
COUNTS = ("create", "update", "unchanged", "refused")

import_jobs = Table(
    "import_jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Word, nullable=False),
    Column("mode", Word, nullable=False),
    Column("partial", Count, nullable=False),
    Column("status", Word, nullable=False),
    Column("caller", Word, nullable=False),
    Column("reach", Code, nullable=False),
    Column("sender", Document, nullable=False, comment="for whom it acts, as JSON"),
    Column("plan", Id, nullable=True, comment="the plan that it carries out"),
    Column("media", Word, nullable=False),
    Column("digest", Word, nullable=False, comment="SHA-256 of the file"),
    Column("size", Count, nullable=False),
    Column(
        "file", LargeBinary, nullable=True, comment="gone after 30 days, or when somebody in it is erased"
    ),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant, nullable=True),
    Column("done", Count, nullable=False),
    Column("of_rows", Count, nullable=True),
    *(Column(f"rows_{name}", Count, nullable=False) for name in COUNTS),
    Column("errors_total", Count, nullable=False),
    Column("report", Document, nullable=True, comment="faults, repairs and what a plan saw, as JSON"),
    Column("leased_by", Word, nullable=True),
    Column("leased_until", Instant, nullable=True),
    Column("attempts", Count, nullable=False),
    CheckConstraint("mode IN ('plan', 'commit')", name="mode"),
    CheckConstraint("status IN ({})".format(", ".join(f"'{one}'" for one in STATUSES)), name="status"),
    Index("ix_import_jobs_status", "status", "created_at"),
    Index("ix_import_jobs_caller", "caller", "id"),
    Index("ix_import_jobs_created_at", "created_at"),
    comment="Files sent to be planned or written.",
)

import_writes = Table(
    "import_writes",
    metadata,
    Column("job_id", Id, ForeignKey("import_jobs.id", ondelete="CASCADE"), nullable=False),
    Column("row_number", Count, nullable=False),
    Column("type", Word, nullable=False),
    Column("resource_id", Word, nullable=False),
    Column("operation", Word, nullable=False),
    Column("version", Count, nullable=False, comment="that the row gave it"),
    Column("before", Document, nullable=True, comment="what it was, to take the import back; null when new"),
    PrimaryKeyConstraint("job_id", "row_number"),
    Index("ix_import_writes_resource", "resource_id"),
    comment="What each row of a committed import wrote.",
)
