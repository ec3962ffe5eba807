"""The published editions over HTTP: data for programs, in both languages, kept as long as one likes."""

import httpx

from tests.index.village_years import IDM

ADDRESS = "/v1/index-editions"


async def test_the_editions_are_listed(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(ADDRESS)

    assert [item["id"] for item in answer.json()["items"]] == ["idm-2016", "indeks-desa-2025"]
    assert answer.json()["items"][0]["regulation"]["number"] == "Permendesa PDTT 2/2016"
    assert [item["years"] for item in answer.json()["items"]] == [[2016, 2024], [2025, None]]
    assert answer.json()["next_cursor"] is None


async def test_an_edition_is_the_method_as_data(visitor: httpx.AsyncClient) -> None:
    edition = (await visitor.get(f"{ADDRESS}/idm-2016")).json()

    admissible = [{level["score"] for level in row["levels"]} for row in edition["indicators"]]
    assert admissible == [set(known) for known in IDM.admissible]
    assert [status["at_most"] for status in edition["statuses"]] == [3091, 3773, 4455, 5137, 6300]
    assert [status["target_score"] for status in edition["statuses"]] == [
        0.4908,
        0.599,
        0.7073,
        0.8156,
        0.8156,
    ]
    assert sum(part["divisor"] * part["weight"] for part in edition["dimensions"]) == edition["total"]
    assert edition["indicators"][0]["name"].keys() == {"en", "id"}


async def test_the_rules_of_an_edition_are_data_too(visitor: httpx.AsyncClient) -> None:
    edition = (await visitor.get(f"{ADDRESS}/indeks-desa-2025")).json()

    assert len(edition["indicators"]) == 127
    assert edition["rules"][0] == {
        "id": "no_doctor",
        "when": {"indicators": ["ld_16"], "scores": [1], "count": 1},
        "then": {"indicators": ["ld_17", "ld_18", "ld_19"], "scores": [1]},
        "message": {
            "en": "Without doctors, the rows that depend on this score 1.",
            "id": "Tanpa dokter, baris yang bergantung padanya bernilai 1.",
        },
    }


async def test_an_edition_may_be_kept_and_is_known_again(visitor: httpx.AsyncClient) -> None:
    first = await visitor.get(f"{ADDRESS}/idm-2016")

    again = await visitor.get(f"{ADDRESS}/idm-2016", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=86400"
    assert again.status_code == 304


async def test_an_edition_that_was_never_published_is_not_there(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(f"{ADDRESS}/idm-2015")

    assert answer.status_code == 404
    assert answer.json()["code"] == "index_edition.not_found"


async def test_a_list_that_has_no_parameters_refuses_them(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(ADDRESS, params={"year": "2024"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/query/year"
