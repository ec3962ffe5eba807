"""Which users are asked for."""

from app.access.tables import USERS, users
from app.http.filters import Equals, Within, Words
from app.http.paging import Listing

LISTING = Listing(
    USERS,
    filters={
        "role": Equals(users.c.role),
        "region": Within(users.c.region),
        "q": Words(users.c.name_key),
    },
    sorts={"name": users.c.name_key, "created_at": users.c.created_at},
)
