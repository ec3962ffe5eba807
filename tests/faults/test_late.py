"""The server may start before its database and before its schema: it waits alive, and serves when both are there."""

from collections.abc import Iterator

import pytest

from app.database.migrate import migrate
from tests.conftest import Templates
from tests.faults.stand import Stand, until
from tests.faults.test_lasting import CURED_SECONDS, SLACK

pytestmark = pytest.mark.engine("postgresql")


@pytest.fixture
def early(engine: str, templates: Templates) -> Iterator[Stand]:
    """A server whose database refuses every connection, and has nothing in it yet."""
    url = templates.empty(engine)
    stand = Stand(url, token="brd_nobody")  # noqa: S106  # of nobody
    assert stand.proxy is not None
    stand.proxy.shut()
    stand.start()
    yield stand
    stand.stop()
    templates.drop(url)


def test_a_database_that_comes_late_is_served_when_its_schema_is_there_too(early: Stand) -> None:
    assert early.proxy is not None
    with early.client() as client:

        def statuses() -> list[int]:
            return [
                client.get(address).status_code
                for address in ("/health/live", "/health/ready", "/v1/regions?limit=1")
            ]

        del client.headers["authorization"]
        refused = client.get("/v1/regions?limit=1")
        without = statuses()
        early.proxy.open()
        until(lambda: any("StaleSchema" in line for line in early.log))
        stale = statuses()
        migrate(early.url)
        seconds = until(lambda: client.get("/health/ready").status_code == 200)
        served = statuses()

    assert refused.headers["retry-after"] == "1"
    assert refused.json()["code"] == "server.unavailable"
    assert without == [200, 503, 503]
    assert stale == [200, 503, 503]
    assert served == [200, 200, 200]
    assert seconds < CURED_SECONDS * SLACK
    assert sum("not_serving_yet" in line for line in early.log) <= 4, (
        "told when it changes, not at every look"
    )
