"""Enrolments over HTTP: one place for one party."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.conftest import Callers
from tests.trainings.making import (
    NOBODY,
    SEPATIN,
    SUNGAI_MERIAM,
    TIMBAU,
    enrolment,
    faults,
    group,
    parties,
    recode,
    training,
)


def address(id: str) -> str:
    return f"/v1/trainings/{id}/enrolments"


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


async def test_a_party_has_at_most_one_place(office: httpx.AsyncClient) -> None:
    id, party = (await training(office, quota=1))["id"], await group(office)
    await enrolment(office, id, group_id=party)

    answer = await office.post(address(id), json={"group_id": party})

    assert answer.status_code == 409
    assert faults(answer) == {("/group_id", "training.already_enrolled")}


async def test_a_party_may_take_part_in_many_trainings_and_come_from_elsewhere(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    party = await group(office, village_code=TIMBAU)
    anggana = await callers.holding("operator", region="64.02.04")

    for _ in range(2):
        made = await enrolment(anggana, (await training(anggana))["id"], group_id=party)

        assert made["group_id"] == party


async def test_a_full_training_refuses_and_says_its_quota(office: httpx.AsyncClient) -> None:
    id = (await training(office, quota=2))["id"]
    await enrolment(office, id)
    await enrolment(office, id)

    answer = await office.post(
        address(id), json={"group_id": await group(office)}, headers={"accept-language": "id"}
    )

    assert answer.status_code == 409
    assert answer.json()["quota"] == 2
    assert answer.json()["detail"] == "Semua 2 tempat pelatihan sudah terisi."


async def test_a_ukm_a_group_and_a_cooperative_each_take_one_place(office: httpx.AsyncClient) -> None:
    id = (await training(office, quota=3))["id"]

    made = [await enrolment(office, id, **{field: party}) for field, party in (await parties(office)).items()]

    assert [[one["ukm_id"], one["group_id"], one["cooperative_id"]].count(None) for one in made] == [2, 2, 2]
    assert (await office.get(f"/v1/trainings/{id}")).json()["enrolled"] == 3


async def test_a_body_that_is_no_object_is_one_fault(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]

    answer = await office.post(address(id), json=[])

    assert faults(answer) == {("", "value.object")}


async def test_a_cancelled_training_refuses(office: httpx.AsyncClient) -> None:
    id = (await training(office, status="dibatalkan"))["id"]

    answer = await office.post(address(id), json={"group_id": await group(office)})

    assert answer.status_code == 409
    assert answer.json()["code"] == "training.cancelled"


async def test_a_withdrawn_place_is_free_again(office: httpx.AsyncClient) -> None:
    id = (await training(office, quota=1))["id"]
    first = await enrolment(office, id)

    answer = await office.delete(f"{address(id)}/{first['id']}")

    assert answer.status_code == 204
    assert (await office.get(f"{address(id)}/{first['id']}")).status_code == 404
    assert (await office.get(f"/v1/trainings/{id}")).json()["enrolled"] == 0
    await enrolment(office, id)


async def test_the_quota_is_not_lowered_below_the_places_taken(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    await enrolment(office, id)
    await enrolment(office, id)

    refused = await office.patch(f"/v1/trainings/{id}", json={"quota": 1})
    lowered = await office.patch(f"/v1/trainings/{id}", json={"quota": 2})

    assert refused.status_code == 409
    assert faults(refused) == {("/quota", "training.quota_below_enrolled")}
    assert refused.json()["enrolled"] == 2
    assert lowered.json()["quota"] == 2


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


async def test_a_party_that_is_enrolled_cannot_be_deleted(office: httpx.AsyncClient) -> None:
    rooms = {"ukm_id": "ukms", "group_id": "groups", "cooperative_id": "cooperatives"}
    enrolled = await parties(office)
    ids = sorted([(await training(office))["id"] for _ in range(2)])
    places = [
        f"{address(id)}/{(await enrolment(office, id, **{field: party}))['id']}"
        for id in ids
        for field, party in enrolled.items()
    ]

    refused = [await office.delete(f"/v1/{rooms[field]}/{party}") for field, party in enrolled.items()]
    for place in places:
        await office.delete(place)
    removed = [await office.delete(f"/v1/{rooms[field]}/{party}") for field, party in enrolled.items()]

    named = [{"type": "training", "count": 2, "ids": ids}]
    assert [(answer.status_code, answer.json()["references"]) for answer in refused] == [(409, named)] * 3
    assert [answer.status_code for answer in removed] == [204, 204, 204]


async def test_a_training_with_enrolments_cannot_be_deleted(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id)

    answer = await office.delete(f"/v1/trainings/{id}")

    assert answer.status_code == 409
    assert answer.json()["references"] == [{"type": "enrolment", "count": 1, "ids": [made["id"]]}]


async def test_enrolments_move_with_their_training(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id)

    await office.patch(f"/v1/trainings/{id}", json={"village_code": SUNGAI_MERIAM})

    after = (await office.get(f"{address(id)}/{made['id']}")).json()
    assert (after["village_code"], after["version"]) == (SUNGAI_MERIAM, 2)


async def test_enrolments_follow_a_recoding_of_their_training_s_village(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id, group_id=await group(office, village_code=TIMBAU))

    await recode(office, SEPATIN, "64.02.04.2099", effective_on="2025-06-01")
    await recode(office, TIMBAU, "64.02.06.1099", effective_on="2025-06-01")

    after = (await office.get(f"{address(id)}/{made['id']}")).json()
    assert (after["village_code"], after["version"]) == ("64.02.04.2099", 2)


async def test_a_new_name_of_the_village_leaves_enrolments_alone(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await enrolment(office, id)

    await office.patch(f"/v1/villages/{SEPATIN}", json={"name": "Sepatin Baru"})

    assert (await office.get(f"/v1/trainings/{id}")).json()["village_name"] == "Sepatin Baru"
    assert (await office.get(f"{address(id)}/{made['id']}")).json() == made


async def test_a_group_deleted_while_it_is_enrolled_leaves_no_broken_reference(
    office: httpx.AsyncClient,
) -> None:
    id = (await training(office))["id"]
    parties = [await group(office) for _ in range(12)]

    answers = await asyncio.gather(
        *(office.post(address(id), json={"group_id": party}) for party in parties),
        *(office.delete(f"/v1/groups/{party}") for party in parties),
    )

    outcomes = {
        (enrolled.status_code, removed.status_code)
        for enrolled, removed in zip(answers[:12], answers[12:], strict=True)
    }
    assert outcomes <= {(201, 409), (404, 204)}
