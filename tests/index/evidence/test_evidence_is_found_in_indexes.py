"""The evidence of one village reads what is in that village, however many there are in the nation."""

import pytest

from app.database import Statement, connect
from app.database.statement import Prepared
from app.index.evidence.queries import cooperatives_of_village, ukms_of_village
from tests.conftest import Templates


@pytest.mark.parametrize(
    ("statement", "key"), [(cooperatives_of_village, "id=?"), (ukms_of_village, "village_id=?")]
)
async def test_what_a_village_has_is_found_by_its_key(
    templates: Templates, statement: Statement, key: str
) -> None:
    prepared = statement.sqlite
    url = templates.fresh("sqlite")
    database = connect(url)
    await database.open()

    explained = Prepared(f"EXPLAIN QUERY PLAN {prepared.text}", prepared.arguments, prepared.defaults)
    plan = database._reader.fetch(explained, {"village_id": ""})  # type: ignore[attr-defined]  # what only SQLite has

    await database.close()
    templates.drop(url)
    steps = [step[3] for step in plan]
    assert f"({key})" in steps[0]
    assert not [step for step in steps if step.startswith("SCAN")]
