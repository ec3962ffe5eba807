"""Which follow-ups are asked for."""

from sqlalchemy import bindparam, select

from app.database import Statement
from app.database.references import refers
from app.database.words import Id
from app.http.filters import Equals, Since
from app.http.paging import Listing
from app.trainings.follow_ups.tables import FOLLOW_UPS, follow_ups

_of_training = follow_ups.c.training_id == bindparam("training_id", type_=Id)

LISTING = Listing(
    FOLLOW_UPS,
    filters={
        "kind": Equals(follow_ups.c.kind),
        "status": Equals(follow_ups.c.status),
        "updated_since": Since(follow_ups.c.updated_at),
    },
    sorts={"held_on": follow_ups.c.held_on, "updated_at": follow_ups.c.updated_at},
    within=_of_training,
)

of_training = Statement(select(*FOLLOW_UPS.published).where(_of_training))

refers(
    "follow_up",
    to="training",
    find=Statement(
        select(follow_ups.c.id)
        .where(follow_ups.c.training_id == bindparam("id", type_=Id))
        .order_by(follow_ups.c.held_on, follow_ups.c.id)
    ),
)
