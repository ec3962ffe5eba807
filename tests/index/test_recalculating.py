"""Stored results can be made again from the digits: equal where nobody touched them, mended where somebody did."""

import httpx
import pytest
from sqlalchemy import text

from app.database import Database, Statement, Transaction
from app.index.recalculating import recalculate
from tests.conftest import act_of
from tests.index.told import PERIAN, SEPATIN, at, only_published, record, rows


@pytest.fixture
async def entered(office: httpx.AsyncClient) -> None:
    """Three years of two villages."""
    await office.put(at(PERIAN, 2023), json=only_published(0.9, "mandiri"))
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    await office.put(at(SEPATIN, 2024), json={**rows("Jongkang"), "source": "our own count"})


async def _tamper(database: Database, sql: str) -> None:
    async def unit(tx: Transaction) -> None:
        await tx.execute(Statement(text(sql)), {})

    await database.write(act_of("tamper"), unit)


async def test_what_nobody_touched_is_equal_and_left_alone(
    entered: None, database: Database, office: httpx.AsyncClient
) -> None:
    before = [(await office.get(at(code))).content for code in (PERIAN, SEPATIN)]

    done = await recalculate(database, act_of("rebuild"))

    assert done == (3, 0, 0)
    assert [(await office.get(at(code))).content for code in (PERIAN, SEPATIN)] == before


async def test_a_column_that_no_longer_follows_from_the_digits_is_mended_without_a_version(
    entered: None, database: Database, office: httpx.AsyncClient
) -> None:
    await _tamper(database, "UPDATE idm_records SET points = 1, consistent = NULL WHERE points IS NOT NULL")

    first = await recalculate(database, act_of("rebuild"))
    second = await recalculate(database, act_of("rebuild"))

    assert (first, second) == ((3, 2, 0), (3, 0, 0))
    assert (await office.get(at(PERIAN, 2024))).json()["version"] == 1


async def test_a_representation_that_says_something_else_is_mended_as_a_new_version(
    entered: None, database: Database, office: httpx.AsyncClient
) -> None:
    told = (await office.get(at(SEPATIN, 2024))).json()
    await _tamper(
        database,
        'UPDATE idm_records SET document = replace(document, \'"status"\\:"maju"\', \'"status"\\:"mandiri"\')',
    )
    await _tamper(database, "UPDATE villages SET idm_year = 2016 WHERE code = '64.02.04.2001'")
    await _tamper(
        database,
        "UPDATE villages SET document = replace(document, '\"idm_year\"\\:2024', '\"idm_year\"\\:2016')",
    )

    first = await recalculate(database, act_of("rebuild"))
    second = await recalculate(database, act_of("rebuild"))

    mended = (await office.get(at(SEPATIN, 2024))).json()
    assert (first, second) == ((3, 1, 2), (3, 0, 0))
    assert (mended["version"], mended["status"]) == (2, told["status"])
    assert (await office.get(f"/v1/villages/{SEPATIN}")).json()["idm_year"] == 2024
