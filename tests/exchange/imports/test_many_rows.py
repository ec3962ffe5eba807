"""Many rows at once: up to five thousand are written as one, more only in parts, and others are answered meanwhile."""

import asyncio
import time

import httpx
import pytest

from tests.exchange.imports.sending import csv_of, ended, sent

HEADER = ("village_code", "name", "owner_kind")
# Half a minute of writing.
pytestmark = [pytest.mark.timeout(300), pytest.mark.soak]


def rows(count: int) -> list[tuple[str, str, str]]:
    """UKM in the villages of a district."""
    return [(f"64.02.04.20{n % 8 + 1:02}", f"UKM Contoh {n}", "kelompok") for n in range(count)]


COUNTS = {"sqlite": 5000, "postgresql": 1500}
"""The most that are written as one; fewer where each row goes over a wire and the test would take long."""


async def test_thousands_of_rows_are_written_as_one_while_others_read(
    office: httpx.AsyncClient, engine: str
) -> None:
    count = COUNTS[engine]
    answer = await office.post(
        "/v1/imports/ukms?mode=commit",
        content=csv_of(HEADER, *rows(count)),
        headers={"content-type": "text/csv"},
    )
    working = asyncio.create_task(ended(office, answer.json()))
    read, seen = 0, set()
    while not working.done():
        began = time.monotonic()
        page = await office.get("/v1/ukms?count=exact&q=ukm contoh&limit=1")
        assert page.status_code == 200, time.monotonic() - began
        seen.add(page.json()["total"])
        read += 1
        await asyncio.sleep(0.02)
    job = await working

    assert (job["status"], job["counts"]["create"]) == ("committed", count)
    assert read > 5
    assert seen <= {0, count}, "nothing is seen half"


@pytest.mark.engine("sqlite")
async def test_more_rows_than_that_are_written_in_parts_only(office: httpx.AsyncClient) -> None:
    body = csv_of(HEADER, *rows(5001))

    whole = await sent(office, "ukms", body, mode="commit")
    parts = await sent(office, "ukms", body, mode="commit", partial="true")

    assert (whole["status"], whole["errors"][0]["code"]) == ("refused", "import.needs_partial")
    assert (parts["status"], parts["counts"]["create"]) == ("committed", 5001)
    assert parts["progress"] == {"done": 5001, "of": 5001}
