"""What is enrolled stays, and an enrolment goes where its training goes."""

import asyncio

import httpx

from tests.trainings.making import (
    SEPATIN,
    SUNGAI_MERIAM,
    TIMBAU,
    address,
    enrolment,
    group,
    parties,
    recode,
    training,
)


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
