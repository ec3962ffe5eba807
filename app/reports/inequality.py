"""How unequal the villages of a region are in IDM and IKE, and how much of it lies between its districts.

Each village counts once, as published, else as calculated; the measures are those of `disparity`.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from pydantic import Field
from sqlalchemy import bindparam, select

from app.database import Statement
from app.database.words import Year
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Output
from app.index.shown import measured, shown
from app.index.tables import idm_records
from app.reports.asking import LENGTH, Grouping, Line, answered, bounds, names_of, within
from app.reports.disparity import gini, parted, theil
from app.reports.years import YearQuery, edition_of, year_of

INDICES = ("idm", "ike")
_MEASURES = ("villages", "mean", "gini", "theil")
_PARTS = ("theil_within", "theil_between")
_COLUMNS = (
    "code",
    "name",
    "year",
    "edition",
    *(f"{index}_{name}" for index in INDICES for name in (*_MEASURES, *_PARTS)),
)


class Inequality(Output):
    """How unequal villages are in one index; all null where it is known of none."""

    villages: int = Field(description="of how many the index is known")
    mean: float | None
    gini: float | None = Field(description="0 where all are equal, towards 1 where one has all")
    theil: float | None = Field(description="Theil's T, 0 where all are equal")


class PartedInequality(Inequality):
    """How unequal all villages are, and where that lies: `theil` is the sum of the two parts."""

    theil_within: float | None = Field(description="the part within the groups")
    theil_between: float | None = Field(description="the part between the means of the groups")


class InequalityLine(Output):
    """The villages of one region."""

    code: str
    name: str | None
    idm: Inequality
    ike: Inequality


class InequalityTotal(Output):
    """All villages together."""

    idm: PartedInequality
    ike: PartedInequality


class InequalityReport(Output):
    """Gini and Theil of IDM and IKE between villages."""

    year: int | None = Field(description="null where nothing of the region is known of any year")
    edition: str | None
    region: str | None
    group_by: Grouping = Field(description="whose parts the total shows")
    items: list[InequalityLine]
    total: InequalityTotal


Figures = Mapping[str, Sequence[float]]
"""The figures of one index by region."""

_figures = Statement(
    select(idm_records.c.village_code, *(shown(idm_records, index) for index in INDICES)).where(
        idm_records.c.year == bindparam("year", type_=Year),
        *within(idm_records.c.village_code),
        measured(idm_records),
    )
)


async def inequality_report(ask: Ask, query: YearQuery) -> Answer:
    """The report."""
    query = await ask.presently(query)
    year = await year_of(ask.database, query)
    rows: Sequence[Any] = ()
    if year is not None:
        rows = await ask.database.survey(_figures, {**bounds(query.region), "year": year})
    edition = None if year is None else edition_of(year)
    # In a thread, as a nation's villages are some tenths of a second of arithmetic.
    items, total = await asyncio.to_thread(_lines, rows, LENGTH[query.group_by])
    names = await names_of(ask.database, [one["code"] for one in items])
    items = [{**one, "name": names.get(one["code"])} for one in items]
    whole = {
        "year": year,
        "edition": edition,
        "region": query.region,
        "group_by": query.group_by,
        "items": items,
        "total": total,
    }
    beside = {"year": year, "edition": edition}
    lines = (_row({**one, **beside}) for one in (*items, {**total, "code": None, "name": "TOTAL"}))
    return answered(ask, query, whole, columns=_COLUMNS, lines=lines)


def _lines(rows: Iterable[Any], length: int) -> tuple[list[Line], Line]:
    found: dict[str, dict[str, list[float]]] = {index: {} for index in INDICES}
    codes = set()
    for village_code, *figures in rows:
        code = village_code[:length]
        codes.add(code)
        for index, figure in zip(INDICES, figures, strict=True):
            if figure is not None:
                found[index].setdefault(code, []).append(figure)
    items = [
        {"code": code, "name": None, **{index: _measured(found[index].get(code, [])) for index in INDICES}}
        for code in sorted(codes)
    ]
    return items, {index: _total(found[index]) for index in INDICES}


def _measured(figures: Sequence[float]) -> dict[str, Any]:
    return {**_about(figures), "theil": theil(figures)}


def _total(groups: Figures) -> dict[str, Any]:
    parts = parted(groups.values())
    together = [figure for group in groups.values() for figure in group]
    whole = None if parts is None else parts.within + parts.between
    return {**_about(together), "theil": whole, **dict(zip(_PARTS, parts or (None, None), strict=True))}


def _about(figures: Sequence[float]) -> dict[str, Any]:
    many = len(figures)
    return {"villages": many, "mean": fsum(figures) / many if many else None, "gini": gini(figures)}


def _row(line: Line) -> Line:
    """A region as a line of a sheet; only the total is parted."""
    figures = {f"{index}_{name}": value for index in INDICES for name, value in line[index].items()}
    return {**line, **figures}
