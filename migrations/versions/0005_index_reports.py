"""Each year of a district has one summary of its IDM records, filled here from what is stored.

A figure counts as published, else as calculated, in units of 1/630,000,000,000, rounded half up. The index by year
also covers all that reports count. Nothing is lost on the way down: summaries follow from the records.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

CODE = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
STATUSES = ("sangat_tertinggal", "tertinggal", "berkembang", "maju", "mandiri")
INDICES = ("iks", "ike", "ikl", "idm")
COVERED = [name for figure in (*INDICES, "status") for name in (f"published_{figure}", figure)]
UNITS = {
    "postgresql": "CAST(floor({} * CAST(630000000000 AS DOUBLE PRECISION) + 0.5) AS BIGINT)",
    "sqlite": "CAST({} * 630000000000.0 + 0.5 AS INTEGER)",
}


def upgrade() -> None:
    """Make the summaries and the covering index, and fill the summaries."""
    op.drop_index("ix_idm_records_year", "idm_records")
    op.create_index("ix_idm_records_figures", "idm_records", ["year", "village_code", *COVERED])
    op.create_table(
        "idm_summaries",
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("district_code", CODE, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("measured", "measured_desa", *STATUSES)),
        *(column for figure in INDICES for column in _columns(figure)),
        sa.PrimaryKeyConstraint("year", "district_code", name=op.f("pk_idm_summaries")),
        comment="What the records of a district add up to in a year, as villages show them; never written by hand.",
    )
    op.execute(_fill(UNITS[op.get_bind().dialect.name]))


def downgrade() -> None:
    """Drop both."""
    op.drop_table("idm_summaries")
    op.drop_index("ix_idm_records_figures", "idm_records")
    op.create_index("ix_idm_records_year", "idm_records", ["year", "village_code"])


def _columns(figure: str) -> list[sa.Column[object]]:
    return [
        sa.Column(f"{figure}_villages", sa.Integer(), nullable=False),
        sa.Column(f"{figure}_units", sa.BigInteger(), nullable=False),
        sa.Column(f"{figure}_minimum", sa.Double(), nullable=True),
        sa.Column(f"{figure}_maximum", sa.Double(), nullable=True),
    ]


def _fill(units: str) -> str:
    counts = {
        "year": "year",
        "district_code": "substr(village_code, 1, 8)",
        "measured": "count(*)",
        "measured_desa": "sum(CASE WHEN substr(village_code, 10, 1) <> '1' THEN 1 ELSE 0 END)",
        **{one: f"sum(CASE WHEN {_shown('status')} = '{one}' THEN 1 ELSE 0 END)" for one in STATUSES},
    }
    for one in INDICES:
        counts[f"{one}_villages"] = f"count({_shown(one)})"
        counts[f"{one}_units"] = f"CAST(coalesce(sum({units.format(_shown(one))}), 0) AS BIGINT)"
        counts[f"{one}_minimum"] = f"min({_shown(one)})"
        counts[f"{one}_maximum"] = f"max({_shown(one)})"
    return (
        f"INSERT INTO idm_summaries ({', '.join(counts)}) "  # noqa: S608  # all of it is written above
        f"SELECT {', '.join(counts.values())} FROM idm_records "
        f"WHERE {_shown('idm')} IS NOT NULL OR {_shown('status')} IS NOT NULL "
        "GROUP BY year, substr(village_code, 1, 8)"
    )


def _shown(figure: str) -> str:
    return f"coalesce(published_{figure}, {figure})"
