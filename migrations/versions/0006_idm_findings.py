"""What an audit finds in a stored year stands in columns, so that the list of each finding is a range of an index.

Years that are there already get theirs here, by the rules that write them from now on.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.index.audit import Published
from app.index.audits.findings import Audited, findings
from app.index.editions import EDITIONS

revision = "0006"
down_revision = "0005"

FLAGS = ("status_would_change", "label_contradicts_value", "borderline", "found")
FOUND = {"inconsistent": "consistent = 0", **{name: f"{name} = 1" for name in FLAGS[:-1]}, "any": "found = 1"}
BATCH = 5_000

RECORDS = sa.table(
    "idm_records",
    *(sa.column(name) for name in ("id", "edition", "status", "points", "consistent", *FLAGS)),
    *(sa.column(f"published_{name}") for name in ("iks", "ike", "ikl", "idm", "status")),
)


def upgrade() -> None:
    """Add the columns, fill them, then index them."""
    for name in FLAGS:
        op.add_column("idm_records", sa.Column(name, sa.Integer(), nullable=True))
    for found in _found():
        op.get_bind().execute(_mark(), found)
    for word, where in FOUND.items():
        op.create_index(
            f"ix_idm_records_{word}",
            "idm_records",
            ["village_code", "id", "year"],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    """Drop what is derived; the years themselves stay."""
    for word in FOUND:
        op.drop_index(f"ix_idm_records_{word}", "idm_records")
    for name in FLAGS:
        op.drop_column("idm_records", name)


def _mark() -> sa.Update:
    marks = {name: sa.bindparam(f"new_{name}", type_=sa.Integer()) for name in FLAGS}
    return sa.update(RECORDS).where(RECORDS.c.id == sa.bindparam("record_id")).values(marks)


def _found() -> Iterator[list[dict[str, Any]]]:
    """The years with a finding, a batch of years looked at a time."""
    last = ""
    while True:
        page = sa.select(RECORDS).where(RECORDS.c.id > last).order_by(RECORDS.c.id).limit(BATCH)
        rows = op.get_bind().execute(page).mappings().all()
        marked = [{"record_id": row["id"], **_flags(row)} for row in rows]
        if found := [one for one in marked if one["new_found"]]:
            yield found
        if len(rows) < BATCH:
            return
        last = rows[-1]["id"]


def _flags(row: sa.RowMapping) -> dict[str, Any]:
    published = {name: row[f"published_{name}"] for name in ("iks", "ike", "ikl", "idm", "status")}
    found = findings(
        Audited(
            edition=EDITIONS[row["edition"]],
            published=Published(**published),
            status=row["status"],
            points=row["points"],
            consistent=None if row["consistent"] is None else bool(row["consistent"]),
        )
    )
    marks = {f"new_{name}": 1 if name in found else None for name in FLAGS}
    return {**marks, "new_found": 1 if found else None}
