"""A village that gets another code stays itself: the old code leads to it, until somebody has that code again."""

import asyncio
from typing import Any

import httpx
import pytest

SEPATIN = "64.02.04.2001"
A, B, C, D = SEPATIN, "64.02.04.2701", "64.02.05.2702", "64.02.05.1703"


async def recode(
    client: httpx.AsyncClient, old: str, new: str, *, on: str = "2026-01-01", **more: Any
) -> httpx.Response:
    body = {"new_code": new, "effective_on": on, "legal_basis": "Kepmendagri uji", **more}
    return await client.post(f"/v1/villages/{old}/recode", json=body)


async def test_the_village_keeps_its_history_and_shows_where_it_is_now(office: httpx.AsyncClient) -> None:
    before = (await office.get(f"/v1/villages/{A}")).json()

    after = await recode(office, A, C, new_name="Sepatin Baru")

    assert after.status_code == 200
    district = (await office.get("/v1/regions/64.02.05")).json()["name"]
    assert after.json() == before | {
        "code": C,
        "name": "Sepatin Baru",
        "district_code": "64.02.05",
        "district_name": district,
        "former_codes": [A],
        "version": 2,
        "updated_at": after.json()["updated_at"],
    }
    assert (await office.get(f"/v1/villages/{C}")).content == after.content


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("old", ["64.02.08.2001", "6402082001"])
async def test_a_retired_code_leads_to_the_present_one(
    old: str, method: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.request(method, f"/v1/villages/{old}")

    assert answer.status_code == 308
    assert answer.headers["location"] == "/v1/villages/64.02.19.2001"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_what_lies_below_and_the_query_are_kept(method: str, visitor: httpx.AsyncClient) -> None:
    below = "/idm?sort=-year&limit=1&count=exact"

    answer = await visitor.request(method, f"/v1/villages/6402082001{below}")
    followed = await visitor.request(method, answer.headers["location"])

    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/villages/64.02.19.2001{below}"
    assert followed.status_code == 200


async def test_all_of_kukars_twenty_retired_codes_lead_somewhere(visitor: httpx.AsyncClient) -> None:
    villages = (await visitor.get("/v1/villages", params={"limit": "500"})).json()["items"]
    former = {code: village["code"] for village in villages for code in village["former_codes"]}

    led = {code: (await visitor.get(f"/v1/villages/{code}")).headers["location"] for code in former}

    assert len(former) == 20
    assert led == {code: f"/v1/villages/{present}" for code, present in former.items()}


async def test_a_chain_of_codes_leads_straight_to_the_last(office: httpx.AsyncClient) -> None:
    for old, new in ((A, B), (B, C), (C, D)):
        assert (await recode(office, old, new)).status_code == 200

    places = [(await office.get(f"/v1/villages/{code}")).headers["location"] for code in (A, B, C)]
    village = (await office.get(f"/v1/villages/{D}")).json()

    assert places == [f"/v1/villages/{D}"] * 3
    assert (village["former_codes"], village["version"]) == ([C, B, A], 4)


async def test_a_desa_may_become_a_kelurahan_and_a_desa_again(office: httpx.AsyncClient) -> None:
    kelurahan = await recode(office, A, D)
    desa = await recode(office, D, A)

    assert [answer.json()["kind"] for answer in (kelurahan, desa)] == ["kelurahan", "desa"]
    assert desa.json()["former_codes"] == [D]
    assert (await office.get(f"/v1/villages/{A}")).status_code == 200
    assert (await office.get(f"/v1/villages/{D}")).headers["location"] == f"/v1/villages/{A}"


async def test_going_back_and_forth_keeps_each_code_once(office: httpx.AsyncClient) -> None:
    for old, new in ((A, B), (B, A), (A, B), (B, A), (A, B)):
        assert (await recode(office, old, new)).status_code == 200

    assert (await office.get(f"/v1/villages/{B}")).json()["former_codes"] == [A]


async def test_a_code_that_is_current_again_wins(office: httpx.AsyncClient) -> None:
    await recode(office, A, B)
    led = await office.get(f"/v1/villages/{A}")
    newcomer = await office.post("/v1/villages", json={"code": A, "name": "Pendatang"})

    present = await office.get(f"/v1/villages/{A}")

    assert (led.status_code, newcomer.status_code, present.status_code) == (308, 201, 200)
    assert present.json()["name"] == "Pendatang"
    assert (await office.get(f"/v1/villages/{B}")).json()["former_codes"] == [A]


async def test_a_code_that_two_gave_up_leads_to_the_later_one(office: httpx.AsyncClient) -> None:
    await recode(office, A, B, on="2024-01-01")
    await office.post("/v1/villages", json={"code": A, "name": "Pendatang"})
    await recode(office, A, C, on="2025-01-01")
    later = await office.get(f"/v1/villages/{A}")
    await office.delete(f"/v1/villages/{C}")
    earlier = await office.get(f"/v1/villages/{A}")
    await office.delete(f"/v1/villages/{B}")
    nobody = await office.get(f"/v1/villages/{A}")

    assert later.headers["location"] == f"/v1/villages/{C}"
    assert earlier.headers["location"] == f"/v1/villages/{B}"
    assert nobody.status_code == 404


async def test_a_retired_code_is_understood_wherever_a_code_is_an_input(office: httpx.AsyncClient) -> None:
    old = "6402082001"

    changed = await office.patch(f"/v1/villages/{old}", json={"households": 5})
    again = await recode(office, old, "64.02.19.2701")
    deleted = await office.delete(f"/v1/villages/{old}")

    assert (changed.status_code, changed.json()["code"]) == (200, "64.02.19.2001")
    assert (again.status_code, again.json()["code"]) == (200, "64.02.19.2701")
    assert again.json()["former_codes"] == ["64.02.19.2001", "64.02.08.2001"]
    assert deleted.status_code == 204


async def test_a_code_that_another_has_is_a_conflict(office: httpx.AsyncClient) -> None:
    taken = await recode(office, A, "64.02.04.2002")
    same = await recode(office, A, A)

    for answer, code in ((taken, "village.exists"), (same, "village.same_code")):
        assert answer.status_code == 409
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/new_code", code)]


async def test_a_district_that_is_not_known_is_refused(office: httpx.AsyncClient) -> None:
    answer = await recode(office, A, "64.02.99.2001")

    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [
        ("/new_code", "region.unknown_district")
    ]
    assert (await office.get(f"/v1/villages/{A}")).json()["version"] == 1


async def test_a_recoding_says_all_that_is_wrong_with_it(office: httpx.AsyncClient) -> None:
    body = {"new_code": "x", "new_name": "", "effective_on": "2026-02-30", "reason": "Uji"}

    answer = await office.post(f"/v1/villages/{A}/recode", json=body)

    assert {(e["pointer"], e["code"]) for e in answer.json()["errors"]} == {
        ("/new_code", "code.malformed"),
        ("/new_name", "text.too_short"),
        ("/effective_on", "value.date"),
        ("/legal_basis", "field.required"),
        ("/reason", "field.unknown"),
    }


async def test_a_recoding_of_a_version_that_has_passed_does_not_happen(office: httpx.AsyncClient) -> None:
    body = {"new_code": B, "effective_on": "2026-01-01", "legal_basis": "Uji"}

    stale = await office.post(f"/v1/villages/{A}/recode", json=body, headers={"if-match": '"7"'})

    assert stale.status_code == 412
    assert (await office.get(f"/v1/villages/{A}")).status_code == 200


async def test_of_many_recodings_to_one_code_one_happens(office: httpx.AsyncClient) -> None:
    olds = [f"64.02.04.200{n}" for n in range(1, 9)]

    answers = await asyncio.gather(*(recode(office, old, B) for old in olds))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"village.exists"}
    assert len((await office.get(f"/v1/villages/{B}")).json()["former_codes"]) == 1


async def test_of_many_recodings_of_one_village_each_starts_where_the_last_ended(
    office: httpx.AsyncClient,
) -> None:
    news = [f"64.02.04.27{n}" for n in range(10, 18)]

    answers = await asyncio.gather(*(recode(office, A, new) for new in news))

    assert {answer.status_code for answer in answers} == {200}
    last = max((answer.json() for answer in answers), key=lambda village: int(village["version"]))
    assert sorted([last["code"], *last["former_codes"]]) == sorted([A, *news])
    assert (await office.get(f"/v1/villages/{A}")).headers["location"] == f"/v1/villages/{last['code']}"
