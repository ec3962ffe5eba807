"""A training is dated by its year at least; it counts the places taken, which never exceed its quota."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from app.database.register import Register
from app.database.words import Code, Count, Day, Id, Word, Year, metadata, registered
from app.http.filters import folded
from app.villages.followers import PLACE, located, place_columns

trainings = Table(
    "trainings",
    metadata,
    Column("id", Id, primary_key=True),
    *place_columns(),
    Column("title_key", Code, nullable=False),
    Column("focus", Word, nullable=False),
    Column("year", Year, nullable=False),
    Column("starts_on", Day, nullable=True),
    Column("ends_on", Day, nullable=True),
    Column("status", Word, nullable=False),
    Column("quota", Count, nullable=True),
    Column("participants_male", Count, nullable=True),
    Column("participants_female", Count, nullable=True),
    Column("enrolled", Count, nullable=False),
    *registered(),
    CheckConstraint("focus IN ('kewirausahaan', 'penanggulangan_kemiskinan', 'lainnya')", name="focus"),
    CheckConstraint("status IN ('rencana', 'berjalan', 'selesai', 'dibatalkan')", name="status"),
    CheckConstraint("ends_on >= starts_on", name="days"),
    CheckConstraint("participants_male >= 0 AND participants_female >= 0", name="counts"),
    CheckConstraint("quota >= 1 AND enrolled <= quota", name="places"),
    CheckConstraint("enrolled >= 0", name="enrolled"),
    Index("ix_trainings_year", "year", "id"),
    Index("ix_trainings_title_key", "title_key", "id"),
    Index("ix_trainings_village_id", "village_id"),
    Index("ix_trainings_village_code", "village_code", "id"),
    Index("ix_trainings_updated_at", "updated_at", "id"),
)

TRAININGS = located(
    Register(
        type="training",
        table=trainings,
        fields=(
            "id",
            "title",
            "focus",
            "topic",
            *PLACE,
            "venue",
            "year",
            "starts_on",
            "ends_on",
            "status",
            "organiser",
            "funds",
            "quota",
            "participants_male",
            "participants_female",
            "outcome",
            "enrolled",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=("village_id",),
        derive=lambda state: {"title_key": folded(state["title"])},
    )
)
