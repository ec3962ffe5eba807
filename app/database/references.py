"""What refers to a thing: features say how their rows are found by what they name, and what is named stays.

Law: before a thing is removed its feature asks here, so a refusal names what must go first; the foreign key
stays the last word where two act at the same moment.
"""

from dataclasses import dataclass
from typing import Any

from app.database.face import Transaction
from app.database.statement import Statement

NAMED_AT_MOST = 10


@dataclass(frozen=True, eq=False)
class Reference:
    """Things of one type that refer to things of another; `find` binds `id` and gives their ids, each once."""

    type: str
    find: Statement


_REFERENCES: dict[str, list[Reference]] = {}


def refers(type: str, *, to: str, find: Statement) -> None:
    """Say that things of `type` refer to things of type `to`."""
    _REFERENCES.setdefault(to, []).append(Reference(type=type, find=find))


async def references(tx: Transaction, type: str, id: str) -> list[dict[str, Any]]:
    """What refers to the thing of this type and id: for each type its number and the first ids."""
    found = []
    for reference in _REFERENCES.get(type, ()):
        rows = await tx.fetch(reference.find, {"id": id})
        if rows:
            ids = [row[0] for row in rows[:NAMED_AT_MOST]]
            found.append({"type": reference.type, "count": len(rows), "ids": ids})
    return found
