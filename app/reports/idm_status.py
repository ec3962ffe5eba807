"""How the villages of each district stand in a year: counts by status and means, and who was not measured.

Read off the summaries that each change of a record keeps up to date; means are one quotient of exact sums.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import BigInteger, ColumnElement, FromClause, bindparam, cast, func, select

from app.database import Database, Statement
from app.database.words import Year
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Output
from app.index.shown import UNITS_IN_ONE, measured
from app.index.summaries import counted, first_of, is_desa
from app.index.tables import FIGURES, STATUSES, SUMMARY, idm_records, idm_summaries
from app.reports.asking import LENGTH, Line, answered, bounds, names_of, within
from app.reports.years import YearQuery, edition_of, summarised, year_of
from app.villages.schemas import IdmStatus
from app.villages.tables import villages

INDICES = ("idm", "iks", "ike", "ikl")
_MEANS = ("mean", "minimum", "maximum")
_COLUMNS = (
    "code",
    "name",
    "year",
    "edition",
    "desa",
    "measured",
    "without_idm",
    *STATUSES,
    "status_unknown",
    *(f"{index}_{name}" for index in INDICES for name in _MEANS),
)


class Figure(Output):
    """One index over the villages of a region."""

    villages: int = Field(description="of how many it is known")
    mean: float | None = Field(description="each village counts once, however large")
    minimum: float | None
    maximum: float | None


class IndexFigures(Output):
    """The IDM and its three parts."""

    idm: Figure
    iks: Figure
    ike: Figure
    ikl: Figure


class StatusLine(Output):
    """The villages of one region in one year."""

    code: str | None = Field(description="of the district or regency; null for the total")
    name: str | None
    desa: int = Field(description="desa and desa adat in the register now; a kelurahan has no IDM")
    measured: int = Field(description="of how many an IDM or a status of that year is known")
    without_idm: int = Field(description="those of `desa` that were not measured")
    statuses: dict[IdmStatus, int]
    status_unknown: int = Field(description="measured, but without a status")
    figures: IndexFigures


class StatusReport(Output):
    """Counts by status and means by region, and their total."""

    year: int | None = Field(description="null where nothing of the region is known of any year")
    edition: str | None = Field(
        description="by which villages were measured that year; null where none was in force"
    )
    region: str | None
    group_by: str
    items: list[StatusLine]
    total: StatusLine


class StatusCounts(NamedTuple):
    """The data of the report: a line a region, and the line of all."""

    year: int | None
    edition: str | None
    items: list[Line]
    total: Line


_SUMMED = ("measured", "measured_desa", *STATUSES)


def _again(summaries: FromClause) -> dict[str, ColumnElement[Any]]:
    """The columns of a summary as those of many together."""
    columns: dict[str, ColumnElement[Any]] = {
        name: cast(func.sum(summaries.c[name]), BigInteger)
        for name in (*_SUMMED, *(f"{one}_{what}" for one in FIGURES[:-1] for what in ("villages", "units")))
    }
    for name in FIGURES[:-1]:
        columns[f"{name}_minimum"] = func.min(summaries.c[f"{name}_minimum"])
        columns[f"{name}_maximum"] = func.max(summaries.c[f"{name}_maximum"])
    return columns


_KEPT = _again(idm_summaries)
_PARTS: Mapping[str, tuple[str, ...]] = {
    index: tuple(f"{index}_{name}" for name in SUMMARY) for index in INDICES
}
_HOW: Mapping[str, Callable[[Iterable[Any]], Any]] = {
    **dict.fromkeys(_KEPT, sum),
    **{minimum: partial(min, default=None) for _, _, minimum, _ in _PARTS.values()},
    **{maximum: partial(max, default=None) for _, _, _, maximum in _PARTS.values()},
}
"""How the columns of many summaries become those of one."""
_NOTHING: Mapping[str, Any] = {name: how(()) for name, how in _HOW.items()}
_YEAR = bindparam("year", type_=Year)


def _of_district() -> Statement:
    """The summaries themselves: nothing to add up."""
    columns = (idm_summaries.c[name] for name in _KEPT)
    return Statement(
        select(idm_summaries.c.district_code, *columns).where(
            idm_summaries.c.year == _YEAR, *within(idm_summaries.c.district_code)
        )
    )


def _of_regency() -> Statement:
    region = first_of(idm_summaries.c.district_code, LENGTH["regency"])
    return Statement(
        select(region, *_KEPT.values())
        .where(idm_summaries.c.year == _YEAR, *within(idm_summaries.c.district_code))
        .group_by(region)
    )


def _of_village(length: int) -> Statement:
    fresh, region = counted(), first_of(idm_records.c.village_code, length)
    return Statement(
        select(region, *(fresh[name] for name in _KEPT))
        .where(idm_records.c.year == _YEAR, *within(idm_records.c.village_code), measured(idm_records))
        .group_by(region)
    )


_COUNTS: Mapping[tuple[str, bool], Statement] = {
    ("district", True): _of_district(),
    ("regency", True): _of_regency(),
    **{(level, False): _of_village(length) for level, length in LENGTH.items()},
}
"""By level, and by whether summaries tell of the region."""
_DESA: Mapping[str, Statement] = {
    level: Statement(
        select(first_of(villages.c.code, length), func.count())
        .where(*within(villages.c.code), is_desa(villages.c.code))
        .group_by(first_of(villages.c.code, length))
    )
    for level, length in LENGTH.items()
}


async def status_counts(database: Database, query: YearQuery) -> StatusCounts:
    """Counts and means of the villages by region, without regard to the form of an answer."""
    year, reach = await year_of(database, query), bounds(query.region)
    desa = {row[0]: row[1] for row in await database.survey(_DESA[query.group_by], reach)}
    rows: Sequence[Any] = ()
    if year is not None:
        counts = _COUNTS[query.group_by, summarised(query.region)]
        rows = await database.survey(counts, {**reach, "year": year})
    names = await names_of(database, [*desa, *(row[0] for row in rows)])
    # In a thread, as the lines of a nation's districts are some tens of milliseconds of arithmetic.
    items, total = await asyncio.to_thread(_lines, desa, rows, names)
    return StatusCounts(year, None if year is None else edition_of(year), items, total)


def _lines(desa: Mapping[str, int], rows: Iterable[Any], names: Mapping[str, str]) -> tuple[list[Line], Line]:
    known = {row[0]: dict(zip(_KEPT, row[1:], strict=True)) for row in rows}
    items = [
        _line(code, names.get(code), desa.get(code, 0), known.get(code, _NOTHING))
        for code in sorted({*desa, *known})
    ]
    return items, _line(None, None, sum(desa.values()), _together(known.values()))


def _together(counts: Collection[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Many summaries as one."""
    return {name: how(one[name] for one in counts if one[name] is not None) for name, how in _HOW.items()}


