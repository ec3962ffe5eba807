"""Wherever the link breaks, an outbox that is sent until its answer arrives has been done once, and all of it."""

import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.database import Statement, connect
from app.database.face import Row
from app.database.ledgers import changes
from app.database.words import new_id
from app.exchange.operations.tables import operations_done
from tests.exchange.operations.cutting import Link, attempt, link_to
from tests.exchange.operations.outbox import GROUP, UKM, operation
from tests.operation.running import berdaya, served

_changes = Statement(
    select(changes.c.type, changes.c.resource_id, changes.c.version, changes.c.operation).where(
        changes.c.type.like("ukm%") | (changes.c.type == "group")
    )
)
_done = Statement(select(operations_done.c.id))


class Visit:
    """What an official did in a village: a UKM with its year, corrected; and a group entered by mistake."""

    def __init__(self) -> None:
        self.ukm, self.group = new_id(), new_id()
        self.outbox = [
            operation("create", "ukm", self.ukm, UKM),
            operation("create", "ukm_year", f"{self.ukm}/2024", {"sales_idr": 9_000_000}),
            operation("update", "ukm", self.ukm, {"members": 3}, expected_version=2),
            operation("create", "group", self.group, GROUP),
            operation("delete", "group", self.group, expected_version=1),
        ]

    @property
    def changes(self) -> list[tuple[str, str, int, str]]:
        """What it leaves in the change log when it is done once; the year gives the UKM its scale, hence a version."""
        year = f"{self.ukm}/2024"
        return [
            ("ukm", self.ukm, 1, "created"),
            ("ukm_year", year, 1, "created"),
            ("ukm", self.ukm, 2, "updated"),
            ("ukm", self.ukm, 3, "updated"),
            ("group", self.group, 1, "created"),
            ("group", self.group, 2, "deleted"),
        ]


VERSIONS = [1, 1, 3, 1, 2]


def positions(length: int, stride: int) -> list[int]:
    """Where to cut: every so many bytes, and everywhere near both ends."""
    return sorted({*range(0, length, stride), *range(8), *range(length - 8, length)})


def sent_over(link: Link, token: str, visit: Visit, at: int) -> list[dict[str, Any]]:
    """What became of an outbox whose request breaks at a byte, then its answer, and which then gets through."""
    link.cut("request", at)
    first = attempt(link.port, token, visit.outbox)
    link.cut("response", at)
    second = attempt(link.port, token, visit.outbox)
    third = attempt(link.port, token, visit.outbox)
    whole = first or second or third
    assert whole is not None
    assert {one["status"] for one in whole["results"]} <= {"applied", "replayed"}
    results: list[dict[str, Any]] = whole["results"]
    return results


def stored(url: str) -> tuple[list[Row], list[Row]]:
    """The changes and the remembered operations of a database that is served no more."""

    async def look() -> tuple[list[Row], list[Row]]:
        database = connect(url)
        await database.open()
        try:
            found, done = await database.fetch(_changes, {}), await database.fetch(_done, {})
            return list(found), list(done)
        finally:
            await database.close()

    return asyncio.run(look())


def shown(client: httpx.Client, visit: Visit) -> dict[str, Any]:
    """What a reader sees of the UKM, apart from which one it is and when that was."""
    told: dict[str, Any] = client.get(f"/v1/ukms/{visit.ukm}").json()
    return {name: value for name, value in told.items() if name not in {"id", "created_at", "updated_at"}}


@pytest.mark.parametrize("stride", [53, pytest.param(1, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
def test_a_link_that_breaks_at_any_byte_loses_nothing_and_doubles_nothing(
    stride: int, database_url: str
) -> None:
    token = berdaya("tokens", "create", "--role", "admin", "--name", "me", url=database_url).stdout.strip()
    once = Visit()
    with (
        served(database_url, BERDAYA_LOG_REQUESTS="none") as (client, _),
        link_to(client.base_url.port or 0) as link,
    ):
        attempt(link.port, token, once.outbox)
        length = max(link.passed.values())
        visits = {at: Visit() for at in positions(length, stride)}

        told = [sent_over(link, token, visit, at) for at, visit in visits.items()]
        seen = [shown(client, visit) for visit in (once, *visits.values())]

    found, done = stored(database_url)
    expected = [change for visit in (once, *visits.values()) for change in visit.changes]
    assert [[one["version"] for one in results] for results in told] == [VERSIONS] * len(visits)
    assert all(one == seen[0] for one in seen)
    assert seen[0]["version"] == 3
    assert Counter(map(tuple, found)) == Counter(expected)
    assert Counter(row[0] for row in done) == Counter(
        one["id"] for visit in (once, *visits.values()) for one in visit.outbox
    )
