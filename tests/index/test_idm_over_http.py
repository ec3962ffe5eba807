"""A village's IDM over HTTP: rows and published figures side by side, audited, under the village's present code."""

import httpx
import pytest

from tests.conftest import Callers
from tests.index.told import (
    BADAK_MEKAR,
    ITS_OLD_CODE,
    JAHAB,
    KEDANG_IPIL,
    PERIAN,
    SEPATIN,
    at,
    faults,
    only_published,
    published,
    record,
    rows,
)


async def test_a_first_put_makes_the_year_and_a_second_replaces_it(office: httpx.AsyncClient) -> None:
    first = await office.put(at(PERIAN, 2024), json=record("Perian"))
    second = await office.put(at(PERIAN, 2024), json={**rows("Perian"), "source": "the village's own count"})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.headers["location"] == "/v1/villages/64.02.01.2001/idm/2024"
    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert second.json()["created_at"] == first.json()["created_at"]
    assert (first.json()["published"]["status"], second.json()["published"]) == ("mandiri", None)
    assert (await office.get(at("6402012001", 2024))).json() == second.json()


async def test_the_answer_is_the_calculation_with_what_was_published_beside_it(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    calculated = (await visitor.post("/v1/idm/calculations", json=rows("Perian"))).json()

    stored = (await office.put(at(PERIAN, 2024), json=record("Perian"))).json()

    assert calculated.items() <= stored.items()
    assert stored["scores"] == rows("Perian")
    assert stored["published"] == published("Perian")
    assert stored["audit"] == {"consistent": True, "differences": [], "explanation": None, "warnings": []}
    assert (stored["year"], stored["village_name"], stored["district_name"]) == (
        2024,
        "Perian",
        "Muara Muntai",
    )


async def test_a_record_that_is_put_again_unchanged_stays_at_its_version(office: httpx.AsyncClient) -> None:
    first = await office.put(at(PERIAN, 2024), json=record("Perian"))

    again = await office.put(at(PERIAN, 2024), json=record("Perian"))

    assert again.status_code == 200
    assert again.json() == first.json()
    assert again.headers["etag"] == first.headers["etag"]


async def test_the_scores_of_an_answer_can_be_sent_back(office: httpx.AsyncClient) -> None:
    shown = (await office.put(at(PERIAN, 2024), json=record("Perian"))).json()

    body = {**shown["scores"], "published": shown["published"], "source": shown["source"]}
    again = await office.put(at(PERIAN, 2024), json=body)

    assert again.json() == shown


async def test_where_only_published_figures_are_known_the_calculation_is_null(
    office: httpx.AsyncClient,
) -> None:
    answer = await office.put(at(PERIAN, 2023), json=only_published(0.9159, "mandiri"))

    stored = answer.json()
    calculated = (
        *("iks", "ike", "ikl", "idm", "status", "target_status", "target_score", "increase_needed"),
        *("scores", "dimensions", "indicators"),
    )
    assert answer.status_code == 201
    assert {name: stored[name] for name in calculated} == dict.fromkeys(calculated)
    assert stored["published"] == {"iks": None, "ike": None, "ikl": None, "idm": 0.9159, "status": "mandiri"}
    assert stored["audit"] == {"consistent": None, "differences": [], "explanation": None, "warnings": []}


async def test_a_published_figure_that_the_rows_do_not_bear_out_is_kept_and_reported(
    office: httpx.AsyncClient,
) -> None:
    stored = (await office.put(at("64.02.12.2007", 2024), json=record("Bila Talang"))).json()

    assert (stored["published"]["status"], stored["status"]) == ("maju", "mandiri")
    assert stored["audit"]["consistent"] is False
    assert [found["figure"] for found in stored["audit"]["differences"]] == ["iks", "idm", "status"]
    assert stored["audit"]["explanation"] is None


async def test_a_known_fault_of_the_source_is_explained_in_the_callers_language(
    office: httpx.AsyncClient,
) -> None:
    answer = await office.put(at(PERIAN, 2024), json=record("Barat Daya"), headers={"accept-language": "id"})

    explanation = answer.json()["audit"]["explanation"]
    assert explanation["code"] == "internet_rows_shown_alike"
    assert "kementerian" in explanation["text"]


async def test_a_score_outside_the_rubric_is_a_fault_alone_and_a_warning_beside_published_figures(
    office: httpx.AsyncClient,
) -> None:
    alone = await office.put(at(BADAK_MEKAR, 2024), json={**rows("Badak Mekar"), "source": "API"})

    beside = await office.put(at(BADAK_MEKAR, 2024), json=record("Badak Mekar"))

    assert faults(alone) == [("/iks/15", "idm.score_outside_rubric")]
    assert beside.status_code == 201
    (warning,) = beside.json()["audit"]["warnings"]
    assert (warning["indicator"], warning["score"], warning["admissible"]) == ("iks_16", 1, [0, 3, 5])
    assert beside.json()["audit"]["consistent"] is True


@pytest.mark.parametrize("score", [6, -1, True, 3.0, "5"], ids=str)
async def test_published_figures_excuse_no_score_off_the_scale(
    office: httpx.AsyncClient, score: object
) -> None:
    body = {**record("Perian"), "ikl": [4, score, 4]}

    answer = await office.put(at(PERIAN, 2024), json=body)

    assert answer.status_code == 422
    assert [pointer for pointer, _ in faults(answer)] == ["/ikl/1"]


async def test_every_fault_of_a_record_is_named_at_once(office: httpx.AsyncClient) -> None:
    body = {
        "iks": [5] * 34,
        "published": {"idm": 1.01, "iks": "0.9", "status": "MAJU", "ipd": 1},
        "source": " ",
        "as_of": "2024-02-30",
        "edition": "idm-2016",
    }

    answer = await office.put(at(PERIAN, 2025), json=body)

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/path/year", "idm.year"),
        ("/iks", "idm.rows"),
        ("/ike", "idm.rows_incomplete"),
        ("/ikl", "idm.rows_incomplete"),
        ("/published/idm", "value.too_large"),
        ("/published/iks", "value.number"),
        ("/published/status", "value.choice"),
        ("/published/ipd", "field.unknown"),
        ("/source", "text.blank"),
        ("/as_of", "value.date"),
        ("/edition", "field.unknown"),
    }


