"""Where BERDAYA_REQUIRE_IF_MATCH is set, only what is new may be put without the tag of what was read."""

import httpx
import pytest

from app.settings import Settings
from tests.index.told import PERIAN, at, only_published, record

YEAR = at(PERIAN, 2024)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, require_if_match=True)


async def test_a_new_year_needs_no_tag_and_every_later_write_does(office: httpx.AsyncClient) -> None:
    first = await office.put(YEAR, json=record("Perian"))
    again = await office.put(YEAR, json=only_published(0.9, "mandiri"))
    removed = await office.delete(YEAR)

    assert first.status_code == 201
    assert (again.status_code, removed.status_code) == (428, 428)
    assert again.json()["errors"][0]["pointer"] == "/header/If-Match"


async def test_with_the_tag_that_was_read_a_year_is_replaced(office: httpx.AsyncClient) -> None:
    first = await office.put(YEAR, json=record("Perian"))

    again = await office.put(
        YEAR, json=only_published(0.9, "mandiri"), headers={"if-match": first.headers["etag"]}
    )

    assert (again.status_code, again.json()["version"]) == (200, 2)
