"""Plans over HTTP: one call, an answer that can be read, every fault at once, and nothing stored."""

from typing import Any

import httpx
import pytest

from app.index.editions import EDITIONS
from app.seed import kukar_data
from tests.conftest import Callers
from tests.index.told import (
    BADAK_MEKAR,
    ITS_OLD_CODE,
    KEDANG_IPIL,
    PERIAN,
    at,
    faults,
    only_published,
    record,
    rows,
)

MUHURAN = "64.02.08.2008"
BY_EDITION = "/v1/index-editions/idm-2016/plans"


def plans_of(code: str, year: int = 2024) -> str:
    """The address that plans for a village's year."""
    return f"{at(code, year)}/plans"


@pytest.fixture
async def muhuran(office: httpx.AsyncClient) -> str:
    """Where plans for Muhuran are asked for, its official rows of 2024 being stored."""
    told = kukar_data.idm_years()[MUHURAN][2024].model_dump(exclude_none=True)
    assert (await office.put(at(MUHURAN, 2024), json=told)).status_code == 201
    return plans_of(MUHURAN)


async def test_the_cheapest_way_to_maju_with_village_funds_is_one_call(
    muhuran: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.post(muhuran, json={"target_status": "maju", "payers": ["dana_desa"]})

    told = answer.json()
    (best,) = told.pop("plans")
    (change,) = best.pop("changes")
    assert answer.status_code == 200
    assert told == {
        "edition": "idm-2016",
        "village_code": MUHURAN,
        "village_name": "Muhuran",
        "year": 2024,
        "audit": {"consistent": True},
        "idm": 4404 / 6300,
        "status": "berkembang",
        "target_status": "maju",
        "reachable": True,
        "proof": {"optimal": True, "unit": "indicators", "bound": 1},
        "unpriced": [],
        "reason": None,
    }
    assert best == {
        "summary": "Credit facilities from 3 to 5: IDM 0.6990 → 0.7102, Advanced.",
        "indicators": 1,
        "points": 2,
        "cost_idr": None,
        "idm": 4474 / 6300,
        "status": "maju",
    }
    assert {name: change[name] for name in ("indicator", "from", "to", "gain", "cost_idr", "payer")} == {
        "indicator": "ike_08",
        "from": 3,
        "to": 5,
        "gain": 70 / 6300,
        "cost_idr": None,
        "payer": "dana_desa",
    }
    assert (change["now"], change["goal"]) == (
        "Two credit facilities are available.",
        "Four credit facilities are available.",
    )


async def test_texts_are_in_the_callers_language(muhuran: str, visitor: httpx.AsyncClient) -> None:
    wish = {"target_status": "maju", "costs": {"ike_08": {"4": 30_000_000, "5": 70_000_000}}, "budget_idr": 1}

    answer = await visitor.post(muhuran, json=wish, headers={"accept-language": "id"})

    assert answer.headers["content-language"] == "id"
    assert answer.json()["plans"][0]["summary"].startswith("Tidak ada yang perlu diubah: IDM 0.6990")
    assert answer.json()["reason"]["text"].startswith("Maju memerlukan paling sedikit Rp70.000.000")


async def test_with_costs_the_cheapest_and_its_alternatives_are_given(
    muhuran: str, visitor: httpx.AsyncClient
) -> None:
    costs = {"ike_08": {"4": 30_000_000, "5": 70_000_000}, "iks_14": 9_000_000, "ike_12": 20_000_000}

    told = (
        await visitor.post(muhuran, json={"target_status": "maju", "costs": costs, "alternatives": 3})
    ).json()

    moved = [[(one["indicator"], one["to"]) for one in plan["changes"]] for plan in told["plans"]]
    assert moved == [[("ike_12", 3)], [("iks_14", 5), ("ike_08", 4)], [("ike_08", 5)]]
    assert [plan["cost_idr"] for plan in told["plans"]] == [40_000_000, 66_000_000, 70_000_000]
    assert told["proof"] == {"optimal": True, "unit": "idr", "bound": 40_000_000}
    assert "ike_08" not in told["unpriced"]
    assert "iks_02" in told["unpriced"]
    assert told["plans"][0]["summary"].endswith("; Rp40,000,000.")


async def test_within_a_budget_that_is_too_small_the_furthest_plan_and_the_reason_are_given(
    muhuran: str, visitor: httpx.AsyncClient
) -> None:
    costs = {"ike_08": {"4": 30_000_000, "5": 70_000_000}, "ike_12": 100_000_000}
    wish = {"target_status": "maju", "costs": costs, "budget_idr": 50_000_000}

    told = (await visitor.post(muhuran, json=wish)).json()

    (furthest,) = told["plans"]
    assert told["reachable"] is False
    assert [(one["indicator"], one["to"], one["cost_idr"]) for one in furthest["changes"]] == [
        ("ike_08", 4, 30_000_000)
    ]
    assert furthest["status"] == "berkembang"
    assert told["proof"]["bound"] == 70_000_000
    assert told["reason"]["code"] == "plan.over_budget"
    assert "Rp20,000,000 more than the budget" in told["reason"]["text"]


async def test_what_the_payers_cannot_reach_is_said_with_the_best_they_can_do(
    muhuran: str, visitor: httpx.AsyncClient
) -> None:
    told = (
        await visitor.post(
            muhuran, json={"target_status": "mandiri", "payers": ["apbn"], "exclude": ["ikl_03"]}
        )
    ).json()

    assert (told["reachable"], told["proof"]["bound"], len(told["plans"])) == (False, None, 1)
    assert {one["payer"] for one in told["plans"][0]["changes"]} == {"apbn"}
    assert told["reason"]["code"] == "plan.too_few_rows"


async def test_a_village_at_the_target_has_nothing_to_do(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    told = (await visitor.post(plans_of(PERIAN), json={"target_status": "maju"})).json()

    assert (told["status"], told["reachable"], told["proof"]["bound"]) == ("mandiri", True, 0)
    assert [(plan["changes"], plan["indicators"], plan["points"]) for plan in told["plans"]] == [([], 0, 0)]


async def test_a_score_outside_the_rubric_may_rise_to_any_higher_one(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await office.put(at(BADAK_MEKAR, 2024), json=record("Badak Mekar"))
    others = [row.id for row in EDITIONS["idm-2016"].indicators if row.id != "iks_16"]

    wish = {"target_status": "mandiri", "exclude": others, "costs": {"iks_16": {"0": 1, "3": 2}}}
    told = (await visitor.post(plans_of(BADAK_MEKAR), json=wish)).json()

    assert told["unpriced"] == []
    assert [(one["from"], one["to"], one["now"]) for one in told["plans"][0]["changes"]] in (
        [],
        [(1, 3, None)],
    )


async def test_every_fault_of_a_wish_is_named_at_once(muhuran: str, visitor: httpx.AsyncClient) -> None:
    wish: dict[str, Any] = {
        "target_status": "kaya",
        "costs": {
            "ike_99": 1,
            "iks_02": {"3": 1, "5": -1},
            "ike_08": -1,
            "ike_09": "a lot",
            "ike_10": {"5": 1.5},
            "ike_11": 10**13,
        },
        "payers": ["dana_desa", "arisan", "dana_desa"],
        "exclude": ["iks_01", "iks_36", 7],
        "budget_idr": -1,
        "alternatives": 6,
        "today": True,
    }

    answer = await visitor.post(muhuran, json=wish)

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/target_status", "value.choice"),
        ("/costs/ike_99", "plan.unknown_indicator"),
        ("/costs/iks_02/3", "idm.score_outside_rubric"),
        ("/costs/iks_02/5", "value.too_small"),
        ("/costs/ike_08", "value.too_small"),
        ("/costs/ike_09", "plan.price"),
        ("/costs/ike_10/5", "value.integer"),
        ("/costs/ike_11", "value.too_large"),
        ("/payers/1", "value.choice"),
        ("/exclude/1", "plan.unknown_indicator"),
        ("/exclude/2", "value.text"),
        ("/budget_idr", "value.too_small"),
        ("/alternatives", "value.too_large"),
        ("/today", "field.unknown"),
    }


@pytest.mark.parametrize(
    ("wish", "wrong"),
    [
        ({"target_status": "maju", "budget_idr": 5}, ("/budget_idr", "plan.budget_without_costs")),
        ({"target_status": "maju", "payers": []}, ("/payers", "list.too_short")),
        ({"target_status": "maju", "payers": ["csr", "csr"]}, ("/payers/1", "list.repeated")),
        ({"target_status": "maju", "exclude": ["iks_01", "iks_01"]}, ("/exclude/1", "list.repeated")),
        ({"target_status": "maju", "costs": [1]}, ("/costs", "value.object")),
        ({"target_status": "maju", "exclude": "iks_01"}, ("/exclude", "value.list")),
        ({"payers": ["csr"]}, ("/target_status", "field.required")),
        ([], ("", "value.object")),
    ],
)
async def test_a_wish_that_cannot_be_granted_says_where(
    muhuran: str, visitor: httpx.AsyncClient, wish: Any, wrong: tuple[str, str]
) -> None:
    assert faults(await visitor.post(muhuran, json=wish)) == [wrong]


async def test_only_a_year_with_rows_can_be_planned_for(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await office.put(at(PERIAN, 2023), json=only_published(0.9159, "mandiri"))
    wish = {"target_status": "mandiri"}

    told = [await visitor.post(plans_of(PERIAN, year), json=wish) for year in (2023, 2022)]
    nowhere = await visitor.post(plans_of("64.02.04.2999"), json=wish)

    assert [(one.status_code, one.json()["code"]) for one in (*told, nowhere)] == [
        (409, "idm_record.no_rows"),
        (404, "idm_record.not_found"),
        (404, "village.not_found"),
    ]


async def test_a_retired_code_is_understood(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    await office.put(at(KEDANG_IPIL, 2024), json=record("Perian"))

    told = await visitor.post(plans_of(ITS_OLD_CODE), json={"target_status": "mandiri"})

    assert (told.status_code, told.json()["village_code"]) == (200, KEDANG_IPIL)


async def test_nothing_is_stored_and_viewers_may_ask(muhuran: str, callers: Callers) -> None:
    viewer = await callers.holding("viewer")

    first, second = [await viewer.post(muhuran, json={"target_status": "mandiri"}) for _ in range(2)]

    assert first.content == second.content
    assert (await viewer.get(at(MUHURAN, 2024))).json()["version"] == 1


async def test_scores_that_are_not_stored_are_planned_for_by_their_edition(
    muhuran: str, visitor: httpx.AsyncClient
) -> None:
    scores = (await visitor.get(at(MUHURAN, 2024))).json()["scores"]
    wish = {"target_status": "maju", "payers": ["dana_desa"], "alternatives": 2}

    stored = (await visitor.post(muhuran, json=wish)).json()
    told = (await visitor.post(BY_EDITION, json={**wish, "scores": scores})).json()

    assert (told["index"], told["value"]) == ("idm", stored["idm"])
    assert [plan["changes"] for plan in told["plans"]] == [plan["changes"] for plan in stored["plans"]]
    assert [plan["value"] for plan in told["plans"]] == [plan["idm"] for plan in stored["plans"]]


async def test_indeks_desa_is_planned_for_by_the_same_question(visitor: httpx.AsyncClient) -> None:
    edition = EDITIONS["indeks-desa-2025"]
    scores = {one.id: [1] * (one.rows.stop - one.rows.start) for one in edition.dimensions}
    wish = {"scores": scores, "target_status": "maju"}
    address = "/v1/index-editions/indeks-desa-2025/plans"

    told = (await visitor.post(address, json=wish)).json()
    paid = await visitor.post(address, json={**wish, "payers": ["dana_desa"]})

    (best,) = told["plans"]
    assert (told["status"], best["status"], best["value"]) == ("sangat_tertinggal", "maju", 441 / 635)
    assert best["points"] == 441 - 127
    assert faults(paid) == [("/payers", "plan.nobody_named")]


async def test_rows_that_can_only_rise_with_others_are_warned_of(visitor: httpx.AsyncClient) -> None:
    edition = EDITIONS["indeks-desa-2025"]
    scores = {one.id: [1] * (one.rows.stop - one.rows.start) for one in edition.dimensions}
    wish = {"scores": scores, "target_status": "mandiri", "exclude": ["ld_16"]}

    told = (await visitor.post("/v1/index-editions/indeks-desa-2025/plans", json=wish)).json()

    (best,) = told["plans"]
    assert "no_doctor" in [warning["rule"] for warning in best["warnings"]]


async def test_every_fault_of_scores_and_wish_is_named_at_once(visitor: httpx.AsyncClient) -> None:
    scores = {**rows("Perian"), "iks": [5] * 34, "ikl": [1, 5, 5], "idm": [5]}
    scores.pop("ike")
    wish = {"scores": scores, "target_status": "kaya", "exclude": ["iks_36"], "budget_idr": 3}

    answer = await visitor.post(BY_EDITION, json=wish)
    elsewhere = await visitor.post("/v1/index-editions/idm-1945/plans", json=wish)

    assert set(faults(answer)) == {
        ("/scores/iks", "index_edition.rows"),
        ("/scores/ike", "field.required"),
        ("/scores/ikl/0", "index_edition.score_outside_rubric"),
        ("/scores/idm", "field.unknown"),
        ("/target_status", "value.choice"),
        ("/exclude/0", "plan.unknown_indicator"),
        ("/budget_idr", "plan.budget_without_costs"),
    }
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "index_edition.not_found")
