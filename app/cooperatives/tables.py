"""A cooperative has one seat and may be formed by several villages together; its folded name is unique.

The `legality_…` columns and the numbers beside them are what the ledger of legality events last showed.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    literal_column,
    select,
)

from app.database import Statement
from app.database.register import Register, State
from app.database.words import Code, Count, Day, Id, Word, metadata, registered
from app.http.filters import folded
from app.villages.followers import PLACE, located, place_columns, placed

cooperatives = Table(
    "cooperatives",
    metadata,
    Column("id", Id, primary_key=True),
    *place_columns(),
    Column("name_key", Code, nullable=False),
    Column("kind", Word, nullable=False),
    Column("established_on", Day, nullable=True),
    Column("phone", Word, nullable=True),
    Column("email", Word, nullable=True),
    Column("members_male", Count, nullable=True),
    Column("members_female", Count, nullable=True),
    Column("legality_stage", Word, nullable=True),
    Column("sk_number", Word, nullable=True),
    Column("sk_on", Day, nullable=True),
    Column("nib", Word, nullable=True),
    Column("npwp", Word, nullable=True),
    Column("nik_koperasi", Word, nullable=True),
    Column("loan_ready", Word, nullable=True),
    *registered(),
    UniqueConstraint("name_key"),
    CheckConstraint("kind IN ('desa_merah_putih', 'kelurahan_merah_putih', 'lainnya')", name="kind"),
    CheckConstraint("members_male >= 0 AND members_female >= 0", name="members"),
    CheckConstraint("loan_ready IN ('true', 'false')", name="loan_ready"),
    Index("ix_cooperatives_village_id", "village_id"),
    Index("ix_cooperatives_village_code", "village_code", "id"),
    Index("ix_cooperatives_updated_at", "updated_at", "id"),
    Index("ix_cooperatives_legality_stage", "legality_stage"),
)

# The day stands in the text: an expression with an argument in its place would not be that of the index.
established_rank = func.coalesce(cooperatives.c.established_on, literal_column("'0001-01-01'"), type_=Day)
"""The founding day for sorting: a cooperative without one comes before all others."""
Index("ix_cooperatives_established_on", established_rank, cooperatives.c.id)

cooperative_members = Table(
    "cooperative_members",
    metadata,
    Column("cooperative_id", Id, ForeignKey("cooperatives.id", ondelete="CASCADE"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.village_id"), nullable=False),
    PrimaryKeyConstraint("cooperative_id", "village_id"),
    Index("ix_cooperative_members_village_id", "village_id"),
    comment="The other villages that form a cooperative together with the one it is seated in.",
)

LEGALITY = (
    "legality_stage",
    "sk_number",
    "sk_on",
    "nib",
    "npwp",
    "nik_koperasi",
    "loan_ready",
    "missing",
)
"""What only the ledger of legality events may set; null means that nothing is known."""


def _derived(state: State) -> State:
    loan_ready = state.get("loan_ready")
    return {
        "name_key": folded(state["name"]),
        "loan_ready": None if loan_ready is None else str(loan_ready).lower(),
    }


def _follows(cooperative: State, before: State, after: State) -> State:
    members = [
        after["code"] if code == before["code"] else code for code in cooperative["member_village_codes"]
    ]
    seated = placed(after) if cooperative["village_id"] == after["village_id"] else {}
    return {**cooperative, **seated, "member_village_codes": members}


COOPERATIVES = Register(
    type="cooperative",
    table=cooperatives,
    fields=(
        "id",
        "name",
        *PLACE,
        "member_village_codes",
        "kind",
        "formation_method",
        "management",
        "established_on",
        "address",
        "phone",
        "email",
        "members_male",
        "members_female",
        "units",
        *LEGALITY,
        "version",
        "created_at",
        "updated_at",
    ),
    personal=("phone", "email"),
    beside=("village_id",),
    derive=_derived,
)

_here = bindparam("village_id", type_=Id)
_seated = select(cooperatives.c.id).where(cooperatives.c.village_id == _here)
_formed = select(cooperative_members.c.cooperative_id).where(cooperative_members.c.village_id == _here)

located(
    COOPERATIVES,
    # In one order, so that two villages that change at once do not wait for each other in a circle.
    in_village=Statement(
        select(*COOPERATIVES.published)
        .where(cooperatives.c.id.in_(_seated.union(_formed)))
        .order_by(cooperatives.c.id)
    ),
    follow=_follows,
)
