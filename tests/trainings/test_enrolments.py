"""Enrolments over HTTP: what is known of a place, and who may change it."""

from typing import Any

import httpx
import pytest

from tests.conftest import Callers
from tests.trainings.making import (
    NOBODY,
    SEPATIN,
    address,
    enrolment,
    faults,
    group,
    training,
)


async def test_an_enrolment_takes_one_place_and_shows_every_field(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    id, party = (await training(office, quota=3))["id"], await group(office)

    answer = await office.post(address(id), json={"group_id": party, "role": "bendahara"})

    assert answer.status_code == 201
    assert answer.headers["location"] == f"{address(id)}/{answer.json()['id']}"
    assert list(answer.json().items())[1:-2] == [
        ("training_id", id),
        ("village_code", SEPATIN),
        ("ukm_id", None),
        ("group_id", party),
        ("cooperative_id", None),
        ("role", "bendahara"),
        ("attended", None),
        ("result", None),
        ("version", 1),
    ]
    assert (await visitor.get(answer.headers["location"])).json() == answer.json()
    after = (await visitor.get(f"/v1/trainings/{id}")).json()
    assert (after["enrolled"], after["version"]) == (1, 2)


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({}, {"/ukm_id", "/group_id", "/cooperative_id"}),
        ({"ukm_id": NOBODY, "group_id": NOBODY}, {"/ukm_id", "/group_id"}),
        ({"group_id": NOBODY, "cooperative_id": NOBODY, "ukm_id": None}, {"/group_id", "/cooperative_id"}),
    ],
)
async def test_exactly_one_party_is_named(
    office: httpx.AsyncClient, sent: dict[str, Any], named: set[str]
) -> None:
    id = (await training(office))["id"]

    answer = await office.post(address(id), json=sent)

    assert answer.status_code == 422
    assert faults(answer) == {(pointer, "enrolment.one_party") for pointer in named}


async def test_a_new_enrolment_names_every_fault_at_once(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]

    answer = await office.post(
        address(id),
        json={"group_id": "seven", "ukm_id": NOBODY, "role": "tamu", "attended": "yes", "nik": "1"},
    )

    assert faults(answer) == {
        ("/ukm_id", "enrolment.one_party"),
        ("/group_id", "value.pattern"),
        ("/role", "value.choice"),
        ("/attended", "value.boolean"),
        ("/nik", "field.unknown"),
    }


@pytest.mark.parametrize("field", ["ukm_id", "group_id", "cooperative_id"])
async def test_a_party_that_is_not_there_is_not_found(office: httpx.AsyncClient, field: str) -> None:
    id = (await training(office))["id"]

    answer = await office.post(address(id), json={field: NOBODY})

    assert answer.status_code == 404
    assert faults(answer) == {(f"/{field}", f"{field.removesuffix('_id')}.not_found")}


async def test_a_body_that_is_no_object_is_one_fault(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]

    answer = await office.post(address(id), json=[])

    assert faults(answer) == {("", "value.object")}


async def test_what_became_of_a_place_is_told_later(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id, role="ketua")

    answer = await office.patch(
        f"{address(id)}/{made['id']}",
        json={**made, "attended": True, "result": "Sertifikat", "role": None},
        headers={"if-match": '"1"'},
    )

    assert answer.json() == made | {
        "attended": True,
        "result": "Sertifikat",
        "role": None,
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }
    assert (await office.get(f"/v1/trainings/{id}")).json()["version"] == 2


async def test_the_party_of_a_place_does_not_change(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id)

    answer = await office.patch(
        f"{address(id)}/{made['id']}",
        json={"group_id": await group(office), "attended": None, "role": "tamu"},
    )

    assert answer.status_code == 422
    assert faults(answer) >= {("/role", "value.choice")}


async def test_an_enrolment_exists_below_its_own_training_alone(office: httpx.AsyncClient) -> None:
    made = await enrolment(office, (await training(office))["id"])
    elsewhere = f"{address((await training(office))['id'])}/{made['id']}"

    answers = [
        await office.get(elsewhere),
        await office.patch(elsewhere, json={"attended": True}),
        await office.delete(elsewhere),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert all(faults(answer) == {("/path/enrolment_id", "enrolment.not_found")} for answer in answers)


async def test_below_a_training_that_is_not_there_is_nothing(office: httpx.AsyncClient) -> None:
    answers = [
        await office.get(address(NOBODY)),
        await office.get(f"{address(NOBODY)}/{NOBODY}"),
        await office.post(address(NOBODY), json={"group_id": NOBODY}),
        await office.patch(f"{address(NOBODY)}/{NOBODY}", json={}),
        await office.delete(f"{address(NOBODY)}/{NOBODY}"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert faults(answers[2]) == {("/path/id", "training.not_found")}


async def test_a_stranger_changes_nothing(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id)

    answers = [
        await visitor.post(address(id), json={"group_id": NOBODY}),
        await visitor.patch(f"{address(id)}/{made['id']}", json={}),
        await visitor.delete(f"{address(id)}/{made['id']}"),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]


async def test_beyond_ones_region_nobody_is_enrolled(office: httpx.AsyncClient, callers: Callers) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id)
    tenggarong = await callers.holding("operator", region="64.02.06")

    answers = [
        await tenggarong.post(address(id), json={"group_id": await group(office)}),
        await tenggarong.patch(f"{address(id)}/{made['id']}", json={"attended": True}),
        await tenggarong.delete(f"{address(id)}/{made['id']}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert all(faults(answer) == {("/path/id", "training.not_found")} for answer in answers)


async def test_stale_versions_change_and_withdraw_nothing(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    one = f"{address(id)}/{(await enrolment(office, id))['id']}"
    await office.patch(one, json={"attended": True})

    changed = await office.patch(one, json={"attended": False}, headers={"if-match": '"1"'})
    withdrawn = await office.delete(one, headers={"if-match": '"1"'})

    assert (changed.status_code, withdrawn.status_code) == (412, 412)
    assert (await office.get(one)).json()["attended"] is True


async def test_the_list_shows_the_enrolments_of_one_training_in_their_order(
    office: httpx.AsyncClient,
) -> None:
    id = (await training(office))["id"]
    made = [await enrolment(office, id) for _ in range(3)]
    await enrolment(office, (await training(office))["id"])

    first = (await office.get(address(id), params={"limit": "2", "count": "exact"})).json()
    rest = (await office.get(address(id), params={"limit": "2", "cursor": first["next_cursor"]})).json()
    table = await office.get(address(id), params={"format": "csv"})

    assert [*first["items"], *rest["items"]] == made
    assert first["total"] == 3
    assert len(table.text.splitlines()) == 4


async def test_a_cursor_of_one_training_is_refused_below_another(office: httpx.AsyncClient) -> None:
    first, second = (await training(office))["id"], (await training(office))["id"]
    for _ in range(2):
        await enrolment(office, first)
    cursor = (await office.get(address(first), params={"limit": "1"})).json()["next_cursor"]

    answer = await office.get(address(second), params={"cursor": cursor})

    assert faults(answer) == {("/query/cursor", "cursor.unknown")}
