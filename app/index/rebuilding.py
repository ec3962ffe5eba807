"""The summaries of the index are counted again from the records alone; 0 differed proves them equal.

Law: each regency's year is one transaction of its own, so this runs beside a server that writes.
"""

from functools import partial
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import bindparam, select, union

from app.database import Act, Database, Statement, Transaction
from app.database.statement import one_of
from app.database.words import Year
from app.index.summaries import Place, first_of, hold, refresh
from app.index.tables import idm_records, idm_summaries

_every_place = Statement(
    union(
        select(idm_summaries.c.year, idm_summaries.c.district_code),
        select(idm_records.c.year, first_of(idm_records.c.village_code, 8)),
    )
)
_kept = Statement(
    select(*idm_summaries.c)
    .where(
        idm_summaries.c.year == bindparam("year", type_=Year),
        one_of(idm_summaries.c.district_code, "districts"),
    )
    .order_by(idm_summaries.c.district_code)
)


class Rebuilt(NamedTuple):
    """How many summaries were counted again, and how many of them had said something else."""

    summaries: int
    differed: int


async def rebuild(database: Database, act: Act) -> Rebuilt:
    """Count every summary again, and drop those that nothing is behind."""
    places = sorted((row[0], row[1]) for row in await database.survey(_every_place, {}))
    differed = 0
    for _, batch in groupby(places, key=lambda place: (place[0], place[1][:5])):
        differed += await database.write(act, partial(_batch, places=list(batch)))
    return Rebuilt(len(places), differed)


async def _batch(tx: Transaction, *, places: list[Place]) -> int:
    """How many summaries of one regency's year differed."""
    values = {"year": places[0][0], "districts": [district for _, district in places]}
    await hold(tx, places)
    before = await tx.fetch(_kept, values)
    await refresh(tx, places)
    after = await tx.fetch(_kept, values)
    told = [{row[1]: tuple(row) for row in rows} for rows in (before, after)]
    return sum(told[0].get(district) != told[1].get(district) for _, district in places)
