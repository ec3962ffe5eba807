"""The places of a training are counted right, however many ask for the last one at the same moment."""

import asyncio

import httpx
from sqlalchemy import func, select

from app.database import Database, Statement, Transaction
from app.database.ledgers import changes
from app.trainings import service
from app.trainings.tables import TRAININGS
from tests.conftest import act_of
from tests.trainings.making import SEPATIN, enrolled, enrolment, group, recode, training

PLACES, ASKING = 5, 40


async def test_forty_ask_for_five_places_and_exactly_five_get_one(
    office: httpx.AsyncClient, database: Database
) -> None:
    id = (await training(office, quota=PLACES))["id"]
    parties = [await group(office, f"Kelompok percobaan {number}") for number in range(ASKING)]

    answers = await asyncio.gather(*(enrolled(office, id, party) for party in parties))

    assert sorted(answer.status_code for answer in answers) == [201] * PLACES + [409] * (ASKING - PLACES)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"training.full"}
    after = (await office.get(f"/v1/trainings/{id}")).json()
    listed = (await office.get(f"/v1/trainings/{id}/enrolments", params={"count": "exact"})).json()
    assert (after["enrolled"], after["version"], listed["total"]) == (PLACES, 1 + PLACES, PLACES)
    told = await database.fetch(
        Statement(select(changes.c.version).where(changes.c.resource_id == id).order_by(changes.c.position)),
        {},
    )
    assert [row[0] for row in told] == [1, 2, 3, 4, 5, 6]


async def test_who_asks_while_places_are_counted_waits_for_the_count(
    office: httpx.AsyncClient, database: Database
) -> None:
    id, party = (await training(office, quota=1))["id"], await group(office)

    async def cancel_slowly(tx: Transaction) -> asyncio.Task[httpx.Response]:
        held = await service.held(tx, id)
        asking = asyncio.create_task(office.post(f"/v1/trainings/{id}/enrolments", json={"group_id": party}))
        # Were the training not held, the place would be given by now.
        await asyncio.wait({asking}, timeout=0.5)
        assert not asking.done()
        await TRAININGS.update(tx, held, {**held, "status": "dibatalkan"})
        return asking

    answer = await (await database.write(act_of("cancel"), cancel_slowly))

    assert answer.status_code == 409
    assert answer.json()["code"] == "training.cancelled"


async def test_one_party_asking_many_times_at_once_gets_one_place(
    office: httpx.AsyncClient, database: Database
) -> None:
    id, party = (await training(office))["id"], await group(office)

    answers = await asyncio.gather(
        *(office.post(f"/v1/trainings/{id}/enrolments", json={"group_id": party}) for _ in range(20))
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
    kept = await database.row(
        Statement(
            select(func.count()).where(changes.c.type == "enrolment", changes.c.operation == "created")
        ),
        {},
    )
    assert kept is not None
    assert kept[0] == 1


async def test_places_given_back_and_taken_at_once_leave_the_count_right(office: httpx.AsyncClient) -> None:
    id = (await training(office, quota=PLACES))["id"]
    address = f"/v1/trainings/{id}/enrolments"
    taken = [(await enrolment(office, id))["id"] for _ in range(PLACES)]
    waiting = [await group(office) for _ in range(15)]

    await asyncio.gather(
        *(enrolled(office, id, party) for party in waiting[:8]),
        *(office.delete(f"{address}/{place}") for place in taken),
        *(enrolled(office, id, party) for party in waiting[8:]),
    )

    after = (await office.get(f"/v1/trainings/{id}")).json()
    listed = (await office.get(address, params={"count": "exact"})).json()
    assert after["enrolled"] == listed["total"] <= PLACES


async def test_a_quota_lowered_while_places_are_taken_stays_above_them(office: httpx.AsyncClient) -> None:
    id = (await training(office, quota=20))["id"]
    parties = [await group(office) for _ in range(16)]

    answers = await asyncio.gather(
        *(enrolled(office, id, party) for party in parties[:8]),
        office.patch(f"/v1/trainings/{id}", json={"quota": 8}),
        *(enrolled(office, id, party) for party in parties[8:]),
    )

    after = (await office.get(f"/v1/trainings/{id}")).json()
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert after["enrolled"] <= after["quota"]


async def test_enrolments_made_while_the_village_is_recoded_all_have_the_new_code(
    office: httpx.AsyncClient,
) -> None:
    id = (await training(office))["id"]
    parties = [await group(office) for _ in range(20)]
    address = f"/v1/trainings/{id}/enrolments"

    answers, _ = await asyncio.gather(
        asyncio.gather(*(enrolled(office, id, party) for party in parties)),
        recode(office, SEPATIN, "64.02.04.2099", effective_on="2025-06-01"),
    )

    assert {answer.status_code for answer in answers} == {201}
    listed = (await office.get(address)).json()["items"]
    assert [one["village_code"] for one in listed] == ["64.02.04.2099"] * 20
    assert (await office.get(f"/v1/trainings/{id}")).json()["enrolled"] == 20
