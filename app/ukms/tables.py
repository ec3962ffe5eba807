"""A UKM and its years: a year is a record of its own, and the UKM's scale follows from what its years say."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from app.database.register import Register, State
from app.database.words import Code, Count, Id, Ratio, Rupiah, Word, Year, metadata, registered
from app.http.filters import folded
from app.villages.followers import PLACE, located, place_columns

ukms = Table(
    "ukms",
    metadata,
    Column("id", Id, primary_key=True),
    *place_columns(),
    Column("name_key", Code, nullable=False),
    Column("owner_kind", Word, nullable=False),
    Column("owner_name", Word, nullable=True),
    Column("phone", Word, nullable=True),
    Column("market_reach", Word, nullable=True),
    Column("channel_words", Word, nullable=False),
    Column("capital_idr", Rupiah, nullable=True),
    Column("scale", Word, nullable=True),
    *registered(),
    CheckConstraint("owner_kind IN ('perorangan', 'kelompok')", name="owner_kind"),
    CheckConstraint("scale IN ('mikro', 'kecil', 'menengah', 'besar')", name="scale"),
    CheckConstraint("capital_idr >= 0", name="capital_idr"),
    Index("ix_ukms_village_id", "village_id"),
    Index("ix_ukms_village_code", "village_code", "id"),
    Index("ix_ukms_name_key", "name_key", "id"),
    Index("ix_ukms_updated_at", "updated_at", "id"),
)


def _derived(state: State) -> State:
    return {"name_key": folded(state["name"]), "channel_words": f" {' '.join(state['channels'])} "}


UKMS = located(
    Register(
        type="ukm",
        table=ukms,
        fields=(
            "id",
            "name",
            *PLACE,
            "owner_kind",
            "owner_name",
            "phone",
            "members",
            "founded_on",
            "kbli",
            "nib",
            "products",
            "certificates",
            "market_reach",
            "channels",
            "capital_idr",
            "scale",
            "scale_basis",
            "version",
            "created_at",
            "updated_at",
        ),
        personal=("owner_name", "phone"),
        beside=("village_id",),
        derive=_derived,
    )
)

ukm_years = Table(
    "ukm_years",
    metadata,
    Column("id", Code, primary_key=True, comment="<ukm_id>/<year>, as in the address"),
    Column("ukm_id", Id, ForeignKey("ukms.id"), nullable=False),
    # The UKM's own, copied: a key to villages here would have reporting and recoding wait for each other.
    Column("village_id", Id, nullable=False),
    Column("village_code", Code, nullable=False),
    Column("year", Year, nullable=False),
    Column("sales_idr", Rupiah, nullable=True),
    Column("assets_idr", Rupiah, nullable=True),
    Column("workers_male", Count, nullable=True),
    Column("workers_female", Count, nullable=True),
    Column("village_fund_support_idr", Rupiah, nullable=True),
    Column("independence", Ratio, nullable=True),
    *registered(),
    UniqueConstraint("ukm_id", "year"),
    CheckConstraint("sales_idr >= 0 AND assets_idr >= 0 AND village_fund_support_idr >= 0", name="amounts"),
    CheckConstraint("workers_male >= 0 AND workers_female >= 0", name="workers"),
    Index("ix_ukm_years_village_id", "village_id"),
)

UKM_YEARS = located(
    Register(
        type="ukm_year",
        table=ukm_years,
        fields=(
            "ukm_id",
            "year",
            "village_code",
            "sales_idr",
            "assets_idr",
            "workers_male",
            "workers_female",
            "village_fund_support_idr",
            "independence",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=("id", "village_id"),
    ),
    below=UKMS,
)
