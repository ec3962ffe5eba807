"""UKM and their years on an installation that demands If-Match of whoever changes a thing."""

import httpx
import pytest

from app.settings import Settings
from tests.ukms.registering import address, registered


@pytest.fixture
def settings(database_url: str) -> Settings:
    """An installation that demands it."""
    return Settings(database_url=database_url, require_if_match=True)


async def test_a_new_year_needs_none_and_an_old_one_does(office: httpx.AsyncClient) -> None:
    place = address(await registered(office))
    year = f"{place}/years/2023"

    answers = [
        await office.put(year, json={}),
        await office.put(year, json={"sales_idr": 1}),
        await office.put(year, json={"sales_idr": 1}, headers={"if-match": '"1"'}),
        await office.delete(year),
        await office.patch(place, json={"members": 3}),
        await office.delete(place),
    ]

    assert [answer.status_code for answer in answers] == [201, 428, 200, 428, 428, 428]
