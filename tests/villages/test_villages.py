"""Villages over HTTP: what an official code says, what is refused of one, and the life of a village in the register."""

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

SEPATIN = "/v1/villages/64.02.04.2001"
NEW = {"code": "64.02.04.2777", "name": "Uji"}


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


async def test_kukar_has_237_villages(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/villages", params={"region": "64.02", "count": "exact", "limit": "500"})

    assert answer.json()["total"] == 237
    assert len(answer.json()["items"]) == 237


async def test_a_village_shows_where_it_is_and_what_is_unknown_is_null(visitor: httpx.AsyncClient) -> None:
    village = (await visitor.get(SEPATIN)).json()

    assert village == {
        "code": "64.02.04.2001",
        "name": "Sepatin",
        "kind": "desa",
        "district_code": "64.02.04",
        "district_name": "Anggana",
        "regency_code": "64.02",
        "regency_name": "Kabupaten Kutai Kartanegara",
        "latitude": village["latitude"],
        "longitude": village["longitude"],
        "population": None,
        "households": None,
        "former_codes": [],
        "idm_year": None,
        "idm_score": None,
        "idm_status": None,
        "version": 1,
        "created_at": village["created_at"],
        "updated_at": village["created_at"],
    }


async def test_the_code_is_the_same_with_and_without_dots(visitor: httpx.AsyncClient) -> None:
    dotted = await visitor.get(SEPATIN)
    bare = await visitor.get("/v1/villages/6402042001")

    assert bare.status_code == 200
    assert (bare.content, bare.headers["etag"]) == (dotted.content, dotted.headers["etag"])


@pytest.mark.parametrize(("digit", "kind"), [("1", "kelurahan"), ("2", "desa"), ("3", "desa_adat")])
async def test_the_kind_follows_from_the_code(digit: str, kind: str, office: httpx.AsyncClient) -> None:
    code = f"64.02.04.{digit}777"

    made = await office.post("/v1/villages", json={"code": code.replace(".", ""), "name": "Uji"})

    assert made.status_code == 201
    assert made.headers["location"] == f"/v1/villages/{code}"
    assert (made.json()["code"], made.json()["kind"], made.json()["version"]) == (code, kind, 1)
    assert (await office.get(made.headers["location"])).content == made.content
    listed = await office.get("/v1/villages", params={"region": "64.02.04", "kind": kind, "limit": "500"})
    assert code in {item["code"] for item in listed.json()["items"]}


async def test_everything_that_may_be_said_of_a_new_village_is_kept(office: httpx.AsyncClient) -> None:
    body = {**NEW, "latitude": -0.5, "longitude": 117.25, "population": 0, "households": 12}

    made = await office.post("/v1/villages", json=body)

    assert {name: made.json()[name] for name in body} == body


async def test_a_new_village_needs_a_code_and_a_name_and_says_all_that_is_wrong(
    office: httpx.AsyncClient,
) -> None:
    nothing = await office.post("/v1/villages", json={})
    wrong = await office.post(
        "/v1/villages",
        json={"code": "64.02.04.4001", "name": " ", "kind": "desa", "latitude": 1, "population": -1},
    )

    assert faults(nothing) == {("/code", "field.required"), ("/name", "field.required")}
    assert faults(wrong) >= {
        ("/code", "code.malformed"),
        ("/name", "text.blank"),
        ("/kind", "field.unknown"),
        ("/population", "value.too_small"),
    }


async def test_half_a_place_is_no_place(office: httpx.AsyncClient) -> None:
    made = await office.post("/v1/villages", json={**NEW, "latitude": 1.0})
    changed = await office.patch(SEPATIN, json={"longitude": None})

    assert {error["code"] for error in made.json()["errors"]} == {"village.half_place"}
    assert {error["code"] for error in changed.json()["errors"]} == {"village.half_place"}


@pytest.mark.parametrize("code", ["6403120001", "64.03.12.0001", "6402040001"])
async def test_a_bps_code_is_refused_with_a_hint_wherever_it_is_given(
    code: str, office: httpx.AsyncClient
) -> None:
    recoding = {"new_code": code, "effective_on": "2026-01-01", "legal_basis": "Uji"}

    answers: dict[str, httpx.Response] = {
        "/path/code": await office.get(f"/v1/villages/{code}"),
        "/code": await office.post("/v1/villages", json={"code": code, "name": "Uji"}),
        "/new_code": await office.post(f"{SEPATIN}/recode", json=recoding),
        "/query/region": await office.get("/v1/villages", params={"region": code}),
    }

    for pointer, answer in answers.items():
        assert faults(answer) == {(pointer, "code.bps")}
        assert "64.02" in answer.json()["errors"][0]["message"]


async def test_a_village_in_an_unknown_district_is_refused(office: httpx.AsyncClient) -> None:
    answer = await office.post("/v1/villages", json={"code": "64.02.99.2001", "name": "Uji"})

    assert answer.status_code == 422
    assert faults(answer) == {("/code", "region.unknown_district")}


async def test_a_code_that_is_taken_is_a_conflict(office: httpx.AsyncClient) -> None:
    answer = await office.post("/v1/villages", json={"code": "6402042001", "name": "Uji"})

    assert answer.status_code == 409
    assert faults(answer) == {("/code", "village.exists")}


async def test_of_many_who_register_one_code_one_does(office: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(office.post("/v1/villages", json=NEW) for _ in range(12)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"village.exists"}


async def test_a_changed_village_is_one_version_up(office: httpx.AsyncClient) -> None:
    before = await office.get("/v1/villages/6402042001")

    after = await office.patch("/v1/villages/6402042001", json={"households": 412})

    assert after.json() == before.json() | {
        "households": 412,
        "version": before.json()["version"] + 1,
        "updated_at": after.json()["updated_at"],
    }
    assert after.json()["updated_at"] > before.json()["updated_at"]


async def test_a_deleted_village_is_gone_and_its_code_is_free(office: httpx.AsyncClient) -> None:
    deleted = await office.delete(SEPATIN)
    statuses = [
        (await office.get(SEPATIN)).status_code,
        (await office.patch(SEPATIN, json={"households": 1})).status_code,
        (await office.delete(SEPATIN)).status_code,
    ]
    again = await office.post("/v1/villages", json={"code": "64.02.04.2001", "name": "Sepatin"})

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert statuses == [404] * 3
    assert (again.status_code, again.json()["version"]) == (201, 1)


FILTERS: list[tuple[dict[str, str], Any]] = [
    ({"region": "64"}, lambda v: True),
    ({"region": "64.02.04"}, lambda v: v["code"].startswith("64.02.04.")),
    ({"region": "640204"}, lambda v: v["code"].startswith("64.02.04.")),
    ({"region": "64.02.04.2001"}, lambda v: v["code"] == "64.02.04.2001"),
    ({"region": "64.03"}, lambda v: False),
    ({"kind": "kelurahan"}, lambda v: v["kind"] == "kelurahan"),
    ({"kind": "desa_adat"}, lambda v: False),
    ({"idm_status": "maju"}, lambda v: v["idm_status"] == "maju"),
    ({"region": "64.02.06", "kind": "desa"}, lambda v: v["code"].startswith("64.02.06.2")),
]


async def test_each_filter_gives_what_it_says_and_filters_go_together(visitor: httpx.AsyncClient) -> None:
    whole = (await visitor.get("/v1/villages", params={"limit": "500"})).json()["items"]

    for params, wanted in FILTERS:
        answer = await visitor.get("/v1/villages", params={**params, "limit": "500", "count": "exact"})

        expected = [village for village in whole if wanted(village)]
        assert answer.json()["items"] == expected, params
        assert answer.json()["total"] == len(expected)


async def test_what_changed_since_an_instant_is_found_in_any_offset(office: httpx.AsyncClient) -> None:
    changed = (await office.patch(SEPATIN, json={"households": 1})).json()
    at = datetime.fromisoformat(changed["updated_at"])
    here = at.astimezone(timezone(timedelta(hours=8))).isoformat(timespec="microseconds")
    later = (at + timedelta(microseconds=1)).isoformat(timespec="microseconds")

    found = [
        (await office.get("/v1/villages", params={"updated_since": since})).json()["items"]
        for since in (changed["updated_at"], here, later)
    ]

    assert found == [[changed], [changed], []]


async def test_a_region_may_be_a_village_by_a_code_it_gave_up(visitor: httpx.AsyncClient) -> None:
    answers = [
        await visitor.get("/v1/villages", params={"region": code}) for code in ("64.02.08.2001", "6402082001")
    ]

    assert [[one["name"] for one in answer.json()["items"]] for answer in answers] == [["Kedang Ipil"]] * 2


async def test_an_empty_search_excludes_nothing(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/villages", params={"q": " ", "count": "exact"})

    assert answer.json()["total"] == 237


async def test_a_code_cannot_be_given_ahead_of_its_day(office: httpx.AsyncClient) -> None:
    recoding = {"new_code": "64.02.04.2999", "effective_on": "2099-01-01", "legal_basis": "Contoh"}

    answer = await office.post("/v1/villages/64.02.04.2001/recode", json=recoding)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "value.date_future")


async def test_a_name_that_cannot_be_seen_or_turns_around_is_refused(office: httpx.AsyncClient) -> None:
    names = ("\ufeff", "\u200b", "\u202eabc", "a\u00adb")

    answers = [await office.patch("/v1/villages/64.02.04.2001", json={"name": name}) for name in names]

    assert [answer.json()["errors"][0]["code"] for answer in answers] == ["text.character"] * len(names)
