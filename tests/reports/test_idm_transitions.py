"""Who rose and who fell: Kukar from 2023 to 2024, and what cannot be compared."""

import csv
import io
from typing import Any

import httpx
import pytest

from app.database import Database
from app.seed import kukar_data
from tests.conftest import act_of
from tests.cooperatives.registering import faults

TRANSITIONS = "/v1/reports/idm-transitions"
PERIOD = "from=2023&to=2024"
MUARA_MUNTAI = "64.02.01"


@pytest.fixture
async def kukar(database: Database) -> None:
    """The published IDM of Kukar's 193 desa."""
    await kukar_data.load_idm(database, act_of("seed"))


async def _get(client: httpx.AsyncClient, query: str = PERIOD) -> dict[str, Any]:
    answer = await client.get(f"{TRANSITIONS}?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_kukar_rose_as_published(visitor: httpx.AsyncClient, kukar: None) -> None:
    report = await _get(visitor)

    total = report["total"]
    assert (report["from"], report["to"], report["edition"]) == (2023, 2024, "idm-2016")
    assert total["matrix"] == {
        "berkembang": {"berkembang": 23, "maju": 25},
        "maju": {"maju": 58, "mandiri": 11},
        "mandiri": {"mandiri": 76},
    }
    assert [total[name] for name in ("villages", "risen", "unchanged", "fallen")] == [193, 36, 157, 0]
    assert [total[name] for name in ("only_from", "only_to", "status_unknown")] == [0, 0, 0]
    then, later = (
        {line["code"]: line for line in kukar_data.lines(f"idm_{year}.csv")} for year in (2023, 2024)
    )
    for index, change in total["changes"].items():
        moved = sum(
            round(float(later[code][index]) * 10_000) - round(float(then[code][index]) * 10_000)
            for code in then
        )
        assert change == {"villages": 193, "mean": moved / (193 * 10_000)}


async def test_districts_add_up_to_the_total_and_so_do_regencies(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    report = await _get(visitor)
    regency = await _get(visitor, f"{PERIOD}&group_by=regency")
    district = await _get(visitor, f"{PERIOD}&region={MUARA_MUNTAI}")

    assert len(report["items"]) == 18
    for name in ("villages", "risen", "unchanged", "fallen", "only_from", "only_to"):
        assert sum(one[name] for one in report["items"]) == report["total"][name]
    assert [{**one, "code": None, "name": None} for one in regency["items"]] == [report["total"]]
    assert district["items"] == report["items"][:1]
    assert {**district["total"], "code": MUARA_MUNTAI, "name": "Muara Muntai"} == report["items"][0]


async def test_a_village_with_one_of_the_years_is_counted_apart(
    office: httpx.AsyncClient, kukar: None
) -> None:
    villages = [f"{MUARA_MUNTAI}.200{number}" for number in (1, 2, 3)]
    await office.delete(f"/v1/villages/{villages[0]}/idm/2023")
    await office.delete(f"/v1/villages/{villages[1]}/idm/2024")
    statusless = {"published": {"idm": 0.5}, "source": "Contoh"}
    await office.put(f"/v1/villages/{villages[2]}/idm/2024", json=statusless)

    (line,) = (await _get(office, f"{PERIOD}&region={MUARA_MUNTAI}"))["items"]

    assert (line["only_from"], line["only_to"], line["status_unknown"]) == (1, 1, 1)
    assert line["villages"] == line["risen"] + line["unchanged"] + line["fallen"] + 1
    assert line["changes"]["idm"]["villages"] == line["villages"]
    assert line["changes"]["ike"]["villages"] == line["villages"] - 1


async def test_who_falls_is_counted_as_fallen(office: httpx.AsyncClient, kukar: None) -> None:
    lower = {"published": {"idm": 0.4, "status": "sangat_tertinggal"}, "source": "Contoh"}
    await office.put(f"/v1/villages/{MUARA_MUNTAI}.2001/idm/2024", json=lower)

    total = (await _get(office))["total"]

    assert (total["fallen"], total["matrix"]["mandiri"]) == (1, {"sangat_tertinggal": 1, "mandiri": 75})


async def test_years_nobody_was_measured_in_give_an_empty_report(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    report = await _get(visitor, "from=2017&to=2018")

    assert (report["items"], report["total"]["villages"], report["total"]["matrix"]) == ([], 0, {})
    assert report["total"]["changes"]["idm"] == {"villages": 0, "mean": None}


async def test_a_sheet_has_a_column_for_each_move(visitor: httpx.AsyncClient, kukar: None) -> None:
    answer = await visitor.get(f"{TRANSITIONS}?{PERIOD}&format=csv")

    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(lines) == 19
    assert (lines[-1]["name"], lines[-1]["from"], lines[-1]["to"]) == ("TOTAL", "2023", "2024")
    assert (lines[-1]["berkembang_to_maju"], lines[-1]["maju_to_berkembang"]) == ("25", "0")
    assert float(lines[-1]["idm_change"]) > 0


@pytest.mark.parametrize("report", ["idm-transitions", "training-impact"])
@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", [("/query/from", "field.required"), ("/query/to", "field.required")]),
        ("from=dua&to=2024", [("/query/from", "value.integer")]),
        ("from=2024&to=2024", [("/query/to", "report.years_order")]),
        ("from=2024&to=2023", [("/query/to", "report.years_order")]),
        ("from=2024&to=2025", [("/query/to", "report.editions_differ")]),
        ("from=2015&to=2024", [("/query/to", "report.editions_differ")]),
        ("from=2025&to=2024", [("/query/to", "report.years_order"), ("/query/to", "report.editions_differ")]),
        ("from=2023&to=2024&year=2024", [("/query/year", "field.unknown")]),
    ],
)
async def test_what_cannot_be_compared_is_told(
    visitor: httpx.AsyncClient, report: str, query: str, wrong: list[tuple[str, str]]
) -> None:
    answer = await visitor.get(f"/v1/reports/{report}?{query}")

    assert answer.status_code == 422
    assert sorted(faults(answer)) == sorted(wrong)