@pytest.mark.parametrize("figure", ["-0.01", "1.0001", "1e400", "NaN", "true", '"0.5"'])
async def test_a_published_figure_is_a_number_from_0_to_1(office: httpx.AsyncClient, figure: str) -> None:
    answer = await office.put(
        at(PERIAN, 2024),
        content=f'{{"published": {{"idm": {figure}}}, "source": "file"}}',
        headers={"content-type": "application/json"},
    )

    assert [pointer for pointer, _ in faults(answer)] == ["/published/idm"]


async def test_a_record_that_says_nothing_is_refused(office: httpx.AsyncClient) -> None:
    nothing = await office.put(at(PERIAN, 2024), json={"source": "hearsay", "published": None, "iks": None})
    empty = await office.put(at(PERIAN, 2024), json={"source": "hearsay", "published": {}})
    sourceless = await office.put(at(PERIAN, 2024), json=rows("Perian"))

    assert faults(nothing) == [("/published", "idm.nothing_known")]
    assert faults(empty) == [("/published", "idm.nothing_published")]
    assert faults(sourceless) == [("/source", "field.required")]


async def test_a_source_cannot_speak_of_a_day_that_has_not_come(office: httpx.AsyncClient) -> None:
    answer = await office.put(at(PERIAN, 2024), json={**record("Perian"), "as_of": "2099-01-01"})

    assert faults(answer) == [("/as_of", "value.date_future")]


