"""One enrolment is one place, one party takes at most one, and a full training refuses."""

import httpx

from tests.conftest import Callers
from tests.trainings.making import (
    TIMBAU,
    address,
    enrolment,
    faults,
    group,
    parties,
    training,
)


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
