"""Which enrolments are asked for, whether a party has a place already, and which trainings a party is enrolled in."""

from sqlalchemy import bindparam, select

from app.database import Statement
from app.database.references import refers
from app.database.words import Id
from app.http.filters import Since
from app.http.paging import Listing
from app.trainings.enrolments.tables import ENROLMENTS, PARTIES, enrolments

_in_training = enrolments.c.training_id == bindparam("training_id", type_=Id)

LISTING = Listing(
    ENROLMENTS,
    filters={"updated_since": Since(enrolments.c.updated_at)},
    sorts={"created_at": enrolments.c.created_at, "updated_at": enrolments.c.updated_at},
    within=_in_training,
)

of_training = Statement(select(*ENROLMENTS.published).where(_in_training))

place_of = {
    field: Statement(
        select(enrolments.c.id).where(_in_training, enrolments.c[field] == bindparam("party", type_=Id))
    )
    for field in PARTIES
}
"""The place that a party has in a training, by the field that names the party."""

party = {
    field: Statement(
        select(register.table.c.id)
        .where(register.table.c.id == bindparam("party", type_=Id))
        .with_for_update(read=True, key_share=True)
    )
    for field, register in PARTIES.items()
}
"""A party that is there, and cannot be deleted before the transaction that reads it here has ended."""

for _field, _register in PARTIES.items():
    refers(
        "training",
        to=_register.type,
        find=Statement(
            select(enrolments.c.training_id)
            .where(enrolments.c[_field] == bindparam("id", type_=Id))
            .order_by(enrolments.c.training_id)
        ),
    )
refers(
    "enrolment",
    to="training",
    find=Statement(
        select(enrolments.c.id)
        .where(enrolments.c.training_id == bindparam("id", type_=Id))
        .order_by(enrolments.c.created_at, enrolments.c.id)
    ),
)
