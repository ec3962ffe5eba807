"""The audit trail is chained by hash, found by whoever asks who read what, and refuses to be rewritten.

From here on no UPDATE, DELETE or TRUNCATE touches `audit` or `audit_chain`. Where one is meant (a restore into a new
cluster, `app.access.audit.sealing`), a PostgreSQL session says `SET LOCAL berdaya.audit_may_change = 'on'` first; on
SQLite, which knows no settings of a session, the triggers are dropped and made again. They keep mistakes away and make
a forgery a deliberate act; what proves it is the chain, and a head that is kept elsewhere.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = ("audit", "audit_chain")
INDEXES = {
    "feed": ["transaction_id", "position"],
    "resource": ["resource_id", "position"],
    "actor": ["actor", "position"],
    "request": ["request_id"],
}
REFUSES = """
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('berdaya.audit_may_change', true) = 'on' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit trail is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    """Make the chain, the index of what lists showed, the other indexes and the triggers."""
    op.drop_index("ix_audit_resource", "audit")
    for name, columns in INDEXES.items():
        op.create_index(f"ix_audit_{name}", "audit", columns)
    op.create_table(
        "audit_reads",
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.PrimaryKeyConstraint("resource_id", "position", name=op.f("pk_audit_reads")),
        comment="Finds the audit row of a list by each thing that the list showed; it follows from that row's `after`.",
    )
    op.create_table(
        "audit_chain",
        sa.Column("number", POSITION, autoincrement=False, nullable=False),
        sa.Column("transaction_id", POSITION, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_chain")),
        sa.UniqueConstraint("position", name=op.f("uq_audit_chain_position")),
        comment="The audit rows in the order they were sealed; each hash covers its row and the hash before it.",
    )
    op.create_index("ix_audit_chain_feed", "audit_chain", ["transaction_id", "position"])
    for statement in _protection():
        op.execute(statement)


def downgrade() -> None:
    """Drop them; refused once rows are sealed, as the chain would begin anew and prove nothing of before.

    Refused as well once reads are indexed: nothing would index them again.
    """
    for table in ("audit_chain", "audit_reads"):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():  # noqa: S608  # our own words
            raise RuntimeError(f"a downgrade would lose the chain of the audit trail: {table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuses() CASCADE")
    else:
        for table in KEPT:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
    op.drop_table("audit_chain")
    op.drop_table("audit_reads")
    for name in INDEXES:
        op.drop_index(f"ix_audit_{name}", "audit")
    op.create_index("ix_audit_resource", "audit", ["type", "resource_id", "position"])


def _protection() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
            for table in KEPT
            for verb in ("update", "delete")
        ]
    made = [REFUSES]
    for table in KEPT:
        refuses = "EXECUTE FUNCTION audit_refuses()"
        made += [
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuses}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuses}",
        ]
    return made
