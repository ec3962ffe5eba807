"""The years of a village, and which of them it shows as its IDM."""

from sqlalchemy import bindparam, func, or_, select

from app.database import Statement
from app.database.words import Id
from app.http.paging import Listing
from app.index.tables import IDM_RECORDS, idm_records

_of_village = idm_records.c.village_id == bindparam("village_id", type_=Id)
_score = func.coalesce(idm_records.c.published_idm, idm_records.c.idm)
_status = func.coalesce(idm_records.c.published_status, idm_records.c.status)

SERIES = Listing(IDM_RECORDS, filters={}, sorts={"year": idm_records.c.year}, within=_of_village)

years_of = Statement(select(idm_records.c.year).where(_of_village))
"""Which years of a village are known."""

latest = Statement(
    select(idm_records.c.year, _score, _status)
    .where(_of_village, or_(_score.is_not(None), _status.is_not(None)))
    .order_by(idm_records.c.year.desc())
    .limit(1)
)
"""The latest year in which an IDM or a status is known: each as published, else as calculated."""
