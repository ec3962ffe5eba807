"""The ministry's own records through the API: every consistent one is reproduced, every other one is flagged."""

import asyncio
import csv
import gzip
import math
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from app.database import Statement
from app.index.schemas import IdmRecord
from app.index.tables import idm_records
from app.main import Berdaya, create_app
from app.seed import idm, regions
from app.settings import Settings
from tests.conftest import OFFICIAL, Templates, act_of
from tests.index.told import at
from tests.index.village_years import FIGURES

pytestmark = pytest.mark.official_data

AT_ONCE = 16

_verdicts = Statement(
    select(idm_records.c.year, idm_records.c.consistent, func.count()).group_by(
        idm_records.c.year, idm_records.c.consistent
    )
)


def official() -> Iterator[dict[str, str]]:
    """Each published village-year."""
    with gzip.open(OFFICIAL / "idm_official_open.csv.gz", "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def rows_of(line: dict[str, str]) -> dict[str, list[int]]:
    """Its fifty scores as a client sends them."""
    return {name: [int(digit) for digit in line[f"{name}_scores"]] for name in ("iks", "ike", "ikl")}


def word(status: str) -> str:
    """A status as the ministry prints it, in the words of the API."""
    return status.lower().replace(" ", "_")


def record_of(line: dict[str, str]) -> dict[str, Any]:
    """Its whole record."""
    figures = {name: float(line[name]) for name in FIGURES}
    published = {**figures, "status": word(line["status"])}
    return {**rows_of(line), "published": published, "source": "open API"}


@pytest.fixture
async def application(templates: Templates) -> AsyncIterator[Berdaya]:
    """On one engine: a calculation touches none, and what is stored is arithmetic."""
    url = templates.fresh("sqlite")
    app = create_app(Settings(database_url=url, log_requests="none"))
    async with app.router.lifespan_context(app):
        yield app
    templates.drop(url)


@pytest.fixture
async def client(application: Berdaya) -> AsyncIterator[httpx.AsyncClient]:
    """A client that spares itself five thousand checks of one shape, and gzip."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application),
        base_url="http://berdaya.test",
        headers={"accept-encoding": "identity"},
        follow_redirects=True,
    ) as client:
        yield client


async def test_every_consistent_record_is_reproduced_and_every_other_differs(
    client: httpx.AsyncClient,
) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def verdict(line: dict[str, str]) -> tuple[int, str, bool]:
        async with turns:
            answer = await client.post("/v1/idm/calculations", json=rows_of(line))
        return answer.status_code, line["year"], reproduces(answer.json(), line)

    verdicts = Counter(await asyncio.gather(*map(verdict, official())))

    assert verdicts == {
        (200, "2021", True): 1274,
        (200, "2022", True): 1268,
        (200, "2023", True): 1270,
        (200, "2024", True): 942,
        (200, "2024", False): 328,
    }


def reproduces(answer: dict[str, Any], line: dict[str, str]) -> bool:
    """Whether a calculation is the published one."""
    numbers = (*FIGURES, "target_score", "increase_needed")
    return all(
        math.isclose(answer[name], float(line[name]), rel_tol=0, abs_tol=1e-9) for name in numbers
    ) and all(answer[name] == word(line[name]) for name in ("status", "target_status"))


async def test_exactly_328_stored_records_are_flagged_and_each_with_its_cause(
    application: Berdaya, client: httpx.AsyncClient
) -> None:
    database = application.place.database
    places: dict[str, regions.Place] = {}
    years: dict[str, dict[int, IdmRecord]] = {}
    inconsistent = []
    for line in official():
        code = line["code"]
        for level, length in (("province", 2), ("regency", 5), ("district", 8), ("village", 13)):
            place = regions.Place(code[:length], line[level], latitude=None, longitude=None)
            places[place.code] = place
        years.setdefault(code, {})[int(line["year"])] = IdmRecord.model_validate(record_of(line))
    await regions.load(database, act_of("seed"), list(places.values()))

    entered = await idm.load(database, act_of("seed"), years)

    verdicts = {tuple(row[:2]): row[2] for row in await database.fetch(_verdicts, {})}
    assert entered == 5082
    assert verdicts == {(2021, 1): 1274, (2022, 1): 1268, (2023, 1): 1270, (2024, 1): 942, (2024, 0): 328}
    for code in years:
        series = (await client.get(at(code))).json()["items"]
        inconsistent += [item for item in series if item["audit"]["consistent"] is False]
    causes = Counter[str | None]()
    for item in inconsistent:
        one = (await client.get(at(item["village_code"], item["year"]))).json()
        causes[one["audit"]["explanation"] and one["audit"]["explanation"]["code"]] += 1
    assert causes == {"internet_rows_shown_alike": 328}
    totals = {
        word: (await client.get("/v1/idm/audits", params={"finding": word, "count": "exact"})).json()["total"]
        for word in ("inconsistent", "status_would_change", "label_contradicts_value")
    }
    assert totals == {"inconsistent": 328, "status_would_change": 30, "label_contradicts_value": 0}
