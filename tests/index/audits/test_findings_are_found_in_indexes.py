"""The list of a finding reads the years that have it, however many the nation has, also for one year of all."""

import pytest

from app.database import connect
from app.database.statement import Prepared
from app.http.paging import _Shape
from app.index.audits.queries import LISTINGS
from tests.conftest import Templates

FILTERS = ((), (("year", 1),), (("region", 2),), (("region", 2), ("year", 1)))


@pytest.mark.parametrize("continued", [False, True])
@pytest.mark.parametrize("finding", LISTINGS)
async def test_a_page_is_a_range_of_the_findings_own_index(
    templates: Templates, finding: str, *, continued: bool
) -> None:
    url = templates.fresh("sqlite")
    database = connect(url)
    await database.open()
    values = {
        "year": 2024,
        "region_from": "64",
        "region_to": "64/",
        "after_sort": "64",
        "after_key": "",
        "limit": 1,
    }
    steps = []

    for filters in FILTERS:
        shape = _Shape(filters, "village_code", descending=False, continued=continued)
        prepared = LISTINGS[finding]._statement(shape).sqlite
        explained = Prepared(f"EXPLAIN QUERY PLAN {prepared.text}", prepared.arguments, prepared.defaults)
        plan = database._reader.fetch(explained, values)  # type: ignore[attr-defined]  # what only SQLite has
        steps += [step[3] for step in plan]

    await database.close()
    templates.drop(url)
    assert len(steps) == len(FILTERS), steps
    assert all(f"USING INDEX ix_idm_records_{finding}" in step for step in steps), steps
