"""How unequal villages are: exact on cases worked by hand, and on Kukar's own figures the sum of its parts."""

import csv
import io
from math import isclose, log
from typing import Any

import httpx
import pytest

from app.database import Database
from app.seed import kukar_data
from tests.conftest import act_of
from tests.cooperatives.registering import faults

INEQUALITY = "/v1/reports/inequality"
# Two villages in each of two districts.
IKE = {"64.02.01.2001": 0.25, "64.02.01.2002": 0.75, "64.02.04.2001": 0.0, "64.02.04.2006": 1.0}


async def _get(client: httpx.AsyncClient, query: str = "") -> dict[str, Any]:
    answer = await client.get(f"{INEQUALITY}?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def _told(office: httpx.AsyncClient, year: int, figures: dict[str, float]) -> None:
    for code, ike in figures.items():
        published = {"ike": ike, "idm": 0.5}
        answer = await office.put(
            f"/v1/villages/{code}/idm/{year}", json={"published": published, "source": "Contoh"}
        )
        assert answer.status_code == 201, answer.text


async def test_a_case_worked_by_hand(office: httpx.AsyncClient) -> None:
    await _told(office, 2020, IKE)

    report = await _get(office)

    one, other = report["items"]
    assert (report["year"], report["edition"]) == (2020, "idm-2016")
    assert (one["ike"]["mean"], one["ike"]["gini"]) == (0.5, 0.25)
    assert isclose(one["ike"]["theil"], log(0.5) / 4 + 3 * log(1.5) / 4)
    # One village has all: G = (n - 1)/n, T = ln n.
    assert (other["ike"]["gini"], other["ike"]["theil"]) == (0.5, log(2))
    total = report["total"]["ike"]
    # 0, ¼, ¾, 1 in order: (-3·0 - ¼ + ¾ + 3·1) / (4·2).
    assert (total["villages"], total["gini"]) == (4, 0.4375)
    assert total["theil_between"] == 0
    assert isclose(total["theil_within"], (one["ike"]["theil"] + log(2)) / 2)
    assert {**report["total"]["idm"]} == {
        "villages": 4,
        "mean": 0.5,
        "gini": 0,
        "theil": 0,
        "theil_within": 0,
        "theil_between": 0,
    }


async def test_zeros_everywhere_are_equal(office: httpx.AsyncClient) -> None:
    await _told(office, 2020, dict.fromkeys(IKE, 0.0))

    total = (await _get(office))["total"]["ike"]

    assert (total["mean"], total["gini"], total["theil"], total["theil_within"]) == (0, 0, 0, 0)


async def test_kukars_inequality_is_the_sum_of_its_parts(
    visitor: httpx.AsyncClient, database: Database
) -> None:
    await kukar_data.load_idm(database, act_of("seed"))

    report = await _get(visitor, "year=2024&region=64.02")
    regency = await _get(visitor, "year=2024&group_by=regency")

    assert len(report["items"]) == 18
    for index in ("idm", "ike"):
        total = report["total"][index]
        assert total["villages"] == 193
        assert 0 < total["theil_between"] < total["theil"] < total["gini"] < 0.2
        assert isclose(total["theil"], total["theil_within"] + total["theil_between"], rel_tol=1e-12)
        assert sum(one[index]["villages"] for one in report["items"]) == 193
        assert regency["total"][index]["theil_between"] == 0
        assert regency["total"][index]["gini"] == total["gini"]


async def test_a_year_nobody_was_measured_in_is_told_as_that(visitor: httpx.AsyncClient) -> None:
    report = await _get(visitor, "year=2019")

    assert (report["items"], report["total"]["idm"]["villages"], report["total"]["idm"]["gini"]) == (
        [],
        0,
        None,
    )
    assert (await _get(visitor))["year"] is None


async def test_as_a_sheet_and_with_a_tag(office: httpx.AsyncClient) -> None:
    await _told(office, 2020, IKE)

    sheet = await office.get(f"{INEQUALITY}?format=csv")
    first = await office.get(INEQUALITY)
    again = await office.get(INEQUALITY, headers={"if-none-match": first.headers["etag"]})

    lines = list(csv.DictReader(io.StringIO(sheet.text)))
    assert [(one["code"], one["name"], one["ike_villages"]) for one in lines] == [
        ("64.02.01", "Muara Muntai", "2"),
        ("64.02.04", "Anggana", "2"),
        ("", "TOTAL", "4"),
    ]
    assert (lines[-1]["ike_theil_between"], lines[0]["ike_theil_between"]) == ("0.0", "")
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("year=x", [("/query/year", "value.integer")]), ("from=2023", [("/query/from", "field.unknown")])],
)
async def test_what_the_report_cannot_answer_is_told(
    visitor: httpx.AsyncClient, query: str, wrong: list[tuple[str, str]]
) -> None:
    answer = await visitor.get(f"{INEQUALITY}?{query}")

    assert (answer.status_code, faults(answer)) == (422, wrong)
