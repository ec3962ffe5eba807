"""The IDM of many villages is entered year by year; a year that the register holds already is left as it is."""

from collections.abc import Mapping

from app.database import Act, Database
from app.index.bulk import VillageYear, publish_many
from app.index.schemas import IdmRecord

Years = Mapping[int, IdmRecord]


async def load(database: Database, act: Act, years: Mapping[str, Years]) -> int:
    """Enter what is missing by village code; gives how many years were new.

    A village that is not in the register, or that became a kelurahan, is passed over.
    """
    told = (
        VillageYear(code, year, record)
        for code, of_village in years.items()
        for year, record in of_village.items()
    )
    return (await publish_many(database, act, told, replace=False)).created
