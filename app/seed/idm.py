"""The IDM of many villages is entered year by year; a year that the register holds already is left as it is."""

from collections.abc import Mapping
from itertools import islice

from app.database import Act, Database, Transaction
from app.index import service
from app.index.schemas import IdmRecord
from app.villages import service as villages

BATCH = 100

Years = Mapping[int, IdmRecord]


async def load(database: Database, act: Act, years: Mapping[str, Years]) -> int:
    """Enter what is missing by village code, a hundred villages a transaction; gives how many years were new.

    A village that is not in the register, or that became a kelurahan, is passed over.
    """
    entered = 0
    remaining = iter(years.items())
    while batch := list(islice(remaining, BATCH)):

        async def unit(tx: Transaction, batch: list[tuple[str, Years]] = batch) -> int:
            return sum([await _enter(tx, code, of_village) for code, of_village in batch])

        entered += await database.write(act, unit)
    return entered


async def _enter(tx: Transaction, code: str, years: Years) -> int:
    village = await villages.find(tx, code)
    if village is None or village["kind"] == "kelurahan":
        return 0
    return await service.enter(tx, village, years)
