"""Explanation and recommendations over HTTP: from the stored rows, in the caller's language, each with its tag."""

import httpx
import pytest

from tests.index.told import (
    BADAK_MEKAR,
    ITS_OLD_CODE,
    JAHAB,
    KEDANG_IPIL,
    PERIAN,
    at,
    faults,
    only_published,
    record,
    rows,
)

BOTH = ("explanation", "recommendations")
IN_INDONESIAN = {"accept-language": "id"}


def of(code: str, answer: str, year: int | str = 2024) -> str:
    """The address of an answer about a village's year."""
    return f"{at(code, year)}/{answer}"


async def test_an_explanation_is_that_of_the_stored_rows(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    stored = (await office.put(at(PERIAN, 2024), json=record("Perian"))).json()

    told = (await visitor.get(of(PERIAN, "explanation"))).json()

    for name in ("year", "village_code", "village_name", "edition", "idm", "status"):
        assert told[name] == stored[name]
    assert told["audit"] == {"consistent": True}
    assert (told["points"], told["total"]) == (5770, 6300)
    for ours, theirs in zip(told["dimensions"], stored["dimensions"], strict=True):
        for name in ("id", "name", "score", "sum", "maximum", "gain", "gain_per_point"):
            assert ours[name] == theirs[name]
    told_rows = [
        (row["id"], row["score"], row["gain"])
        for dimension in told["dimensions"]
        for sector in dimension["sub_dimensions"]
        for variable in sector["variables"]
        for row in variable["indicators"]
    ]
    stored_rows = [(row["id"], row["score"], row["gain"]) for row in stored["indicators"]]
    assert sorted(told_rows) == sorted(stored_rows)


async def test_recommendations_are_the_calculation_and_a_ranking(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    calculated = (await visitor.post("/v1/idm/calculations", json=rows("Perian"))).json()

    told = (await visitor.get(of(PERIAN, "recommendations"))).json()

    assert calculated.items() <= told.items()
    open_rows = {row["id"]: row for row in calculated["indicators"] if row["gain"] > 0}
    assert [one["rank"] for one in told["ranking"]] == list(range(1, len(open_rows) + 1))
    assert {one["id"] for one in told["ranking"]} == open_rows.keys()
    for one in told["ranking"]:
        for name in ("name", "dimension", "variable", "score", "gain", "activity", "executors"):
            assert one[name] == open_rows[one["id"]][name]
    assert [one["id"] for one in told["ranking"][:4]] == ["ikl_01", "ikl_03", "ike_10", "iks_02"]


@pytest.mark.parametrize("answer", BOTH)
async def test_each_language_has_its_own_tag_and_each_version_too(
    office: httpx.AsyncClient, answer: str
) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    english = await office.get(of(PERIAN, answer))
    indonesian = await office.get(of(PERIAN, answer), headers=IN_INDONESIAN)

    tag = {"if-none-match": english.headers["etag"]}
    known = await office.get(of(PERIAN, answer), headers=tag)
    in_another = await office.get(of(PERIAN, answer), headers={**tag, **IN_INDONESIAN})
    await office.put(at(PERIAN, 2024), json=record("Bila Talang"))
    changed = await office.get(of(PERIAN, answer), headers=tag)

    assert (english.headers["etag"], indonesian.headers["etag"]) == ('"1-en-gzip"', '"1-id-gzip"')
    assert english.json()["dimensions"][0]["name"] != indonesian.json()["dimensions"][0]["name"]
    assert "accept-language" in english.headers["vary"].lower()
    assert (known.status_code, in_another.status_code, changed.status_code) == (304, 200, 200)
    assert changed.json()["audit"] == {"consistent": False}


@pytest.mark.parametrize("answer", BOTH)
async def test_a_year_without_rows_says_what_is_missing(office: httpx.AsyncClient, answer: str) -> None:
    await office.put(at(PERIAN, 2023), json=only_published(0.9, "mandiri"))

    told = await office.get(of(PERIAN, answer, 2023))

    assert (told.status_code, told.json()["code"]) == (409, "idm_record.no_rows")
    assert faults(told) == [("/path/year", "idm_record.no_rows")]


@pytest.mark.parametrize("answer", BOTH)
async def test_what_is_not_there_is_404(office: httpx.AsyncClient, answer: str) -> None:
    nowhere = await office.get(of("64.02.04.2999", answer))
    kelurahan = await office.get(of(JAHAB, answer))
    missing = await office.get(of(PERIAN, answer))
    later = await office.get(of(PERIAN, answer, 2026))

    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "village.not_found")
    for told in (kelurahan, missing, later):
        assert (told.status_code, told.json()["code"]) == (404, "idm_record.not_found")


@pytest.mark.parametrize("answer", BOTH)
async def test_what_is_asked_wrongly_is_refused_with_every_fault(
    visitor: httpx.AsyncClient, answer: str
) -> None:
    told = await visitor.get(of("6403040001", answer, "dua"), params={"format": "csv"})

    assert told.status_code == 422
    assert set(faults(told)) == {
        ("/path/code", "code.bps"),
        ("/path/year", "value.integer"),
        ("/query/format", "field.unknown"),
    }


@pytest.mark.parametrize("answer", BOTH)
async def test_a_retired_code_leads_to_the_present_one(office: httpx.AsyncClient, answer: str) -> None:
    await office.put(at(KEDANG_IPIL, 2024), json=record("Perian"))

    for code in (ITS_OLD_CODE, ITS_OLD_CODE.replace(".", "")):
        told = await office.get(of(code, answer))
        assert (told.status_code, told.headers["location"]) == (308, of(KEDANG_IPIL, answer))
    assert (await office.get(of(KEDANG_IPIL.replace(".", ""), answer))).status_code == 200


async def test_a_score_outside_the_rubric_is_explained_and_ranked_all_the_same(
    office: httpx.AsyncClient,
) -> None:
    await office.put(at(BADAK_MEKAR, 2024), json=record("Badak Mekar"))

    explained = await office.get(of(BADAK_MEKAR, "explanation"))
    recommended = await office.get(of(BADAK_MEKAR, "recommendations"))

    assert explained.json()["points"] == sum(one["points"] for one in explained.json()["dimensions"])
    (row,) = [one for one in recommended.json()["ranking"] if one["id"] == "iks_16"]
    assert (row["score"], row["next"]["score"], row["activity"]) == (1, 3, None)
