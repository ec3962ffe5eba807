"""POST /v1/index-editions/{edition}/calculations: any edition, stateless, for anybody, every fault at its own row."""

import math
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.conftest import Callers, Templates
from tests.index.indeks_desa import HIGHEST, INDEKS_DESA, LOWEST, VILLAGES, Village, told, with_scores
from tests.index.told import faults, rows

ADDRESS = "/v1/index-editions/indeks-desa-2025/calculations"
OF_IDM = "/v1/index-editions/idm-2016/calculations"


@pytest.fixture
async def visitor(templates: Templates) -> AsyncIterator[httpx.AsyncClient]:
    """Anybody, where even reading needs a token; nothing is stored, so one engine tells it all."""
    url = templates.fresh("sqlite")
    app = create_app(Settings(database_url=url, public_read=False))
    async with app.router.lifespan_context(app):
        callers = Callers(app)
        yield callers.anybody()
        await callers.leave()
    templates.drop(url)


@pytest.mark.parametrize("village", VILLAGES, ids=lambda village: f"{village.points} points")
async def test_a_stranger_gets_the_index_of_a_real_village(
    visitor: httpx.AsyncClient, village: Village
) -> None:
    answer = await visitor.post(ADDRESS, json={"scores": told(village.scores)})

    figures = answer.json()
    assert answer.status_code == 200
    assert (figures["edition"], figures["index"]) == ("indeks-desa-2025", "indeks_desa")
    assert (figures["points"], figures["total"], figures["status"]) == (village.points, 635, village.status)
    assert figures["value"] == village.points / 635
    assert tuple(dimension["sum"] for dimension in figures["dimensions"]) == village.sums
    assert [row["id"] for row in figures["indicators"]] == list(INDEKS_DESA.position)
    assert tuple(warning["rule"] for warning in figures["warnings"]) == village.broken


async def test_the_next_status_and_what_it_needs_are_told(visitor: httpx.AsyncClient) -> None:
    figures = (await visitor.post(ADDRESS, json={"scores": told(LOWEST.scores)})).json()

    assert (figures["status"], figures["target_status"]) == ("tertinggal", "berkembang")
    assert figures["target_score"] == 0.5739
    assert figures["increase_needed"] == 0.5739 - 335 / 635


async def test_a_contradiction_is_a_warning_in_the_callers_language(visitor: httpx.AsyncClient) -> None:
    scores = told(with_scores(HIGHEST.scores, {"ek_27": 1}))

    answer = await visitor.post(ADDRESS, json={"scores": scores}, headers={"accept-language": "id"})

    assert answer.status_code == 200
    assert answer.headers["content-language"] == "id"
    assert answer.json()["warnings"] == [
        {
            "rule": "no_bank",
            "indicators": ["ek_28"],
            "expected": [1],
            "message": "Tanpa layanan bank, baris yang bergantung padanya bernilai 1.",
        }
    ]


async def test_the_idm_is_the_same_by_either_address(visitor: httpx.AsyncClient) -> None:
    general = (await visitor.post(OF_IDM, json={"scores": rows("Perian")})).json()
    special = (await visitor.post("/v1/idm/calculations", json=rows("Perian"))).json()

    assert general["value"] == special["idm"]
    assert math.isclose(general["points"] / general["total"], special["idm"])
    for name in ("edition", "status", "target_status", "target_score", "increase_needed"):
        assert general[name] == special[name]
    assert general["dimensions"] == special["dimensions"]
    assert general["indicators"] == special["indicators"]
    assert general["warnings"] == []


async def test_every_fault_is_named_at_its_own_row(visitor: httpx.AsyncClient) -> None:
    scores: dict[str, Any] = told(HIGHEST.scores)
    scores["layanan_dasar"][0], scores["layanan_dasar"][10] = 0, 3
    scores["sosial"] = [5]
    scores["ekonomi"] = "5" * 32
    scores["aksesibilitas"][2] = None
    scores["iks"] = [5] * 35
    del scores["tata_kelola"]

    answer = await visitor.post(ADDRESS, json={"scores": scores})

    assert answer.status_code == 422
    assert faults(answer) == [
        ("/scores/layanan_dasar/0", "index_edition.score_outside_rubric"),
        ("/scores/layanan_dasar/10", "index_edition.score_outside_rubric"),
        ("/scores/sosial", "index_edition.rows"),
        ("/scores/ekonomi", "value.list"),
        ("/scores/aksesibilitas/2", "value.integer"),
        ("/scores/tata_kelola", "field.required"),
        ("/scores/iks", "field.unknown"),
    ]
    messages = {fault["pointer"]: fault["message"] for fault in answer.json()["errors"]}
    assert messages["/scores/layanan_dasar/10"] == "ld_11 can only have one of the scores 1, 5."
    assert "17" in messages["/scores/sosial"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("/scores", "field.required")]),
        ({"scores": [5] * 127}, [("/scores", "value.object")]),
        ({"scores": None}, [("/scores", "value.object")]),
        ({"scores": {}, "sosial": []}, [("/sosial", "field.unknown")]),
    ],
)
async def test_a_body_of_another_shape_is_refused(
    visitor: httpx.AsyncClient, body: object, expected: list[tuple[str, str]]
) -> None:
    answer = await visitor.post(ADDRESS, json=body)

    assert answer.status_code == 422
    assert faults(answer) == expected


async def test_an_edition_that_was_never_published_calculates_nothing(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/v1/index-editions/idm-1945/calculations", json={"scores": {}})

    assert answer.status_code == 404
    assert answer.json()["code"] == "index_edition.not_found"


async def test_the_scores_of_one_edition_are_never_taken_by_another(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(ADDRESS, json={"scores": rows("Perian")})

    assert answer.status_code == 422
    assert {code for _, code in faults(answer)} == {"field.required", "field.unknown"}


async def test_nothing_is_stored(visitor: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "one key"}
    await visitor.post(ADDRESS, json={"scores": told(LOWEST.scores)}, headers=key)

    second = await visitor.post(ADDRESS, json={"scores": told(HIGHEST.scores)}, headers=key)

    assert second.json()["points"] == HIGHEST.points
    assert second.headers["cache-control"] == "no-store"
    assert "idempotent-replayed" not in second.headers
