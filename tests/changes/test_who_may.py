"""Where reading is not public, neither is the feed."""

import httpx
import pytest

from app.settings import Settings
from tests.changes.reading import feed, snapshot
from tests.conftest import Callers


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Reading needs a token here."""
    return Settings(database_url=database_url, public_read=False)


async def test_the_feed_asks_for_a_token_as_any_reading_does(
    callers: Callers, visitor: httpx.AsyncClient
) -> None:
    viewer = await callers.holding("viewer")

    refused = [(await visitor.get(f"/v1/changes{where}?after=x")).status_code for where in ("", "/snapshot")]
    read = [len((await feed(viewer))[0]), len((await snapshot(viewer))[0])]

    assert refused == [401, 401]
    assert read[0] == read[1] > 237


async def test_a_viewer_in_a_district_reads_everything_that_is_not_personal(callers: Callers) -> None:
    near, far = await callers.holding("viewer", region="64.02.04"), await callers.holding("viewer")

    assert await feed(near) == await feed(far)
