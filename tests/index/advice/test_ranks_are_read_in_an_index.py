"""Ranks are counted in an index alone: no record is read for it, however wide its province."""

import pytest

from app.database import Database
from app.database.statement import Prepared
from app.index.advice.queries import around, others


@pytest.mark.engine("sqlite")
async def test_ranks_are_counted_between_the_bounds_of_the_province(database: Database) -> None:
    prepared = others.sqlite
    explained = Prepared(f"EXPLAIN QUERY PLAN {prepared.text}", prepared.arguments, prepared.defaults)
    values = {**around("64.02.01.2001"), "year": 2024, "village_code": "", "before": 0.5, "after": 0.6}

    plan = database._reader.fetch(explained, values)  # type: ignore[attr-defined]  # what only SQLite has

    (step,) = [told[3] for told in plan]
    assert "COVERING INDEX" in step
    assert "(year=? AND village_code>? AND village_code<?)" in step
