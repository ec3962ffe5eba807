"""Every village of a region with its place and its IDM status of a year; one without a status is there too."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select

from app.database import Database, Statement
from app.database.words import Year
from app.index.shown import shown
from app.index.tables import idm_records
from app.reports.asking import bounds, within
from app.reports.pictures.spots import Village
from app.villages.tables import villages

_NO_YEAR = 0
"""No record is of it."""

# A village has the same code in all its years, and by year and code the index alone tells the status.
_of_year = and_(
    idm_records.c.village_code == villages.c.code,
    idm_records.c.year == bindparam("year", type_=Year),
)
_villages = Statement(
    select(
        villages.c.code,
        villages.c.name,
        villages.c.kind,
        villages.c.latitude,
        villages.c.longitude,
        shown(idm_records, "status"),
    )
    .select_from(villages.outerjoin(idm_records, _of_year))
    .where(*within(villages.c.code))
    .order_by(villages.c.code)
)


async def village_statuses(database: Database, region: str | None, year: int | None) -> Sequence[Village]:
    """The villages by code."""
    rows = await database.survey(_villages, {**bounds(region), "year": year or _NO_YEAR})
    return [Village(*row) for row in rows]
