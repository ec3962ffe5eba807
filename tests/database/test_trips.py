"""A unit makes no trip that it can do without, and nothing else changes."""

import httpx
import pytest
from sqlalchemy import func, insert, select, text

from app.database import Database, Outrun, Statement, Transaction
from app.database.ledgers import changes
from app.villages.tables import VILLAGES
from tests.conftest import act_of

SEPATIN = "64.02.04.2001"
_count = Statement(select(func.count()).select_from(changes))


def test_only_a_plain_selection_may_stand_before_the_transaction() -> None:
    plain = select(changes.c.id)
    writing = select(insert(changes).values(id="x").returning(changes.c.id).cte("written").c.id)

    told = [
        Statement(one).only_reads for one in (plain, plain.with_for_update(), writing, text("LOCK TABLE x"))
    ]

    assert told == [True, False, False, False]


@pytest.mark.parametrize("catches", [True, False])
async def test_a_write_that_was_outrun_is_told_and_undone(
    database: Database, office: httpx.AsyncClient, *, catches: bool
) -> None:
    before = await database.row(_count, {})
    runs = []

    async def unit(tx: Transaction) -> None:
        tx.catches = catches
        village = await VILLAGES.find(tx, SEPATIN)
        assert village is not None
        runs.append(village["version"])
        stale = {**village, "version": village["version"] + 7}
        await VILLAGES.update(tx, stale, {**stale, "name": "Lain"})

    with pytest.raises(Exception, match="always faster") as raised:
        await database.write(act_of("write"), unit)

    assert not isinstance(raised.value, Outrun)
    assert len(runs) > 1
    assert await database.row(_count, {}) == before


async def test_reads_after_a_write_that_waits_see_it(database: Database, office: httpx.AsyncClient) -> None:
    async def unit(tx: Transaction) -> str:
        tx.catches = False
        village = await VILLAGES.find(tx, SEPATIN)
        assert village is not None
        await VILLAGES.update(tx, village, {**village, "name": "Lain"})
        seen = await VILLAGES.find(tx, SEPATIN)
        assert seen is not None
        return str(seen["name"])

    assert await database.write(act_of("write"), unit) == "Lain"
