"""Which regions are asked for."""

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
