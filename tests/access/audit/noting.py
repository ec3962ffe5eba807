"""Audit rows for the tests, each of a reading by nobody in particular."""

from app.database import Database
from app.database.readings import Reading, record
from tests.conftest import act_of

THING = "01976747-d400-7a10-8a10-6b1f2c0d9999"


async def noted(database: Database, number: int = 1, *, reader: str = "read") -> None:
    """As many rows, one after the other."""
    for _ in range(number):
        reading = Reading(type="ukm", fields=("phone",), id=THING, version=1, village_code="64.02.04.2001")
        await record(database, act_of(reader), reading)
