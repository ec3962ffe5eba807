"""Which UKM and which of their years are asked for, and what the latest sales were."""

from sqlalchemy import bindparam, select

from app.database import Statement
from app.database.words import Id
from app.http.filters import Among, Equals, Since, Within, Words
from app.http.paging import Listing
from app.ukms.tables import UKM_YEARS, UKMS, ukm_years, ukms

LISTING = Listing(
    UKMS,
    filters={
        "region": Within(ukms.c.village_code),
        "owner_kind": Equals(ukms.c.owner_kind),
        "scale": Equals(ukms.c.scale),
        "market_reach": Equals(ukms.c.market_reach),
        "channel": Among(ukms.c.channel_words),
        "q": Words(ukms.c.name_key),
        "updated_since": Since(ukms.c.updated_at),
    },
    sorts={
        "name": ukms.c.name_key,
        "village_code": ukms.c.village_code,
        "updated_at": ukms.c.updated_at,
    },
)

_of_one = ukm_years.c.ukm_id == bindparam("ukm_id", type_=Id)

YEARS = Listing(UKM_YEARS, filters={}, sorts={"year": ukm_years.c.year}, within=_of_one)

years_of = Statement(select(*UKM_YEARS.published).where(_of_one).order_by(ukm_years.c.year))

latest_sales = Statement(
    select(ukm_years.c.sales_idr)
    .where(_of_one, ukm_years.c.sales_idr.is_not(None))
    .order_by(ukm_years.c.year.desc())
    .limit(1)
)
"""The sales of the latest year that has any reported."""
