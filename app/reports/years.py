"""What the reports of the index ask of time: one year, or two of one edition, which alone can be compared."""

from collections.abc import Mapping

from pydantic import Field
from sqlalchemy import select

from app.database import Database, Statement
from app.http.fields import QueryYear
from app.http.problems import Fault, Invalid
from app.index.editions import EDITIONS
from app.index.shown import measured
from app.index.tables import idm_records, idm_summaries
from app.reports.asking import Grouping, ReportQuery, bounds, within

_DISTRICT = 8


class YearQuery(ReportQuery):
    """Which villages, and in which year."""

    year: QueryYear | None = Field(
        default=None, description="the latest that anything of the region is known of, unless said"
    )
    group_by: Grouping = "district"


class PeriodQuery(ReportQuery):
    """Which villages, from which year to which; `from` is before `to`, and both are of one edition."""

    first: QueryYear = Field(alias="from", examples=["2023"])
    last: QueryYear = Field(alias="to", examples=["2024"])

    @property
    def period(self) -> tuple[int, int]:
        """The two years; raises `Invalid` where they cannot be compared."""
        first, last = int(self.first), int(self.last)
        faults = []
        if first >= last:
            faults.append(Fault("/query/to", "report.years_order"))
        if edition_of(first) is None or edition_of(first) != edition_of(last):
            faults.append(Fault("/query/to", "report.editions_differ"))
        if faults:
            raise Invalid(faults)
        return first, last


def edition_of(year: int) -> str | None:
    """The edition of the IDM by which villages were measured in a year; None where none was in force."""
    editions = (edition for edition in EDITIONS.values() if edition.index == "idm")
    return next((edition.id for edition in editions if edition.applies_to(year)), None)


def summarised(region: str | None) -> bool:
    """Whether summaries tell of this region; they do not tell of a village alone."""
    return region is None or len(region) <= _DISTRICT


_latest: Mapping[bool, Statement] = {
    True: Statement(
        select(idm_summaries.c.year)
        .where(*within(idm_summaries.c.district_code))
        .order_by(idm_summaries.c.year.desc())
        .limit(1)
    ),
    False: Statement(
        select(idm_records.c.year)
        .where(*within(idm_records.c.village_code), measured(idm_records))
        .order_by(idm_records.c.year.desc())
        .limit(1)
    ),
}


async def year_of(database: Database, query: YearQuery) -> int | None:
    """The year asked for, else the latest in which anything of the region was measured."""
    if query.year is not None:
        return int(query.year)
    row = await database.row(_latest[summarised(query.region)], bounds(query.region))
    return None if row is None else int(row[0])
