"""What the IDM records of a district add up to in a year, counted anew in the transaction that changes one of them.

Law: a summary is recomputed, never incremented, while its regency's year is locked, so it always equals a fresh count.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from app.database import Statement, Transaction
from app.database.register import State
from app.database.statement import one_of
from app.database.words import Code, Year
from app.index.shown import measured, shown, units_of
from app.index.tables import FIGURES, IDM_RECORDS, STATUSES, idm_records, idm_summaries
from app.villages.followers import SEQUELS

Place = tuple[int, str]
"""A year and the code of a district."""

_REGENCY = 5
_year = bindparam("year", type_=Year)


def first_of(code: ColumnElement[Any], length: int) -> ColumnElement[Any]:
    """The first characters of a code: the region around it."""
    # The numbers stand in the text: as arguments they would not be the same expression where it groups.
    return func.substr(code, literal_column("1"), literal_column(str(length)), type_=Code)


def is_desa(code: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a village code is of what the IDM measures: any but a kelurahan's."""
    return func.substr(code, literal_column("10"), literal_column("1")) != literal_column("'1'")


def counted() -> dict[str, ColumnElement[Any]]:
    """The columns of a summary as counts over records that were measured."""
    status = shown(idm_records, "status")
    columns: dict[str, ColumnElement[Any]] = {
        "measured": func.count(),
        "measured_desa": func.sum(case((is_desa(idm_records.c.village_code), 1), else_=0)),
        **{name: func.sum(case((status == name, 1), else_=0)) for name in STATUSES},
    }
    for name in FIGURES[:-1]:
        figure = shown(idm_records, name)
        columns[f"{name}_villages"] = func.count(figure)
        columns[f"{name}_units"] = cast(func.coalesce(func.sum(units_of(figure)), 0), BigInteger)
        columns[f"{name}_minimum"] = func.min(figure)
        columns[f"{name}_maximum"] = func.max(figure)
    return columns


_district = first_of(idm_records.c.village_code, 8)
_forget = Statement(
    delete(idm_summaries).where(
        idm_summaries.c.year == _year, one_of(idm_summaries.c.district_code, "districts")
    )
)
_count_anew = Statement(
    insert(idm_summaries).from_select(
        ["year", "district_code", *counted()],
        select(idm_records.c.year, _district, *counted().values())
        .where(
            idm_records.c.year == _year,
            idm_records.c.village_code >= bindparam("from", type_=Code),
            idm_records.c.village_code < bindparam("to", type_=Code),
            one_of(_district, "districts"),
            measured(idm_records),
        )
        .group_by(idm_records.c.year, _district),
    )
)


async def hold(tx: Transaction, places: Iterable[Place]) -> None:
    """Keep other writers from counting these summaries until the end of the transaction.

    One lock a year and regency, taken in order: a nation's year needs some five hundred, and no two writers can
    wait for each other's.
    """
    for year, regency in sorted({(year, district[:_REGENCY]) for year, district in places}):
        await tx.lock(f"idm-summaries/{year}/{regency}")


async def refresh(tx: Transaction, places: Iterable[Place]) -> None:
    """Count the summaries of these districts and years anew, once what changed in them is written.

    Another writer of the same district waits here for this one's COMMIT, and then counts its rows too. Costs three
    statements a regency and year, however many of its districts are named.
    """
    wanted: dict[Place, set[str]] = {}
    for year, district in places:
        wanted.setdefault((year, district[:_REGENCY]), set()).add(district)
    await hold(tx, wanted)
    for (year, _), districts in wanted.items():
        values = {"year": year, "districts": sorted(districts)}
        bounds = {"from": min(districts), "to": f"{max(districts)}:"}
        await tx.execute(_forget, values)
        await tx.execute(_count_anew, {**values, **bounds})


async def _followed(tx: Transaction, records: Sequence[State], before: State, after: State) -> None:
    if before["code"] != after["code"]:
        districts = (before["district_code"], after["district_code"])
        await refresh(tx, [(record["year"], district) for record in records for district in districts])


SEQUELS[IDM_RECORDS.type] = _followed
