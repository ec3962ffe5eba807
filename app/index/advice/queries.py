"""How many villages of a region stand above an IDM: one walk over the records of a year, no wider than a province."""

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from app.database import Statement
from app.database.words import Code, Ratio, Year
from app.index.tables import idm_records

LEVELS = {"district": 8, "regency": 5, "province": 2}
"""The regions in which a village has a rank, and the characters of their codes."""

_records = idm_records.c
_figure = func.coalesce(_records.idm, _records.published_idm, type_=Ratio)


def _inside(level: str) -> ColumnElement[bool]:
    lower, upper = (bindparam(f"{level}_{side}", type_=Code) for side in ("from", "to"))
    return and_(_records.village_code >= lower, _records.village_code < upper)


def _counts(level: str) -> tuple[ColumnElement[int], ...]:
    inside = _inside(level)
    sides = (_figure > bindparam(side, type_=Ratio) for side in ("before", "after"))
    return (func.count().filter(inside), *(func.count().filter(inside, above) for above in sides))


others = Statement(
    select(*(count for level in LEVELS for count in _counts(level))).where(
        _records.year == bindparam("year", type_=Year),
        _inside("province"),
        _records.village_code != bindparam("village_code", type_=Code),
        _figure.is_not(None),
    )
)
"""By level: how many other villages have an index of the year, and how many of them a higher one than before and after.

A village's index is that of its rows; the published one where its rows are not known. The figures stand in the index
of the table, so that no row is read. One year is one edition: no other's scores come in.
"""


def around(village_code: str) -> dict[str, str]:
    """The bounds of the regions around a village, as `others` binds them."""
    bounds: dict[str, str] = {}
    for level, length in LEVELS.items():
        region = village_code[:length]
        bounds |= {f"{level}_from": region, f"{level}_to": f"{region}/"}
    return bounds
