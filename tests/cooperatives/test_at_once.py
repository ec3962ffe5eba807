"""Cooperatives and their villages when several write at once."""

import asyncio

import httpx

from tests.cooperatives.registering import (
    OTHER,
    RECODING,
    SEPATIN,
    TANI_BARU,
    TIMBAU,
    faults,
    registered,
)


async def test_of_many_who_take_one_name_at_once_one_has_it(office: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(
        *(
            office.post("/v1/cooperatives", json={**OTHER, "village_code": code})
            for code in (SEPATIN, TIMBAU) * 3
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {tuple(faults(answer)) for answer in answers if answer.status_code == 409} == {
        (("/name", "cooperative.name_taken"),)
    }


async def test_what_is_registered_while_its_villages_change_shows_them_as_they_are_now(
    office: httpx.AsyncClient,
) -> None:
    await asyncio.gather(
        *(
            registered(office, name=f"Koperasi {number}", member_village_codes=[TANI_BARU])
            for number in range(3)
        ),
        office.patch(f"/v1/villages/{SEPATIN}", json={"name": "Sepatin Baru"}),
        office.post(f"/v1/villages/{TANI_BARU}/recode", json=RECODING),
        *(
            registered(office, name=f"Koperasi {number}", member_village_codes=[TANI_BARU])
            for number in range(3, 6)
        ),
    )

    rows = (await office.get("/v1/cooperatives")).json()["items"]
    assert [(row["village_name"], row["member_village_codes"]) for row in rows] == [
        ("Sepatin Baru", [RECODING["new_code"]])
    ] * 6


async def test_a_village_that_is_deleted_while_a_cooperative_comes_has_one_of_two_ends(
    office: httpx.AsyncClient,
) -> None:
    place = f"/v1/villages/{SEPATIN}"

    registration, deletion = await asyncio.gather(
        office.post("/v1/cooperatives", json=OTHER), office.delete(place)
    )

    assert (registration.status_code, deletion.status_code) in {(201, 409), (404, 204)}
    assert (await office.get(place)).status_code == (200 if registration.status_code == 201 else 404)
