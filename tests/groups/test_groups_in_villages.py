"""A group is in a village, moves to another, and follows its own."""

import asyncio

import httpx

from app.database import Database, Transaction
from app.database.register import State
from app.database.words import new_id
from app.groups.tables import GROUPS
from app.villages import service as villages
from app.villages.followers import placed
from tests.conftest import Callers, act_of
from tests.groups.making import GROUP, SEPATIN, TIMBAU, faults, made


async def test_a_group_is_placed_by_a_name_that_only_one_village_has(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/groups", json={"name": "Kelompok", "kind": "kelompok_usaha", "village_name": "sepatin"}
    )

    assert answer.json()["village_code"] == SEPATIN


async def test_a_village_name_that_two_villages_have_is_refused_with_both(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/groups", json={"name": "Kelompok", "kind": "kelompok_usaha", "village_name": "Bukit Raya"}
    )

    assert answer.status_code == 422
    assert faults(answer) == {("/village_name", "village.ambiguous")}
    assert [one["code"] for one in answer.json()["candidates"]] == ["64.02.13.2016", "64.02.16.2002"]


async def test_an_operator_moves_no_group_out_of_the_region(callers: Callers) -> None:
    anggana = await callers.holding("operator", region="64.02.04")
    group = await made(anggana)

    answer = await anggana.patch(f"/v1/groups/{group['id']}", json={"village_code": TIMBAU})

    assert answer.status_code == 404
    assert faults(answer) == {("/village_code", "village.not_found")}


async def test_a_group_moves_to_another_village_by_its_code(office: httpx.AsyncClient) -> None:
    group = await made(office)

    answer = await office.patch(f"/v1/groups/{group['id']}", json={"village_code": "6402061004"})

    assert answer.json()["village_code"] == TIMBAU
    assert answer.json()["village_name"] == "Timbau"
    assert answer.json()["district_name"] == "Tenggarong"
    assert answer.json()["version"] == 2


async def test_a_group_follows_its_village_to_the_new_code_and_name(office: httpx.AsyncClient) -> None:
    group = await made(office)

    await office.post(
        f"/v1/villages/{SEPATIN}/recode",
        json={
            "new_code": "64.02.06.2099",
            "new_name": "Sepatin Baru",
            "effective_on": "2026-01-01",
            "legal_basis": "Percobaan",
        },
    )

    after = (await office.get(f"/v1/groups/{group['id']}")).json()
    assert (after["village_code"], after["village_name"]) == ("64.02.06.2099", "Sepatin Baru")
    assert (after["district_name"], after["version"]) == ("Tenggarong", 2)
    assert [
        one["id"] for one in (await office.get("/v1/groups", params={"region": "64.02.06"})).json()["items"]
    ] == [group["id"]]


async def test_groups_entered_while_their_village_is_recoded_all_have_the_new_code(
    office: httpx.AsyncClient,
) -> None:
    recoding = {"new_code": "64.02.04.2099", "effective_on": "2026-01-01", "legal_basis": "Percobaan"}

    answers = await asyncio.gather(
        *(office.post("/v1/groups", json={**GROUP, "name": f"Kelompok {number}"}) for number in range(10)),
        office.post(f"/v1/villages/{SEPATIN}/recode", json=recoding),
        *(
            office.post("/v1/groups", json={**GROUP, "name": f"Kelompok {number}"})
            for number in range(10, 20)
        ),
    )

    groups = (await office.get("/v1/groups", params={"limit": "100"})).json()["items"]
    assert sorted(answer.status_code for answer in answers) == [200] + [201] * 20
    assert {group["village_code"] for group in groups} == {"64.02.04.2099"}
    assert len(groups) == 20


async def test_a_recoding_waits_for_whoever_is_entering_a_group_there(
    office: httpx.AsyncClient, database: Database
) -> None:
    recoding = {"new_code": "64.02.04.2099", "effective_on": "2026-01-01", "legal_basis": "Percobaan"}

    async def enter_slowly(tx: Transaction) -> tuple[State, asyncio.Task[httpx.Response]]:
        village = await villages.meant(tx, code=SEPATIN)
        recode = asyncio.create_task(office.post(f"/v1/villages/{SEPATIN}/recode", json=recoding))
        # Were nothing held, the recoding would be through by now and never see the group.
        await asyncio.wait({recode}, timeout=0.5)
        unknown = dict.fromkeys(GROUPS.fields)
        return await GROUPS.create(tx, {**unknown, **GROUP, **placed(village), "id": new_id()}), recode

    group, recode = await database.write(act_of("enter"), enter_slowly)
    answer = await recode

    assert answer.status_code == 200
    after = (await office.get(f"/v1/groups/{group['id']}")).json()
    assert after["village_code"] == "64.02.04.2099"


async def test_a_village_with_a_group_cannot_be_deleted(office: httpx.AsyncClient) -> None:
    group = await made(office)

    answer = await office.delete(f"/v1/villages/{SEPATIN}")

    assert answer.status_code == 409
    assert answer.json()["references"] == [{"type": "group", "count": 1, "ids": [group["id"]]}]
