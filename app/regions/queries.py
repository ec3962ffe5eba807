"""Which regions are asked for."""

from sqlalchemy import select

from app.database import Statement
from app.database.statement import one_of
from app.http.filters import Equals, Within, Words
from app.http.paging import Listing
from app.regions.tables import REGIONS, regions

LISTING = Listing(
    REGIONS,
    filters={
        "level": Equals(regions.c.level),
        "parent": Equals(regions.c.parent),
        "region": Within(regions.c.code),
        "q": Words(regions.c.name_key),
    },
    sorts={"code": regions.c.code, "name": regions.c.name_key},
)

named = Statement(select(regions.c.code, regions.c.name).where(one_of(regions.c.code, "codes")))
"""The names of some regions, by their codes."""
