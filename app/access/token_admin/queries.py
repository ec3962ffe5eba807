"""Which tokens are asked for."""

from app.access.tables import TOKENS, tokens
from app.http.filters import Equals, Words
from app.http.paging import Listing

LISTING = Listing(
    TOKENS,
    filters={
        "kind": Equals(tokens.c.kind),
        "role": Equals(tokens.c.role),
        "source": Equals(tokens.c.source),
        "q": Words(tokens.c.name_key),
    },
    sorts={"created_at": tokens.c.created_at, "name": tokens.c.name_key},
    default="-created_at",
)
