"""A village has an identity that never changes; its code is an attribute, and a code it gave up still leads to it."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    func,
    literal_column,
)

from app.database.register import Register
from app.database.words import Code, Count, Day, Id, Ratio, Word, Year, metadata, registered
from app.http.filters import folded

villages = Table(
    "villages",
    metadata,
    Column("village_id", Id, primary_key=True),
    Column("code", Code, nullable=False),
    Column("name", Word, nullable=False),
    Column("name_key", Code, nullable=False),
    Column("kind", Word, nullable=False),
    Column("latitude", Ratio, nullable=True),
    Column("longitude", Ratio, nullable=True),
    Column("population", Count, nullable=True),
    Column("households", Count, nullable=True),
    Column("idm_year", Year, nullable=True),
    Column("idm_score", Ratio, nullable=True),
    Column("idm_status", Word, nullable=True),
    *registered(),
    UniqueConstraint("code"),
    CheckConstraint("kind IN ('desa', 'kelurahan', 'desa_adat')", name="kind"),
    CheckConstraint("population >= 0 AND households >= 0", name="counts"),
    Index("ix_villages_name_key", "name_key", "code"),
    Index("ix_villages_updated_at", "updated_at", "code"),
    Index("ix_villages_idm_status", "idm_status", "code"),
)

# The figure stands in the text: an expression with an argument in its place would not be that of the index.
idm_rank = func.coalesce(villages.c.idm_score, literal_column("-1.0"), type_=Ratio)
"""The IDM for sorting: a village without one comes before all others."""
Index("ix_villages_idm_score", idm_rank, villages.c.code)

former_codes = Table(
    "former_codes",
    metadata,
    Column("code", Code, nullable=False),
    Column("village_id", Id, ForeignKey("villages.village_id", ondelete="CASCADE"), nullable=False),
    Column("ended_on", Day, nullable=False),
    Column("legal_basis", Word, nullable=False),
    PrimaryKeyConstraint("code", "village_id"),
    Index("ix_former_codes_village_id", "village_id"),
)

FIELDS = (
    "code",
    "name",
    "kind",
    "district_code",
    "district_name",
    "regency_code",
    "regency_name",
    "latitude",
    "longitude",
    "population",
    "households",
    "former_codes",
    "idm_year",
    "idm_score",
    "idm_status",
    "version",
    "created_at",
    "updated_at",
)

VILLAGES = Register(
    type="village",
    table=villages,
    key="code",
    identity="village_id",
    fields=FIELDS,
    beside=("village_id",),
    derive=lambda state: {"name_key": folded(state["name"])},
    village_code="code",
)
