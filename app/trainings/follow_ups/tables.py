"""A follow-up is one thing done, or meant to be done, on a day after a training."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from app.database.register import Register
from app.database.words import Code, Day, Id, Word, metadata, registered
from app.trainings.tables import TRAININGS
from app.villages.followers import located

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("training_id", Id, ForeignKey("trainings.id"), nullable=False),
    Column("village_id", Id, nullable=False),
    Column("village_code", Code, nullable=False),
    Column("held_on", Day, nullable=False),
    Column("kind", Word, nullable=False),
    Column("status", Word, nullable=False),
    *registered(),
    CheckConstraint(
        "kind IN ('pendampingan', 'monitoring', 'bantuan_alat', 'pemasaran', 'lainnya')", name="kind"
    ),
    CheckConstraint("status IN ('rencana', 'berjalan', 'selesai', 'dibatalkan')", name="status"),
    Index("ix_follow_ups_training_id", "training_id", "held_on", "id"),
    Index("ix_follow_ups_village_id", "village_id"),
)

FOLLOW_UPS = located(
    Register(
        type="follow_up",
        table=follow_ups,
        fields=(
            "id",
            "training_id",
            "village_code",
            "held_on",
            "kind",
            "status",
            "note",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=("village_id",),
    ),
    below=TRAININGS,
)
