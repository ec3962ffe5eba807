"""A simulation over HTTP: before and after, what moved, and the ranks among neighbours; nothing is stored."""

from typing import Any

import httpx
import pytest

from tests.index.told import (
    ITS_OLD_CODE,
    JAHAB,
    KEDANG_IPIL,
    PERIAN,
    SEPATIN,
    at,
    faults,
    only_published,
    record,
    rows,
)

NEIGHBOUR, ANOTHER, THIRD = "64.02.01.2002", "64.02.01.2003", "64.02.01.2004"


def simulations(code: str, year: int | str = 2024) -> str:
    """Where a village's year is simulated."""
    return f"{at(code, year)}/simulations"


async def told(client: httpx.AsyncClient, changes: dict[str, Any], code: str = PERIAN) -> dict[str, Any]:
    """What a simulation of 2024 answers."""
    answer = await client.post(simulations(code), json={"changes": changes})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def ranks(side: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Region, rank and number of each level."""
    return [(one["region"], one["rank"], one["of"]) for one in side["ranks"].values()]


async def test_every_figure_is_told_before_and_after(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    stored = (await office.put(at(PERIAN, 2024), json=record("Perian"))).json()
    scores = rows("Perian")
    scores["ikl"][0], scores["ike"][8] = 2, 3
    calculated = (await visitor.post("/v1/idm/calculations", json=scores)).json()

    body = await told(visitor, {"ikl_01": 2, "ike_09": 3, "iks_01": 5})

    shown = (*("iks", "ike", "ikl", "idm", "status", "target_status", "target_score", "increase_needed"),)
    assert {name: body["before"][name] for name in shown} == {name: stored[name] for name in shown}
    assert {name: body["after"][name] for name in shown} == {name: calculated[name] for name in shown}
    assert (body["before"]["points"], body["after"]["points"]) == (5770, 5770 - 2 * 140 - 2 * 35)
    assert [(one["indicator"], one["from"], one["to"], one["points"]) for one in body["changes"]] == [
        ("ike_09", 5, 3, -70),
        ("ikl_01", 4, 2, -280),
    ]
    assert [one["gain"] for one in body["changes"]] == [-70 / 6300, -280 / 6300]
    assert (body["year"], body["village_code"], body["audit"]) == (2024, PERIAN, {"consistent": True})


async def test_nothing_is_stored(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    before = (await visitor.get(at(PERIAN, 2024))).json()

    first = await told(visitor, {"ikl_01": 5})
    again = await told(visitor, {"ikl_01": 5})

    assert first == again
    assert (await visitor.get(at(PERIAN, 2024))).json() == before


async def test_equal_ones_share_a_rank_and_a_rise_passes_them(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    scores = rows("Perian")
    for code in (PERIAN, NEIGHBOUR, ANOTHER):
        await office.put(at(code, 2024), json={**scores, "source": "Contoh"})
    lower = {**scores, "ikl": [2, 5, 4]}
    await office.put(at(SEPATIN, 2024), json={**lower, "source": "Contoh"})

    still = await told(visitor, {"ikl_01": 4})
    up = await told(visitor, {"ikl_01": 5})
    level = await told(visitor, {"ikl_01": 2})
    down = await told(visitor, {"ikl_01": 2, "ikl_03": 3})

    together = [("64.02.01", 1, 3), ("64.02", 1, 4), ("64", 1, 4)]
    assert ranks(still["before"]) == ranks(still["after"]) == together
    assert still["changes"] == []
    assert ranks(up["after"]) == together
    assert ranks(level["after"]) == [("64.02.01", 3, 3), ("64.02", 3, 4), ("64", 3, 4)]
    assert ranks(down["after"]) == [("64.02.01", 3, 3), ("64.02", 4, 4), ("64", 4, 4)]
    other = await told(visitor, {"ikl_01": 4}, SEPATIN)
    assert ranks(other["before"]) == [("64.02.04", 1, 1), ("64.02", 4, 4), ("64", 4, 4)]
    assert ranks(other["after"]) == [("64.02.04", 1, 1), ("64.02", 1, 4), ("64", 1, 4)]


async def test_a_neighbour_counts_by_its_rows_and_by_what_was_published_only_without_them(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await office.put(at(PERIAN, 2024), json={**rows("Perian"), "source": "Contoh"})
    lower = {**rows("Perian"), "ikl": [2, 5, 4]}
    published_higher = {**lower, "published": {"idm": 0.99}, "source": "Contoh"}
    await office.put(at(NEIGHBOUR, 2024), json=published_higher)
    await office.put(at(ANOTHER, 2024), json=only_published(0.95, "mandiri"))
    await office.put(at(THIRD, 2024), json={"published": {"iks": 0.9}, "source": "no index of it is known"})
    await office.put(at(THIRD, 2023), json=only_published(0.99, "mandiri"))

    body = await told(visitor, {"ikl_01": 5, "ikl_03": 5})

    assert ranks(body["before"])[0] == ("64.02.01", 2, 3)
    assert body["after"]["idm"] > 0.95
    assert ranks(body["after"])[0] == ("64.02.01", 1, 3)


async def test_every_fault_of_the_changes_is_named_at_its_place(office: httpx.AsyncClient) -> None:
    changes = {
        "ike_09": 2,
        "ike_13": 5,
        "ikl_01": 6,
        "iks_02": True,
        "iks_03": "5",
        "iks_04": 2.0,
        "iks_01": 5,
    }

    answer = await office.post(simulations(PERIAN), json={"changes": changes, "year": 2024})

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/changes/ike_09", "idm.score_outside_rubric"),
        ("/changes/ike_13", "idm.unknown_indicator"),
        ("/changes/ikl_01", "idm.score_outside_rubric"),
        ("/changes/iks_02", "value.integer"),
        ("/changes/iks_03", "value.integer"),
        ("/changes/iks_04", "value.integer"),
        ("/year", "field.unknown"),
    }


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("/changes", "field.required")),
        ({"changes": {}}, ("/changes", "list.too_short")),
        ({"changes": None}, ("/changes", "value.object")),
        ({"changes": ["ike_09"]}, ("/changes", "value.object")),
        ({"changes": {f"x_{n}": 5 for n in range(51)}}, ("/changes", "list.too_long")),
    ],
    ids=["absent", "empty", "null", "list", "too many"],
)
async def test_changes_are_a_few_scores_by_indicator(
    office: httpx.AsyncClient, body: dict[str, Any], fault: tuple[str, str]
) -> None:
    answer = await office.post(simulations(PERIAN), json=body)

    assert (answer.status_code, faults(answer)) == (422, [fault])


async def test_a_year_without_rows_cannot_be_simulated(office: httpx.AsyncClient) -> None:
    await office.put(at(PERIAN, 2023), json=only_published(0.9, "mandiri"))

    answer = await office.post(simulations(PERIAN, 2023), json={"changes": {"ike_09": 5}})

    assert (answer.status_code, answer.json()["code"]) == (409, "idm_record.no_rows")


async def test_what_is_not_there_is_404(office: httpx.AsyncClient) -> None:
    body = {"changes": {"ike_09": 5}}

    nowhere = await office.post(simulations("64.02.04.2999"), json=body)
    kelurahan = await office.post(simulations(JAHAB), json=body)
    missing = await office.post(simulations(PERIAN), json=body)

    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "village.not_found")
    for answer in (kelurahan, missing):
        assert (answer.status_code, answer.json()["code"]) == (404, "idm_record.not_found")


async def test_a_retired_code_is_understood_and_the_present_one_shown(office: httpx.AsyncClient) -> None:
    await office.put(at(KEDANG_IPIL, 2024), json=record("Perian"))

    for code in (ITS_OLD_CODE, ITS_OLD_CODE.replace(".", ""), KEDANG_IPIL):
        body = await told(office, {"ikl_01": 5}, code)
        assert body["village_code"] == KEDANG_IPIL
        assert ranks(body["before"])[0] == ("64.02.19", 1, 1)


async def test_names_are_in_the_callers_language_and_the_answer_is_nobody_elses(
    office: httpx.AsyncClient,
) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    body = {"changes": {"ikl_01": 5}}

    english = await office.post(simulations(PERIAN), json=body)
    indonesian = await office.post(simulations(PERIAN), json=body, headers={"accept-language": "id"})

    assert english.json()["changes"][0]["name"] != indonesian.json()["changes"][0]["name"]
    assert (indonesian.headers["content-language"], english.headers["cache-control"]) == ("id", "no-store")
    assert "etag" not in english.headers
