"""Which trainings are asked for, and what a village was before it had its present code."""

from sqlalchemy import bindparam, select

from app.database import Statement
from app.database.words import Id
from app.http.filters import Equals, EqualsNumber, Since, Within, Words
from app.http.paging import Listing
from app.trainings.tables import TRAININGS, trainings
from app.villages.tables import former_codes

LISTING = Listing(
    TRAININGS,
    filters={
        "region": Within(trainings.c.village_code),
        "focus": Equals(trainings.c.focus),
        "status": Equals(trainings.c.status),
        "year": EqualsNumber(trainings.c.year),
        "q": Words(trainings.c.title_key),
        "updated_since": Since(trainings.c.updated_at),
    },
    sorts={
        "title": trainings.c.title_key,
        "year": trainings.c.year,
        "village_code": trainings.c.village_code,
        "updated_at": trainings.c.updated_at,
    },
    default="-year",
)

codes_given_up = Statement(
    select(former_codes.c.code, former_codes.c.ended_on)
    .where(former_codes.c.village_id == bindparam("village_id", type_=Id))
    .order_by(former_codes.c.ended_on, former_codes.c.code)
)
"""The codes a village had before its present one, the oldest first, each with the day it ended."""
