"""A group is counted, not listed: how many men, women and poor households, and no name of a person."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from app.database.register import Register
from app.database.words import Code, Count, Id, Word, metadata, registered
from app.http.filters import folded
from app.villages.followers import PLACE, located, place_columns

groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    *place_columns(),
    Column("name_key", Code, nullable=False),
    Column("kind", Word, nullable=False),
    Column("members_male", Count, nullable=True),
    Column("members_female", Count, nullable=True),
    Column("poor_households", Count, nullable=True),
    *registered(),
    CheckConstraint("kind IN ('kelompok_usaha', 'kelompok_masyarakat', 'rumah_tangga_miskin')", name="kind"),
    CheckConstraint("members_male >= 0 AND members_female >= 0 AND poor_households >= 0", name="counts"),
    Index("ix_groups_name_key", "name_key", "id"),
    Index("ix_groups_village_id", "village_id"),
    Index("ix_groups_village_code", "village_code", "id"),
    Index("ix_groups_updated_at", "updated_at", "id"),
)

GROUPS = located(
    Register(
        type="group",
        table=groups,
        fields=(
            "id",
            "name",
            *PLACE,
            "kind",
            "members_male",
            "members_female",
            "poor_households",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=("village_id",),
        derive=lambda state: {"name_key": folded(state["name"])},
    )
)
