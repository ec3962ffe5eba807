"""A page in the middle of a list is found in an index, not by walking there."""

import pytest

from app.cooperatives.queries import LISTING as COOPERATIVES
from app.database import connect
from app.database.statement import Prepared
from app.groups.queries import LISTING as GROUPS
from app.http.paging import Listing, _Shape
from app.ukms.queries import LISTING as UKMS
from app.villages.queries import LISTING as VILLAGES
from tests.conftest import Templates

LISTS = {"villages": VILLAGES, "cooperatives": COOPERATIVES, "ukms": UKMS, "groups": GROUPS}
ORDERS = [(name, sort) for name, listing in LISTS.items() for sort in listing.sorts]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(("name", "sort"), ORDERS)
async def test_the_next_page_is_entered_by_its_key(
    templates: Templates, name: str, sort: str, *, descending: bool
) -> None:
    listing: Listing = LISTS[name]
    shape = _Shape((), sort, descending, continued=True)
    prepared = listing._statement(shape).sqlite
    url = templates.fresh("sqlite")
    database = connect(url)
    await database.open()

    explained = Prepared(f"EXPLAIN QUERY PLAN {prepared.text}", prepared.arguments, prepared.defaults)
    plan = database._reader.fetch(  # type: ignore[attr-defined]  # what only SQLite has
        explained, {"after_sort": "", "after_key": "", "limit": 1}
    )

    await database.close()
    templates.drop(url)
    assert [step[3].split()[0] for step in plan] == ["SEARCH"], plan
