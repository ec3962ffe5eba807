"""The register: every table there is at first, and with it the invariants that the database keeps by itself.

Codes are unique now, folded cooperative names are unique, a training has no more enrolments than places, each row
has a version and the text it shows, and whatever is in a village refers to one that exists.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
CODE = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
DAY = sa.Text().with_variant(postgresql.DATE(), "postgresql")

TABLES = (
    "changes",
    "audit",
    "kept_answers",
    "tokens",
    "regions",
    "villages",
    "former_codes",
    "cooperatives",
    "cooperative_members",
    "ukms",
    "ukm_years",
    "groups",
    "trainings",
    "enrolments",
    "follow_ups",
    "idm_records",
)


def upgrade() -> None:
    """Make every table."""
    _ledgers()
    _tokens()
    _places()
    _cooperatives()
    _ukms()
    _trainings()
    _index()


def downgrade() -> None:
    """Drop every table; refused while the register holds anything, since that would lose it."""
    for table in TABLES:
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():  # noqa: S608  # our own words
            raise RuntimeError(
                "a downgrade below 0001 would lose the whole register; take a backup and drop it by hand"
            )
    for table in reversed(TABLES):
        op.drop_table(table)


def _ledgers() -> None:
    op.create_table(
        "changes",
        sa.Column("position", POSITION, autoincrement=True, nullable=False),
        sa.Column("transaction_id", POSITION, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("village_code", CODE, nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("position", name="pk_changes"),
        comment="One row for each version of each resource; `data` is its representation then, null once deleted.",
    )
    op.create_index("ix_changes_feed", "changes", ["transaction_id", "position"])
    op.create_index("ix_changes_resource", "changes", ["type", "resource_id", "position"])
    op.create_table(
        "audit",
        sa.Column("position", POSITION, autoincrement=True, nullable=False),
        sa.Column("transaction_id", POSITION, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("village_code", CODE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("position", name="pk_audit"),
        comment="Who did what, when, from where; before and after hold only the fields that differ.",
    )
    op.create_index("ix_audit_resource", "audit", ["type", "resource_id", "position"])
    op.create_table(
        "kept_answers",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("caller", "route", "key", name="pk_kept_answers"),
        comment="The answer first given to an Idempotency-Key, replayed to whoever sends the same request again.",
    )
    op.create_index("ix_kept_answers_at", "kept_answers", ["at"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "role IN ('viewer', 'operator', 'officer', 'integrator', 'admin')", name=op.f("ck_tokens_role")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
    )


def _places() -> None:
    op.create_table(
        "regions",
        sa.Column("code", CODE, nullable=False),
        sa.Column("parent", CODE, nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("level IN ('province', 'regency', 'district')", name=op.f("ck_regions_level")),
        sa.PrimaryKeyConstraint("code", name="pk_regions"),
    )
    op.create_index("ix_regions_name_key", "regions", ["name_key", "code"])
    op.create_index("ix_regions_parent", "regions", ["parent", "code"])
    op.create_table(
        "villages",
        sa.Column("village_id", ID, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("idm_year", sa.SmallInteger(), nullable=True),
        sa.Column("idm_score", sa.Double(), nullable=True),
        sa.Column("idm_status", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('desa', 'kelurahan', 'desa_adat')", name=op.f("ck_villages_kind")),
        sa.CheckConstraint("population >= 0 AND households >= 0", name=op.f("ck_villages_counts")),
        sa.PrimaryKeyConstraint("village_id", name="pk_villages"),
        sa.UniqueConstraint("code", name="uq_villages_code"),
    )
    op.create_index("ix_villages_idm_status", "villages", ["idm_status", "code"])
    op.create_index("ix_villages_name_key", "villages", ["name_key", "code"])
    op.create_index("ix_villages_updated_at", "villages", ["updated_at", "code"])
    op.create_index("ix_villages_idm_score", "villages", [sa.text("coalesce(idm_score, -1.0)"), "code"])
    op.create_table(
        "former_codes",
        sa.Column("code", CODE, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("ended_on", DAY, nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id"], ["villages.village_id"], name="fk_former_codes_village_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", "village_id", name="pk_former_codes"),
    )
    op.create_index("ix_former_codes_village_id", "former_codes", ["village_id"])


def _cooperatives() -> None:
    op.create_table(
        "cooperatives",
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("established_on", DAY, nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("members_male", sa.Integer(), nullable=True),
        sa.Column("members_female", sa.Integer(), nullable=True),
        sa.Column("legality_stage", sa.Text(), nullable=True),
        sa.Column("sk_number", sa.Text(), nullable=True),
        sa.Column("sk_on", DAY, nullable=True),
        sa.Column("nib", sa.Text(), nullable=True),
        sa.Column("npwp", sa.Text(), nullable=True),
        sa.Column("nik_koperasi", sa.Text(), nullable=True),
        sa.Column("loan_ready", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('desa_merah_putih', 'kelurahan_merah_putih', 'lainnya')",
            name=op.f("ck_cooperatives_kind"),
        ),
        sa.CheckConstraint("loan_ready IN ('true', 'false')", name=op.f("ck_cooperatives_loan_ready")),
        sa.CheckConstraint("members_male >= 0 AND members_female >= 0", name=op.f("ck_cooperatives_members")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.village_id"], name="fk_cooperatives_village_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cooperatives"),
        sa.UniqueConstraint("name_key", name="uq_cooperatives_name_key"),
    )
    op.create_index("ix_cooperatives_legality_stage", "cooperatives", ["legality_stage"])
    op.create_index("ix_cooperatives_updated_at", "cooperatives", ["updated_at", "id"])
    op.create_index("ix_cooperatives_village_code", "cooperatives", ["village_code", "id"])
    op.create_index("ix_cooperatives_village_id", "cooperatives", ["village_id"])
    op.create_index(
        "ix_cooperatives_established_on",
        "cooperatives",
        [sa.text("coalesce(established_on, '0001-01-01')"), "id"],
    )
    op.create_table(
        "cooperative_members",
        sa.Column("cooperative_id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperatives.id"],
            name="fk_cooperative_members_cooperative_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["villages.village_id"], name="fk_cooperative_members_village_id"
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "village_id", name="pk_cooperative_members"),
        comment="The other villages that form a cooperative together with the one it is seated in.",
    )
    op.create_index("ix_cooperative_members_village_id", "cooperative_members", ["village_id"])


def _ukms() -> None:
    op.create_table(
        "ukms",
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("market_reach", sa.Text(), nullable=True),
        sa.Column("channel_words", sa.Text(), nullable=False),
        sa.Column("capital_idr", sa.BigInteger(), nullable=True),
        sa.Column("scale", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("owner_kind IN ('perorangan', 'kelompok')", name=op.f("ck_ukms_owner_kind")),
        sa.CheckConstraint("scale IN ('mikro', 'kecil', 'menengah', 'besar')", name=op.f("ck_ukms_scale")),
        sa.CheckConstraint("capital_idr >= 0", name=op.f("ck_ukms_capital_idr")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.village_id"], name="fk_ukms_village_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ukms"),
    )
    op.create_index("ix_ukms_name_key", "ukms", ["name_key", "id"])
    op.create_index("ix_ukms_updated_at", "ukms", ["updated_at", "id"])
    op.create_index("ix_ukms_village_code", "ukms", ["village_code", "id"])
    op.create_index("ix_ukms_village_id", "ukms", ["village_id"])
    op.create_table(
        "ukm_years",
        sa.Column("id", CODE, nullable=False, comment="<ukm_id>/<year>, as in the address"),
        sa.Column("ukm_id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("sales_idr", sa.BigInteger(), nullable=True),
        sa.Column("assets_idr", sa.BigInteger(), nullable=True),
        sa.Column("workers_male", sa.Integer(), nullable=True),
        sa.Column("workers_female", sa.Integer(), nullable=True),
        sa.Column("village_fund_support_idr", sa.BigInteger(), nullable=True),
        sa.Column("independence", sa.Double(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "sales_idr >= 0 AND assets_idr >= 0 AND village_fund_support_idr >= 0",
            name=op.f("ck_ukm_years_amounts"),
        ),
        sa.CheckConstraint("workers_male >= 0 AND workers_female >= 0", name=op.f("ck_ukm_years_workers")),
        sa.ForeignKeyConstraint(["ukm_id"], ["ukms.id"], name="fk_ukm_years_ukm_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ukm_years"),
        sa.UniqueConstraint("ukm_id", "year", name="uq_ukm_years_ukm_id_year"),
    )
    op.create_index("ix_ukm_years_village_id", "ukm_years", ["village_id"])


def _trainings() -> None:
    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("name_key", CODE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("members_male", sa.Integer(), nullable=True),
        sa.Column("members_female", sa.Integer(), nullable=True),
        sa.Column("poor_households", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('kelompok_usaha', 'kelompok_masyarakat', 'rumah_tangga_miskin')",
            name=op.f("ck_groups_kind"),
        ),
        sa.CheckConstraint(
            "members_male >= 0 AND members_female >= 0 AND poor_households >= 0",
            name=op.f("ck_groups_counts"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["villages.village_id"], name="fk_groups_village_id"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
    )
    op.create_index("ix_groups_name_key", "groups", ["name_key", "id"])
    op.create_index("ix_groups_updated_at", "groups", ["updated_at", "id"])
    op.create_index("ix_groups_village_code", "groups", ["village_code", "id"])
    op.create_index("ix_groups_village_id", "groups", ["village_id"])
    op.create_table(
        "trainings",
        sa.Column("id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("title_key", CODE, nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", DAY, nullable=True),
        sa.Column("ends_on", DAY, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("participants_male", sa.Integer(), nullable=True),
        sa.Column("participants_female", sa.Integer(), nullable=True),
        sa.Column("enrolled", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "focus IN ('kewirausahaan', 'penanggulangan_kemiskinan', 'lainnya')",
            name=op.f("ck_trainings_focus"),
        ),
        sa.CheckConstraint(
            "status IN ('rencana', 'berjalan', 'selesai', 'dibatalkan')", name=op.f("ck_trainings_status")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_trainings_days")),
        sa.CheckConstraint("enrolled >= 0", name=op.f("ck_trainings_enrolled")),
        sa.CheckConstraint(
            "participants_male >= 0 AND participants_female >= 0", name=op.f("ck_trainings_counts")
        ),
        sa.CheckConstraint("quota >= 1 AND enrolled <= quota", name=op.f("ck_trainings_places")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.village_id"], name="fk_trainings_village_id"),
        sa.PrimaryKeyConstraint("id", name="pk_trainings"),
    )
    op.create_index("ix_trainings_title_key", "trainings", ["title_key", "id"])
    op.create_index("ix_trainings_updated_at", "trainings", ["updated_at", "id"])
    op.create_index("ix_trainings_village_code", "trainings", ["village_code", "id"])
    op.create_index("ix_trainings_village_id", "trainings", ["village_id"])
    op.create_index("ix_trainings_year", "trainings", ["year", "id"])
    op.create_table(
        "enrolments",
        sa.Column("id", ID, nullable=False),
        sa.Column("training_id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("ukm_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("cooperative_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN ukm_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN cooperative_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_enrolments_one_party"),
        ),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperatives.id"], name="fk_enrolments_cooperative_id"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_enrolments_group_id"),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name="fk_enrolments_training_id"),
        sa.ForeignKeyConstraint(["ukm_id"], ["ukms.id"], name="fk_enrolments_ukm_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
        sa.UniqueConstraint("training_id", "cooperative_id", name="uq_enrolments_training_id_cooperative_id"),
        sa.UniqueConstraint("training_id", "group_id", name="uq_enrolments_training_id_group_id"),
        sa.UniqueConstraint("training_id", "ukm_id", name="uq_enrolments_training_id_ukm_id"),
    )
    op.create_index("ix_enrolments_cooperative_id", "enrolments", ["cooperative_id"])
    op.create_index("ix_enrolments_group_id", "enrolments", ["group_id"])
    op.create_index("ix_enrolments_training_id", "enrolments", ["training_id", "created_at", "id"])
    op.create_index("ix_enrolments_ukm_id", "enrolments", ["ukm_id"])
    op.create_index("ix_enrolments_village_id", "enrolments", ["village_id"])
    op.create_table(
        "follow_ups",
        sa.Column("id", ID, nullable=False),
        sa.Column("training_id", ID, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("held_on", DAY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pendampingan', 'monitoring', 'bantuan_alat', 'pemasaran', 'lainnya')",
            name=op.f("ck_follow_ups_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('rencana', 'berjalan', 'selesai', 'dibatalkan')", name=op.f("ck_follow_ups_status")
        ),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name="fk_follow_ups_training_id"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_training_id", "follow_ups", ["training_id", "held_on", "id"])
    op.create_index("ix_follow_ups_village_id", "follow_ups", ["village_id"])


def _index() -> None:
    op.create_table(
        "idm_records",
        sa.Column("id", CODE, nullable=False),
        sa.Column("village_id", ID, nullable=False),
        sa.Column("village_code", CODE, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("iks", sa.Double(), nullable=True),
        sa.Column("ike", sa.Double(), nullable=True),
        sa.Column("ikl", sa.Double(), nullable=True),
        sa.Column("idm", sa.Double(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("published_iks", sa.Double(), nullable=True),
        sa.Column("published_ike", sa.Double(), nullable=True),
        sa.Column("published_ikl", sa.Double(), nullable=True),
        sa.Column("published_idm", sa.Double(), nullable=True),
        sa.Column("published_status", sa.Text(), nullable=True),
        sa.Column("consistent", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("(digits IS NULL) = (points IS NULL)", name=op.f("ck_idm_records_calculated")),
        sa.CheckConstraint("consistent IN (0, 1)", name=op.f("ck_idm_records_consistent")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.village_id"], name="fk_idm_records_village_id"),
        sa.PrimaryKeyConstraint("id", name="pk_idm_records"),
        sa.UniqueConstraint("village_id", "year", name="uq_idm_records_village_id_year"),
        comment="`digits`: one score each in official order; `points`: the whole points that decide the status.",
    )
    op.create_index("ix_idm_records_year", "idm_records", ["year", "village_code"])
