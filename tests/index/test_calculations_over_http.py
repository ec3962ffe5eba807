"""POST /v1/idm/calculations: exact, stateless, for anybody, and every fault at its own row."""

import math
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.conftest import Callers, Templates
from tests.index.told import faults, rows
from tests.index.village_years import VILLAGE_YEARS, VillageYear

ADDRESS = "/v1/idm/calculations"


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


async def test_a_stranger_may_calculate_even_where_reading_needs_a_token(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(ADDRESS, json=rows("Perian"))

    assert answer.status_code == 200
    assert (await visitor.get("/v1/villages")).status_code == 401


async def test_where_nobody_is_asked_for_a_token_a_wrong_one_changes_nothing(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.post(ADDRESS, json=rows("Perian"), headers={"authorization": "Bearer nonsense"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "record",
    [record for record in VILLAGE_YEARS.values() if record.target_status and record.year < 2024],
    ids=lambda record: record.village,
)
async def test_the_published_figures_are_reproduced(visitor: httpx.AsyncClient, record: VillageYear) -> None:
    answer = (await visitor.post(ADDRESS, json=rows(record.village))).json()

    for name in ("iks", "ike", "ikl", "idm"):
        assert math.isclose(answer[name], getattr(record.published, name), rel_tol=0, abs_tol=1e-9)
    assert (answer["status"], answer["target_status"]) == (record.published.status, record.target_status)
    assert answer["target_score"] == record.target_score
    assert record.increase_needed is not None
    assert math.isclose(answer["increase_needed"], record.increase_needed, rel_tol=0, abs_tol=1e-9)


async def test_the_answer_has_all_fifty_indicators_in_official_order(visitor: httpx.AsyncClient) -> None:
    answer = (await visitor.post(ADDRESS, json=rows("Perian"))).json()

    numbers = {"iks": 35, "ike": 12, "ikl": 3}
    ids = [f"{name}_{number:02}" for name, most in numbers.items() for number in range(1, most + 1)]
    assert [row["id"] for row in answer["indicators"]] == ids
    assert [row["score"] for row in answer["indicators"]] == [
        s for part in rows("Perian").values() for s in part
    ]
    assert answer["edition"] == "idm-2016"
    assert answer["idm"] == 5770 / 6300


async def test_texts_are_in_the_callers_language(visitor: httpx.AsyncClient) -> None:
    english = await visitor.post(ADDRESS, json=rows("Perian"), headers={"accept-language": "en"})
    indonesian = await visitor.post(ADDRESS, json=rows("Perian"), headers={"accept-language": "id"})

    assert english.json()["dimensions"][0]["name"] == "Social resilience"
    assert indonesian.json()["dimensions"][0]["name"] == "Ketahanan sosial"
    assert (english.headers["content-language"], indonesian.headers["content-language"]) == ("en", "id")
    assert "accept-language" in english.headers["vary"].lower()


async def test_nothing_is_stored_so_the_same_key_may_calculate_another_village(
    visitor: httpx.AsyncClient,
) -> None:
    key = {"idempotency-key": "one key"}
    first = await visitor.post(ADDRESS, json=rows("Perian"), headers=key)

    second = await visitor.post(ADDRESS, json=rows("Jongkang"), headers=key)

    assert second.status_code == 200
    assert second.json()["idm"] != first.json()["idm"]
    assert second.headers["cache-control"] == "no-store"
    assert "location" not in second.headers
    assert "idempotent-replayed" not in second.headers


async def test_every_fault_is_named_at_its_own_row(visitor: httpx.AsyncClient) -> None:
    iks: list[Any] = rows("Perian")["iks"]
    iks[0], iks[1], iks[2], iks[15], iks[34] = 9, True, 2.0, 1, -1

    answer = await visitor.post(
        ADDRESS, json={"iks": iks, "ike": [5] * 11, "ikl": ["5", None, 1], "note": ""}
    )

    assert answer.status_code == 422
    assert faults(answer) == [
        ("/iks/0", "idm.score_outside_rubric"),
        ("/iks/1", "value.integer"),
        ("/iks/2", "value.integer"),
        ("/iks/15", "idm.score_outside_rubric"),
        ("/iks/34", "idm.score_outside_rubric"),
        ("/ike", "idm.rows"),
        ("/ikl/0", "value.integer"),
        ("/ikl/1", "value.integer"),
        ("/ikl/2", "idm.score_outside_rubric"),
        ("/note", "field.unknown"),
    ]


async def test_an_inadmissible_score_is_told_with_what_its_indicator_knows(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.post(ADDRESS, json=rows("Badak Mekar"), headers={"accept-language": "id"})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "pointer": "/iks/15",
            "code": "idm.score_outside_rubric",
            "message": "iks_16 hanya dapat bernilai salah satu dari 0, 3, 5.",
        }
    ]


@pytest.mark.parametrize("length", [0, 34, 36, 5000])
async def test_a_list_of_another_length_is_told_what_length_is_expected(
    visitor: httpx.AsyncClient, length: int
) -> None:
    answer = await visitor.post(ADDRESS, json={**rows("Perian"), "iks": [7] * length})

    assert faults(answer) == [("/iks", "idm.rows")]
    assert "35" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "value", [None, "5" * 35, 5, {"iks_01": 5}], ids=["null", "text", "number", "object"]
)
async def test_rows_that_are_no_list_are_refused(visitor: httpx.AsyncClient, value: object) -> None:
    answer = await visitor.post(ADDRESS, json={**rows("Perian"), "iks": value})

    assert faults(answer) == [("/iks", "value.list")]


async def test_a_missing_dimension_is_required(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(ADDRESS, json={})

    assert faults(answer) == [(f"/{name}", "field.required") for name in ("iks", "ike", "ikl")]
