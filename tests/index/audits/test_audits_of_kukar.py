"""What the audit finds in the IDM that comes with the project: Kukar's 193 desa in 2023 and 2024."""

import httpx
import pytest

from app.database import Database
from app.seed import kukar_data
from tests.conftest import act_of

AUDITS = "/v1/idm/audits"
BORDERLINE = {2023: 5, 2024: 8}


@pytest.fixture
async def kukar(database: Database, visitor: httpx.AsyncClient) -> httpx.AsyncClient:
    """Whoever asks, where the official years are entered."""
    await kukar_data.load_idm(database, act_of("seed"))
    return visitor


async def test_exactly_three_are_inconsistent_and_none_for_a_known_cause(kukar: httpx.AsyncClient) -> None:
    page = (await kukar.get(AUDITS, params={"count": "exact"})).json()

    assert page["total"] == 3
    assert [(one["village_code"], one["village_name"], one["year"]) for one in page["items"]] == [
        ("64.02.02.2015", "Jongkang", 2024),
        ("64.02.12.2007", "Bila Talang", 2024),
        ("64.02.12.2019", "Tukung Ritan", 2024),
    ]
    assert all((one["explanation"], one["implied"]) == (None, None) for one in page["items"])
    assert all("belum kami ketahui" in one["correction_request"] for one in page["items"])


async def test_one_status_would_change_and_no_label_contradicts_its_value(kukar: httpx.AsyncClient) -> None:
    changing = (await kukar.get(AUDITS, params={"finding": "status_would_change"})).json()["items"]
    contradicting = (await kukar.get(AUDITS, params={"finding": "label_contradicts_value"})).json()["items"]

    assert [(one["village_name"], one["published_status"], one["status_by_rows"]) for one in changing] == [
        ("Bila Talang", "maju", "mandiri")
    ]
    assert contradicting == []


async def test_the_borderline_are_counted_by_year_also_where_only_the_index_is_known(
    kukar: httpx.AsyncClient,
) -> None:
    pages = {
        year: (await kukar.get(AUDITS, params={"finding": "borderline", "year": str(year)})).json()["items"]
        for year in BORDERLINE
    }

    assert {year: len(items) for year, items in pages.items()} == BORDERLINE
    assert all(one["consistent"] is None and one["idm_by_rows"] is None for one in pages[2023])
    assert all(one["correction_request"] is None for items in pages.values() for one in items)


async def test_any_has_each_year_once(kukar: httpx.AsyncClient) -> None:
    page = (await kukar.get(AUDITS, params={"finding": "any", "limit": "500"})).json()

    keys = [(one["village_code"], one["year"]) for one in page["items"]]
    assert len(keys) == len(set(keys)) == 16
    assert keys == sorted(keys)
