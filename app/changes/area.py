"""Where the things are that somebody follows: everywhere, in a region, or in one village under any code it had.

Law: whoever follows an area is told of every change of a thing that was in it before or is in it after, so a copy
learns both what enters and what leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_

from app.database import Database, Transaction
from app.database.statement import one_of
from app.http.ask import VILLAGE_CODE_LENGTH
from app.villages.service import find

Form = Literal["everywhere", "region", "village"]


@dataclass(frozen=True, slots=True)
class Area:
    """An area: its form decides the text of a statement, its values are bound."""

    form: Form
    values: dict[str, Any]


EVERYWHERE = Area("everywhere", {})


async def area_of(source: Database | Transaction, region: str | None) -> Area:
    """The area of a region's code.

    A village is followed under the code it has and those it gave up, as what happened under these may not have been
    read yet. Should another village bear one of them now, its changes are told too.
    """
    if region is None:
        return EVERYWHERE
    if len(region) < VILLAGE_CODE_LENGTH:
        return Area("region", {"from": region, "to": f"{region}/"})
    village = await find(source, region)
    codes = [region] if village is None else [village["code"], *village["former_codes"]]
    return Area("village", {"codes": codes})


def beside_the_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A code or word that is only compared: an expression, so that no engine looks for it in an index of its own.

    The rows of a window are few and in order; an index over all rows of a kind or a region is neither.
    """
    return func.coalesce(column, literal_column("''"), type_=column.type)


def within(form: Form, columns: Sequence[ColumnElement[Any]]) -> list[ColumnElement[bool]]:
    """The conditions under which one of these columns has a code of the area."""
    if form == "everywhere":
        return []
    columns = [beside_the_index(column) for column in columns]
    if form == "village":
        return [or_(*(one_of(column, "codes") for column in columns))]
    # As of any list's region: from its own code to just before its next sibling.
    return [
        or_(
            *(
                and_(
                    column >= bindparam("from", type_=column.type),
                    column < bindparam("to", type_=column.type),
                )
                for column in columns
            )
        )
    ]
