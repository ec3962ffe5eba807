"""Which groups are asked for."""

from app.groups.tables import GROUPS, groups
from app.http.filters import Equals, Since, Within, Words
from app.http.paging import Listing

LISTING = Listing(
    GROUPS,
    filters={
        "region": Within(groups.c.village_code),
        "kind": Equals(groups.c.kind),
        "q": Words(groups.c.name_key),
        "updated_since": Since(groups.c.updated_at),
    },
    sorts={
        "name": groups.c.name_key,
        "village_code": groups.c.village_code,
        "updated_at": groups.c.updated_at,
    },
)
