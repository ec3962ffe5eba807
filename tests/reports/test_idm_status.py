"""How villages stand: Kukar's published figures of 2023 and 2024, by region and in every form."""

import csv
import io
from typing import Any

import httpx
import pytest

from app.database import Database
from app.seed import kukar_data
from tests.conftest import act_of
from tests.cooperatives.registering import faults

STATUS = "/v1/reports/idm-status"
PERIAN = "64.02.01.2001"


@pytest.fixture
async def kukar(database: Database) -> None:
    """The published IDM of Kukar's 193 desa."""
    await kukar_data.load_idm(database, act_of("seed"))


async def _get(client: httpx.AsyncClient, query: str = "") -> dict[str, Any]:
    answer = await client.get(f"{STATUS}?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def some(statuses: dict[str, int]) -> dict[str, int]:
    """The statuses that any village has."""
    return {name: many for name, many in statuses.items() if many}


@pytest.mark.parametrize(
    ("year", "statuses", "mean"),
    [
        (2023, {"mandiri": 76, "maju": 69, "berkembang": 48}, 0.7759),
        (2024, {"mandiri": 87, "maju": 83, "berkembang": 23}, 0.7969),
    ],
)
async def test_kukar_is_as_published(
    visitor: httpx.AsyncClient, kukar: None, year: int, statuses: dict[str, int], mean: float
) -> None:
    report = await _get(visitor, f"year={year}&region=64.02")

    total = report["total"]
    published = list(kukar_data.lines(f"idm_{year}.csv"))
    assert (report["year"], report["edition"], report["group_by"]) == (year, "idm-2016", "district")
    assert (total["desa"], total["measured"], total["without_idm"], total["status_unknown"]) == (
        193,
        193,
        0,
        0,
    )
    assert some(total["statuses"]) == statuses
    assert round(total["figures"]["idm"]["mean"], 4) == mean
    for name, figure in total["figures"].items():
        # Four decimals each, so the exact mean is a quotient of whole numbers.
        printed = [round(float(line[name]) * 10_000) for line in published]
        assert figure == {
            "villages": 193,
            "mean": sum(printed) / (193 * 10_000),
            "minimum": min(printed) / 10_000,
            "maximum": max(printed) / 10_000,
        }


async def test_districts_add_up_and_those_without_a_desa_are_not_there(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    report = await _get(visitor)

    districts = report["items"]
    assert report["year"] == 2024
    assert len(districts) == 18
    assert (districts[0]["code"], districts[0]["name"]) == ("64.02.01", "Muara Muntai")
    for name in ("desa", "measured", "without_idm", "status_unknown"):
        assert sum(one[name] for one in districts) == report["total"][name]
    for status, many in report["total"]["statuses"].items():
        assert sum(one["statuses"][status] for one in districts) == many


async def test_a_district_a_village_and_the_regency_are_told_alike(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    whole = await _get(visitor)
    district = await _get(visitor, "region=64.02.01")
    village = await _get(visitor, f"region={PERIAN}&year=2023")
    regency = await _get(visitor, "group_by=regency")

    assert district["items"] == whole["items"][:1]
    assert [(one["code"], one["measured"], one["desa"]) for one in village["items"]] == [("64.02.01", 1, 1)]
    assert some(village["total"]["statuses"]) == {"mandiri": 1}
    assert village["total"]["figures"]["iks"]["mean"] == 0.9143
    assert [(one["code"], one["name"]) for one in regency["items"]] == [
        ("64.02", "Kabupaten Kutai Kartanegara")
    ]
    assert {**regency["items"][0], "code": None, "name": None} == whole["total"]


async def test_a_year_nobody_was_measured_in_is_told_as_that(visitor: httpx.AsyncClient, kukar: None) -> None:
    before = await _get(visitor, "year=2016")
    nothing = await _get(visitor, "year=1990")
    elsewhere = await _get(visitor, "region=11")

    assert (before["edition"], before["total"]["measured"], before["total"]["without_idm"]) == (
        "idm-2016",
        0,
        193,
    )
    assert before["total"]["figures"]["idm"] == {
        "villages": 0,
        "mean": None,
        "minimum": None,
        "maximum": None,
    }
    assert nothing["edition"] is None
    assert (elsewhere["year"], elsewhere["edition"], elsewhere["items"]) == (None, None, [])
    assert (elsewhere["total"]["desa"], elsewhere["total"]["measured"]) == (0, 0)


async def test_a_register_without_any_year_says_which_desa_lack_one(visitor: httpx.AsyncClient) -> None:
    report = await _get(visitor)

    assert (report["year"], report["total"]["without_idm"]) == (None, 193)


async def test_what_is_not_published_counts_as_calculated(office: httpx.AsyncClient, kukar: None) -> None:
    rows = {"iks": [5] * 35, "ike": [5] * 12, "ikl": [5, 5, 3], "source": "Contoh"}
    put = await office.put(f"/v1/villages/{PERIAN}/idm/2020", json=rows)
    other = {"published": {"iks": 0.5, "status": "maju"}, "source": "Contoh"}
    await office.put("/v1/villages/64.02.01.2002/idm/2020", json={**rows, **other})
    await office.put(
        "/v1/villages/64.02.01.2003/idm/2020", json={"published": {"idm": 0.25}, "source": "Contoh"}
    )
    await office.put(
        "/v1/villages/64.02.01.2004/idm/2020", json={"published": {"ike": 0.25}, "source": "Contoh"}
    )

    line = (await _get(office, "year=2020"))["items"][0]

    assert put.status_code == 201, put.text
    assert (line["measured"], line["status_unknown"], line["without_idm"]) == (3, 1, line["desa"] - 3)
    assert some(line["statuses"]) == {"maju": 1, "mandiri": 1}
    # 6300 points less 2·140 are 6020; as published 0.25; the fourth has no IDM and no status.
    assert line["figures"]["idm"]["mean"] == (6020 + 6020 + 1575) / (3 * 6300)
    assert (line["figures"]["iks"]["mean"], line["figures"]["iks"]["villages"]) == (0.75, 2)


async def test_a_sheet_has_a_line_a_district_and_the_total_last(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    answer = await visitor.get(f"{STATUS}?format=csv")
    told = await _get(visitor)

    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(lines) == 19
    assert (lines[-1]["code"], lines[-1]["name"], lines[-1]["mandiri"]) == ("", "TOTAL", "87")
    assert (lines[0]["year"], lines[0]["edition"]) == ("2024", "idm-2016")
    assert float(lines[-1]["idm_mean"]) == told["total"]["figures"]["idm"]["mean"]


async def test_a_report_that_has_not_changed_is_not_sent_again(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    first = await visitor.get(STATUS)

    again = await visitor.get(STATUS, headers={"if-none-match": first.headers["etag"]})

    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("year=dua", [("/query/year", "value.integer")]),
        ("year=3000", [("/query/year", "value.too_large")]),
        (
            "region=6403010001&group_by=village",
            [("/query/region", "code.bps"), ("/query/group_by", "value.choice")],
        ),
        ("as_of=2024-01-01", [("/query/as_of", "field.unknown")]),
    ],
)
async def test_what_the_report_cannot_answer_is_told(
    visitor: httpx.AsyncClient, query: str, wrong: list[tuple[str, str]]
) -> None:
    answer = await visitor.get(f"{STATUS}?{query}")

    assert answer.status_code == 422
    assert sorted(faults(answer)) == sorted(wrong)
