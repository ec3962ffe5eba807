"""An enrolment is one place of a training; a party takes at most one, and never two parties share one."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from app.cooperatives.tables import COOPERATIVES
from app.database.register import Register
from app.database.words import Code, Id, metadata, registered
from app.groups.tables import GROUPS
from app.trainings.tables import TRAININGS
from app.ukms.tables import UKMS
from app.villages.followers import located

PARTIES: dict[str, Register] = {"ukm_id": UKMS, "group_id": GROUPS, "cooperative_id": COOPERATIVES}
"""Who may take a place, by the field that names it."""

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("training_id", Id, ForeignKey("trainings.id"), nullable=False),
    # The training's own, copied: a key to villages here would have enrolling and recoding wait for each other.
    Column("village_id", Id, nullable=False),
    Column("village_code", Code, nullable=False),
    Column("ukm_id", Id, ForeignKey("ukms.id"), nullable=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=True),
    Column("cooperative_id", Id, ForeignKey("cooperatives.id"), nullable=True),
    *registered(),
    UniqueConstraint("training_id", "ukm_id"),
    UniqueConstraint("training_id", "group_id"),
    UniqueConstraint("training_id", "cooperative_id"),
    CheckConstraint(
        "(CASE WHEN ukm_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END)"
        " + (CASE WHEN cooperative_id IS NULL THEN 0 ELSE 1 END) = 1",
        name="one_party",
    ),
    Index("ix_enrolments_training_id", "training_id", "created_at", "id"),
    Index("ix_enrolments_village_id", "village_id"),
    *(Index(f"ix_enrolments_{field}", field) for field in PARTIES),
)

ENROLMENTS = located(
    Register(
        type="enrolment",
        table=enrolments,
        fields=(
            "id",
            "training_id",
            "village_code",
            *PARTIES,
            "role",
            "attended",
            "result",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=("village_id",),
    ),
    below=TRAININGS,
)
