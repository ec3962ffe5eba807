"""The years of a village, and which of them it shows as its IDM."""

from sqlalchemy import bindparam, func, or_, select, update

from app.database import Statement
from app.database.statement import one_of
from app.database.words import Code, Id
from app.http.paging import Listing
from app.index.tables import IDM_RECORDS, idm_records

_of_village = idm_records.c.village_id == bindparam("village_id", type_=Id)
_score = func.coalesce(idm_records.c.published_idm, idm_records.c.idm)
_status = func.coalesce(idm_records.c.published_status, idm_records.c.status)

SERIES = Listing(IDM_RECORDS, filters={}, sorts={"year": idm_records.c.year}, within=_of_village)

latest = Statement(
    select(idm_records.c.year, _score, _status)
    .where(_of_village, or_(_score.is_not(None), _status.is_not(None)))
    .order_by(idm_records.c.year.desc())
    .limit(1)
)
"""The latest year in which an IDM or a status is known: each as published, else as calculated."""

with_ids = Statement(select(*IDM_RECORDS.published).where(one_of(idm_records.c.id, "ids")))
"""The records of these village-years."""

shown_by_year = Statement(
    select(idm_records.c.village_id, idm_records.c.year, _score, _status).where(
        one_of(idm_records.c.village_id, "village_ids"), or_(_score.is_not(None), _status.is_not(None))
    )
)
"""What each year of these villages would show as their IDM, where one is known."""

KEPT_BESIDE = tuple(
    column
    for column in idm_records.c
    if column.name
    not in ("id", "village_id", "village_code", "version", "created_at", "updated_at", "document")
)
"""The columns that filters and reports read: what was told of a year, and what follows from it."""

of_villages = Statement(
    select(*IDM_RECORDS.published, *KEPT_BESIDE).where(one_of(idm_records.c.village_id, "village_ids"))
)
"""Every record of these villages with the columns kept beside its representation."""

set_kept_beside = Statement(
    update(idm_records)
    .where(idm_records.c.id == bindparam("id_now", type_=Code))
    .values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in KEPT_BESIDE})
)
"""Columns of a record set right without a new version: its representation stays."""
