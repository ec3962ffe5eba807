"""Which villages are asked for, and how one is found by a code it gave up or by its name."""

from sqlalchemy import bindparam, delete, insert, select

from app.database import Statement
from app.database.statement import one_of
from app.database.words import Code, Count, Id
from app.http.filters import Equals, Since, Within, Words
from app.http.paging import Listing
from app.villages.tables import VILLAGES, former_codes, idm_rank, villages

LISTING = Listing(
    VILLAGES,
    filters={
        "region": Within(villages.c.code),
        "kind": Equals(villages.c.kind),
        "idm_status": Equals(villages.c.idm_status),
        "q": Words(villages.c.name_key),
        "updated_since": Since(villages.c.updated_at),
    },
    sorts={
        "code": villages.c.code,
        "name": villages.c.name_key,
        "updated_at": villages.c.updated_at,
        "idm_score": idm_rank,
    },
)

by_former_code = Statement(
    select(*VILLAGES.published)
    .join(former_codes, former_codes.c.village_id == villages.c.village_id)
    .where(former_codes.c.code == bindparam("code", type_=Code))
    .order_by(former_codes.c.ended_on.desc(), former_codes.c.village_id.desc())
    .limit(1)
)
"""The village that last gave up a code."""

named = Statement(
    select(*VILLAGES.published)
    .where(villages.c.name_key == bindparam("name_key", type_=Code))
    .where(
        villages.c.code >= bindparam("from", type_=Code),
        villages.c.code < bindparam("to", type_=Code),
    )
    .order_by(villages.c.code)
    .limit(20)
)
"""Villages with exactly this folded name within a region."""

by_identity = Statement(
    select(*VILLAGES.published).where(villages.c.village_id == bindparam("village_id", type_=Id))
)

held = Statement(
    select(*VILLAGES.published)
    .where(villages.c.village_id == bindparam("village_id", type_=Id))
    .with_for_update(key_share=True)
)
"""A village kept from other writers, whatever its code has become, until the end of the transaction."""

as_it_stays = Statement(
    select(*VILLAGES.published)
    .where(villages.c.village_id == bindparam("village_id", type_=Id))
    .with_for_update(read=True)
)
"""A village that nobody may recode, rename or delete before the transaction that reads it here has ended."""

in_district = Statement(
    select(*VILLAGES.published)
    .where(villages.c.code >= bindparam("from", type_=Code), villages.c.code < bindparam("to", type_=Code))
    .order_by(villages.c.code)
)

_with_codes = select(*VILLAGES.published).where(one_of(villages.c.code, "codes")).order_by(villages.c.code)
_with_former_codes = (
    select(*VILLAGES.published, former_codes.c.code)
    .join(former_codes, former_codes.c.village_id == villages.c.village_id)
    .where(one_of(former_codes.c.code, "codes"))
    .order_by(former_codes.c.ended_on, former_codes.c.village_id)
)

with_codes = Statement(_with_codes)
"""The villages that have these codes."""

with_codes_held = Statement(_with_codes.with_for_update(key_share=True))
"""The same, kept from other writers until the end of the transaction."""

with_former_codes = Statement(_with_former_codes)
"""The villages that gave up these codes, each with the code as its last column; who gave it up last comes last."""

with_former_codes_held = Statement(_with_former_codes.with_for_update(key_share=True, of=villages))
"""The same, kept from other writers until the end of the transaction."""

next_ones = Statement(
    select(*VILLAGES.published)
    .where(villages.c.village_id > bindparam("after", type_=Id))
    .order_by(villages.c.village_id)
    .limit(bindparam("limit", type_=Count))
)
"""Villages in the order of their identity, from one on."""

keep_former_code = Statement(
    insert(former_codes).values(
        {column.name: bindparam(column.name, type_=column.type) for column in former_codes.c}
    )
)

forget_former_code = Statement(
    delete(former_codes).where(
        former_codes.c.code == bindparam("code", type_=Code),
        former_codes.c.village_id == bindparam("village_id", type_=Id),
    )
)
