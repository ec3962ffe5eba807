"""What a write left in the two ledgers, read back by tests."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from app.database import Database, Statement
from app.database.ledgers import audit, changes
from app.database.words import Position

last = Statement(
    select(
        select(func.coalesce(func.max(changes.c.position), 0)).scalar_subquery(),
        select(func.coalesce(func.max(audit.c.position), 0)).scalar_subquery(),
    )
)
_changes = Statement(
    select(
        changes.c.type,
        changes.c.resource_id,
        changes.c.operation,
        changes.c.version,
        changes.c.at,
        changes.c.village_code,
        changes.c.transaction_id,
        changes.c.data,
    )
    .where(changes.c.position > bindparam("after", type_=Position))
    .order_by(changes.c.position)
)
_audit = Statement(
    select(
        audit.c.type,
        audit.c.resource_id,
        audit.c.action,
        audit.c.version,
        audit.c.at,
        audit.c.village_code,
        audit.c.transaction_id,
        audit.c.before,
        audit.c.after,
        audit.c.actor_name,
        audit.c.role,
        audit.c.request_id,
        audit.c.address,
    )
    .where(audit.c.position > bindparam("after", type_=Position))
    .order_by(audit.c.position)
)


class Left(NamedTuple):
    """What a write left behind."""

    changes: list[dict[str, Any]]
    audit: list[dict[str, Any]]


class Ledgers:
    """Reads what was written since it was made."""

    def __init__(self, database: Database, after: Any) -> None:
        self._database = database
        self._after = after

    async def since(self) -> Left:
        """The rows since then."""
        rows = []
        for statement, after in zip((_changes, _audit), self._after, strict=True):
            names = [column.name for column in statement.construct.selected_columns]  # type: ignore[attr-defined]  # a Select
            found = await self._database.fetch(statement, {"after": after})
            rows.append([dict(zip(names, row, strict=True)) for row in found])
        return Left(*rows)


def paired(left: Left) -> list[tuple[str, int]]:
    """The operations and versions, having checked that the two ledgers tell of the same."""
    shared = ("type", "resource_id", "version", "at", "village_code")
    assert [[row[name] for name in shared] for row in left.changes] == [
        [row[name] for name in shared] for row in left.audit
    ]
    # The feed puts a change behind a younger transaction's when that had changed the same thing before.
    numbers = [
        (told["transaction_id"], audited["transaction_id"])
        for told, audited in zip(left.changes, left.audit, strict=True)
    ]
    assert all(told >= audited for told, audited in numbers)
    return [(row["operation"], row["version"]) for row in left.changes]
