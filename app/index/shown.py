"""What a village's year shows in SQL: each figure as published, else as calculated; for sums in whole units.

Law: a sum of whole units is the same in any order and on both engines, and a mean is one quotient of it.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, func, or_
from sqlalchemy.ext.compiler import compiles

UNITS_IN_ONE = 630_000_000_000
"""In these units k / 6300, the sums of scores over 175, 60 and 15, and decimals of ten places are whole."""


class units_of(ColumnElement[int]):  # noqa: N801  # reads as the SQL function it is
    """A figure from 0 to 1 in whole units, rounded half up; null stays null."""

    inherit_cache = False
    type = BigInteger()

    def __init__(self, figure: ColumnElement[Any]) -> None:
        self.figure = figure


@compiles(units_of, "postgresql")
def _on_postgresql(element: units_of, compiler: Any, **options: Any) -> str:
    figure = compiler.process(element.figure, **options)
    return f"CAST(floor({figure} * CAST({UNITS_IN_ONE} AS DOUBLE PRECISION) + 0.5) AS BIGINT)"


@compiles(units_of, "sqlite")
def _on_sqlite(element: units_of, compiler: Any, **options: Any) -> str:
    # A cast cuts off, which for what is not negative is the floor.
    return f"CAST({compiler.process(element.figure, **options)} * {UNITS_IN_ONE}.0 + 0.5 AS INTEGER)"


def shown(records: FromClause, figure: str) -> ColumnElement[Any]:
    """A figure of a record as its village shows it."""
    return func.coalesce(records.c[f"published_{figure}"], records.c[figure], type_=records.c[figure].type)


def measured(records: FromClause) -> ColumnElement[bool]:
    """Whether the village was measured that year: an IDM or a status is known."""
    return or_(shown(records, "idm").is_not(None), shown(records, "status").is_not(None))