def _line(code: str | None, name: str | None, desa: int, counts: Mapping[str, Any]) -> Line:
    statuses = {status: counts[status] for status in STATUSES}
    return {
        "code": code,
        "name": name,
        "desa": desa,
        "measured": counts["measured"],
        "without_idm": desa - counts["measured_desa"],
        "statuses": statuses,
        "status_unknown": counts["measured"] - sum(statuses.values()),
        "figures": {index: _figure(counts, *parts) for index, parts in _PARTS.items()},
    }


def _figure(counts: Mapping[str, Any], villages: str, units: str, minimum: str, maximum: str) -> Line:
    many = counts[villages]
    return {
        "villages": many,
        "mean": mean(counts[units], many),
        "minimum": counts[minimum],
        "maximum": counts[maximum],
    }


def mean(units: int, many: int) -> float | None:
    """The mean of so many figures that add up to so many units: one quotient, correctly rounded."""
    return units / (many * UNITS_IN_ONE) if many else None


async def status_report(ask: Ask, query: YearQuery) -> Answer:
    """The report."""
    query = await ask.presently(query)
    told = await status_counts(ask.database, query)
    whole = {
        "year": told.year,
        "edition": told.edition,
        "region": query.region,
        "group_by": query.group_by,
        "items": told.items,
        "total": told.total,
    }
    beside = {"year": told.year, "edition": told.edition}
    lines = (_row(one, beside) for one in (*told.items, told.total))
    return answered(ask, query, whole, columns=_COLUMNS, lines=lines)


def _row(line: Line, beside: Line) -> Line:
    """A region as a line of a sheet; the line of the total bears no code."""
    figures = {f"{index}_{name}": line["figures"][index][name] for index in INDICES for name in _MEANS}
    name = "TOTAL" if line["code"] is None else line["name"]
    return {**line, **beside, **line["statuses"], **figures, "name": name}