@pytest.mark.parametrize(
    ("year", "code"),
    [
        ("2015", "idm.year"),
        ("2025", "idm.year"),
        ("1944", "value.too_small"),
        ("2101", "value.too_large"),
        ("dua", "value.integer"),
        ("2024.0", "value.integer"),
        ("02024", "value.integer"),
    ],
)
async def test_a_year_the_idm_does_not_measure_is_refused(
    office: httpx.AsyncClient, year: str, code: str
) -> None:
    answer = await office.put(at(PERIAN, year), json=record("Perian"))

    assert faults(answer) == [("/path/year", code)]


async def test_the_refusal_of_a_later_year_names_the_indeks_desa(office: httpx.AsyncClient) -> None:
    answer = await office.put(at(PERIAN, 2025), json=record("Perian"))

    assert "Indeks Desa" in answer.json()["errors"][0]["message"]


async def test_a_kelurahan_has_no_idm(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    answer = await office.put(at(JAHAB, 2024), json=record("Perian"))

    assert (answer.status_code, answer.json()["code"]) == (409, "idm.kelurahan")
    assert (await visitor.get(at(JAHAB))).json() == {"items": [], "next_cursor": None}
    assert (await visitor.get(at(JAHAB, 2024))).status_code == 404


async def test_strangers_and_viewers_may_not_write(visitor: httpx.AsyncClient, callers: Callers) -> None:
    viewer = await callers.holding("viewer")

    for client, status in ((visitor, 401), (viewer, 403)):
        assert (await client.put(at(PERIAN, 2024), json={})).status_code == status
        assert (await client.delete(at(PERIAN, 2024))).status_code == status


async def test_outside_ones_region_a_village_does_not_exist(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    anggana = await callers.holding("operator", region="64.02.04")
    await office.put(at(PERIAN, 2023), json=record("Perian"))

    elsewhere = await anggana.put(at(PERIAN, 2024), json=record("Perian"))
    removed = await anggana.delete(at(PERIAN, 2023))
    at_home = await anggana.put(at(SEPATIN, 2024), json=record("Perian"))

    for answer in (elsewhere, removed):
        assert (answer.status_code, answer.json()["code"]) == (404, "village.not_found")
    assert at_home.status_code == 201


async def test_what_is_not_there_is_404(office: httpx.AsyncClient) -> None:
    nowhere = "64.02.04.2999"

    for method, address in (("GET", at(nowhere)), ("GET", at(nowhere, 2024)), ("DELETE", at(nowhere, 2024))):
        assert (await office.request(method, address)).json()["code"] == "village.not_found"
    assert (await office.put(at(nowhere, 2024), json=record("Perian"))).json()["code"] == "village.not_found"
    for method in ("GET", "DELETE"):
        for year in (2024, 2025):
            answer = await office.request(method, at(PERIAN, year))
            assert (answer.status_code, answer.json()["code"]) == (404, "idm_record.not_found")


async def test_a_bps_code_is_refused_with_a_hint(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(at("6403040001", 2024))

    assert faults(answer) == [("/path/code", "code.bps")]


async def test_a_retired_code_leads_to_the_present_one_and_is_understood_when_writing(
    office: httpx.AsyncClient,
) -> None:
    stored = await office.put(at(ITS_OLD_CODE, 2024), json=record("Perian"))
    year = await office.get(at(ITS_OLD_CODE, 2024))
    series = await office.get(at(ITS_OLD_CODE), params={"limit": "3"})
    removed = await office.delete(at("6402082001", 2024))

    assert (stored.status_code, stored.json()["village_code"]) == (201, KEDANG_IPIL)
    assert stored.headers["location"] == at(KEDANG_IPIL, 2024)
    assert (year.status_code, year.headers["location"]) == (308, at(KEDANG_IPIL, 2024))
    assert (series.status_code, series.headers["location"]) == (308, at(KEDANG_IPIL) + "?limit=3")
    assert removed.status_code == 204


async def test_a_deleted_year_is_gone(office: httpx.AsyncClient) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    removed = await office.delete(at(PERIAN, 2024))

    assert removed.status_code == 204
    assert (await office.get(at(PERIAN, 2024))).status_code == 404
    assert (await office.get(at(PERIAN))).json()["items"] == []
