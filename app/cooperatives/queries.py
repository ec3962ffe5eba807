"""Which cooperatives are asked for, and the villages that form one together."""

from sqlalchemy import bindparam, delete, insert

from app.cooperatives.tables import COOPERATIVES, cooperative_members, cooperatives, established_rank
from app.database import Statement
from app.database.words import Id
from app.http.filters import Equals, Since, Within, Words
from app.http.paging import Listing

LISTING = Listing(
    COOPERATIVES,
    filters={
        "region": Within(cooperatives.c.village_code),
        "kind": Equals(cooperatives.c.kind),
        "legality_stage": Equals(cooperatives.c.legality_stage),
        "q": Words(cooperatives.c.name_key),
        "updated_since": Since(cooperatives.c.updated_at),
    },
    sorts={
        "name": cooperatives.c.name_key,
        "village_code": cooperatives.c.village_code,
        "updated_at": cooperatives.c.updated_at,
        "established_on": established_rank,
    },
)

add_member = Statement(
    insert(cooperative_members).values(
        {
            "cooperative_id": bindparam("cooperative_id", type_=Id),
            "village_id": bindparam("village_id", type_=Id),
        }
    )
)
forget_members = Statement(
    delete(cooperative_members).where(
        cooperative_members.c.cooperative_id == bindparam("cooperative_id", type_=Id)
    )
)
