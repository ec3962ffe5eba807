"""Trained against untrained villages: refused for Kukar's two, computed where there are enough, never a cause."""

import csv
import io
from typing import Any

import httpx
import pytest

from app.database import Database
from app.reports.welch import difference
from app.seed import kukar_data, register
from tests.conftest import act_of

IMPACT = "/v1/reports/training-impact"
PERIOD = "from=2023&to=2024"


@pytest.fixture
async def kukar(database: Database) -> None:
    """The published IDM of Kukar's 193 desa, and the two trainings that were reported."""
    await kukar_data.load_idm(database, act_of("seed"))
    await register.load_trainings(database, act_of("seed"), kukar_data.reported()["trainings"])


async def _get(client: httpx.AsyncClient, query: str = PERIOD, **headers: str) -> dict[str, Any]:
    answer = await client.get(f"{IMPACT}?{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def _train(office: httpx.AsyncClient, codes: list[str], **more: Any) -> None:
    for code in codes:
        training = {
            "title": "Contoh",
            "focus": "lainnya",
            "village_code": code,
            "year": 2024,
            "status": "selesai",
        }
        answer = await office.post("/v1/trainings", json={**training, **more})
        assert answer.status_code == 201, answer.text


async def test_two_villages_are_too_few_to_speak_of(visitor: httpx.AsyncClient, kukar: None) -> None:
    report = await _get(visitor)
    indonesian = await _get(visitor, **{"accept-language": "id"})

    assert (report["trained"], report["untrained"]) == ({"villages": 2}, {"villages": 191})
    assert (report["effect"], report["minimum"], report["edition"]) == (None, 10, "idm-2016")
    assert report["refusal"]["code"] == indonesian["refusal"]["code"] == "training_impact.too_few"
    assert "there are 2 with a training and 191 without" in report["refusal"]["text"]
    assert "ada 2 desa dengan pelatihan dan 191 tanpa" in indonesian["refusal"]["text"]
    assert "proves no cause" in report["note"]
    assert "bukan bukti" in indonesian["note"]


async def test_enough_villages_are_compared_with_all_others(office: httpx.AsyncClient, kukar: None) -> None:
    then, later = (
        {line["code"]: line for line in kukar_data.lines(f"idm_{year}.csv")} for year in (2023, 2024)
    )
    trained = sorted(then)[:12]
    await _train(office, trained)
    await _train(office, trained[:2])

    report = await _get(office)

    seeded = {"64.02.04.2006", "64.02.13.2016"}
    assert (report["trained"], report["untrained"]) == ({"villages": 14}, {"villages": 179})
    assert (report["refusal"], report["confidence"]) == (None, 0.95)
    for index in ("ike", "idm"):
        moved = {
            code: (round(float(later[code][index]) * 10_000) - round(float(then[code][index]) * 10_000))
            / 10_000
            for code in then
        }
        held = seeded.union(trained)
        expected = difference(
            [moved[code] for code in held], [moved[code] for code in moved if code not in held]
        )
        assert report["effect"][index] == pytest.approx(
            dict(zip(("trained", "untrained", "difference", "low", "high"), expected, strict=True)), abs=1e-12
        )


async def test_what_was_not_held_between_the_years_does_not_count(
    office: httpx.AsyncClient, kukar: None
) -> None:
    codes = [line["code"] for line in kukar_data.lines("idm_2024.csv")][:12]
    await _train(office, codes, year=2023)
    await _train(office, codes, year=2025)
    await _train(office, codes, status="dibatalkan")

    report = await _get(office)

    assert report["trained"] == {"villages": 2}


async def test_only_villages_of_the_region_with_both_years_are_in_it(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    anggana = await _get(visitor, f"{PERIOD}&region=64.02.04")
    before = await _get(visitor, "from=2022&to=2023")

    assert (anggana["trained"], anggana["untrained"]) == ({"villages": 1}, {"villages": 7})
    assert (before["trained"], before["untrained"]) == ({"villages": 0}, {"villages": 0})
    assert before["refusal"]["code"] == "training_impact.too_few"


async def test_a_sheet_has_a_line_an_index_and_says_why_there_are_no_figures(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    answer = await visitor.get(f"{IMPACT}?{PERIOD}&format=csv", headers={"accept-language": "id"})
    told = await visitor.get(f"{IMPACT}?{PERIOD}")

    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(one["index"], one["trained_villages"], one["difference"]) for one in lines] == [
        ("ike", "2", ""),
        ("idm", "2", ""),
    ]
    assert lines[0]["refusal"].startswith("Setiap kelompok")
    assert answer.headers["content-language"] == "id"
    assert "Accept-Language" in told.headers["vary"]
