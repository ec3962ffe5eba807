"""Groups over HTTP."""

import asyncio
from typing import Any

import httpx

from app.database import Database, Transaction
from app.database.register import State
from app.database.words import new_id
from app.groups.tables import GROUPS
from app.villages import service as villages
from app.villages.followers import placed
from tests.conftest import Callers, act_of

SEPATIN, SUNGAI_MERIAM, TIMBAU = "64.02.04.2001", "64.02.04.2006", "64.02.06.1004"
GROUP = {"name": "Kelompok Percobaan", "kind": "kelompok_masyarakat", "village_code": SEPATIN}


async def made(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/v1/groups", json={**GROUP, **fields})
    assert answer.status_code == 201, answer.text
    group: dict[str, Any] = answer.json()
    return group


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    return {(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]}


async def test_a_new_group_shows_every_field_with_null_for_what_nobody_reported(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    answer = await office.post("/v1/groups", json={**GROUP, "members_female": 0})

    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/groups/{answer.json()['id']}"
    assert list(answer.json()) == [
        "id",
        "name",
        "village_code",
        "village_name",
        "district_code",
        "district_name",
        "kind",
        "members_male",
        "members_female",
        "poor_households",
        "version",
        "created_at",
        "updated_at",
    ]
    assert answer.json()["district_name"] == "Anggana"
    assert (answer.json()["members_male"], answer.json()["members_female"]) == (None, 0)
    assert (await visitor.get(answer.headers["location"])).json() == answer.json()


async def test_two_groups_may_bear_the_same_name(office: httpx.AsyncClient) -> None:
    first = await made(office)

    second = await made(office)

    assert second["name"] == first["name"]
    assert second["id"] != first["id"]


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


async def test_a_new_group_names_every_fault_at_once(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/groups",
        json={"name": " ", "kind": "arisan", "members_male": -1, "poor_households": 1.5, "nik": "1"},
    )

    assert answer.status_code == 422
    assert faults(answer) == {
        ("/name", "text.blank"),
        ("/village_code", "field.required"),
        ("/kind", "value.choice"),
        ("/members_male", "value.too_small"),
        ("/poor_households", "value.integer"),
        ("/nik", "field.unknown"),
    }


async def test_a_stranger_changes_nothing(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    address = f"/v1/groups/{(await made(office))['id']}"

    answers = [
        await visitor.post("/v1/groups", json=GROUP),
        await visitor.patch(address, json={"members_male": 3}),
        await visitor.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]


async def test_a_viewer_may_not_write(callers: Callers) -> None:
    viewer = await callers.holding("viewer")

    answer = await viewer.post("/v1/groups", json=GROUP)

    assert answer.status_code == 403


async def test_beyond_ones_region_a_group_does_not_exist(office: httpx.AsyncClient, callers: Callers) -> None:
    address = f"/v1/groups/{(await made(office))['id']}"
    tenggarong = await callers.holding("operator", region="64.02.06")

    answers = [
        await tenggarong.post("/v1/groups", json=GROUP),
        await tenggarong.patch(address, json={"members_male": 3}),
        await tenggarong.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert faults(answers[0]) == {("/village_code", "village.not_found")}
    assert faults(answers[1]) == {("/path/id", "group.not_found")}


async def test_an_operator_moves_no_group_out_of_the_region(callers: Callers) -> None:
    anggana = await callers.holding("operator", region="64.02.04")
    group = await made(anggana)

    answer = await anggana.patch(f"/v1/groups/{group['id']}", json={"village_code": TIMBAU})

    assert answer.status_code == 404
    assert faults(answer) == {("/village_code", "village.not_found")}


async def test_an_unknown_or_malformed_id_is_told_apart(visitor: httpx.AsyncClient) -> None:
    unknown = await visitor.get("/v1/groups/00000000-0000-7000-8000-000000000000")
    malformed = await visitor.get("/v1/groups/seven")

    assert (unknown.status_code, malformed.status_code) == (404, 422)
    assert faults(malformed) == {("/path/id", "value.pattern")}


async def test_a_group_that_was_read_can_be_edited_and_sent_back_whole(office: httpx.AsyncClient) -> None:
    group = await made(office, members_male=4)

    answer = await office.patch(
        f"/v1/groups/{group['id']}", json={**group, "members_male": None, "poor_households": 2}
    )

    assert answer.json() == group | {
        "members_male": None,
        "poor_households": 2,
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }


async def test_a_patch_names_every_fault_and_changes_nothing(office: httpx.AsyncClient) -> None:
    group = await made(office)
    address = f"/v1/groups/{group['id']}"

    answer = await office.patch(
        address, json={"name": None, "kind": None, "members_male": -1, "version": 7, "village_name": "Jahab"}
    )

    assert answer.status_code == 422
    assert faults(answer) >= {("/members_male", "value.too_small")}
    assert (await office.get(address)).json() == group


async def test_a_cleared_name_and_a_changed_read_only_field_are_faults(office: httpx.AsyncClient) -> None:
    group = await made(office)

    answer = await office.patch(
        f"/v1/groups/{group['id']}", json={"name": None, "version": 7, "village_name": "Jahab"}
    )

    assert faults(answer) == {
        ("/name", "field.null"),
        ("/version", "read_only"),
        ("/village_name", "read_only"),
    }


async def test_a_group_moves_to_another_village_by_its_code(office: httpx.AsyncClient) -> None:
    group = await made(office)

    answer = await office.patch(f"/v1/groups/{group['id']}", json={"village_code": "6402061004"})

    assert answer.json()["village_code"] == TIMBAU
    assert answer.json()["village_name"] == "Timbau"
    assert answer.json()["district_name"] == "Tenggarong"
    assert answer.json()["version"] == 2


async def test_a_stale_if_match_changes_and_removes_nothing(office: httpx.AsyncClient) -> None:
    group = await made(office)
    address = f"/v1/groups/{group['id']}"
    await office.patch(address, json={"members_male": 3})

    changed = await office.patch(address, json={"members_male": 9}, headers={"if-match": '"1"'})
    removed = await office.delete(address, headers={"if-match": '"1"'})

    assert (changed.status_code, removed.status_code) == (412, 412)
    assert (await office.get(address)).json()["members_male"] == 3


async def test_a_removed_group_is_gone(office: httpx.AsyncClient) -> None:
    address = f"/v1/groups/{(await made(office))['id']}"

    answer = await office.delete(address, headers={"if-match": '"1"'})

    assert answer.status_code == 204
    assert (await office.get(address)).status_code == 404


async def test_groups_are_found_by_region_kind_and_any_part_of_the_name(office: httpx.AsyncClient) -> None:
    wanted = await made(office, name="Kelompok Nelayan Cahaya", kind="kelompok_usaha")
    await made(office, name="Kelompok Tani Cahaya", kind="kelompok_usaha")
    await made(office, name="Kelompok Nelayan Cahaya", kind="kelompok_masyarakat")
    await made(office, name="Kelompok Nelayan Cahaya", kind="kelompok_usaha", village_code=TIMBAU)

    answer = await office.get(
        "/v1/groups",
        params={"region": "640204", "kind": "kelompok_usaha", "q": "layan CAHA", "count": "exact"},
    )

    assert answer.json()["total"] == 1
    assert [group["id"] for group in answer.json()["items"]] == [wanted["id"]]


async def test_the_list_says_what_is_wrong_with_its_parameters(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/groups", params={"kind": "arisan", "limit": "0", "colour": "red"})

    assert answer.status_code == 422
    assert {pointer for pointer, _ in faults(answer)} == {"/query/kind", "/query/limit", "/query/colour"}


async def test_a_walk_shows_groups_of_one_name_each_once(office: httpx.AsyncClient) -> None:
    ids = {(await made(office))["id"] for _ in range(7)}

    seen: list[str] = []
    query = {"limit": "3", "sort": "-name"}
    while True:
        page = (await office.get("/v1/groups", params=query)).json()
        seen += [group["id"] for group in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert len(seen) == 7
    assert set(seen) == ids


async def test_the_whole_list_comes_as_csv(office: httpx.AsyncClient) -> None:
    await made(office, name="=1+1", members_male=3)

    answer = await office.get("/v1/groups", params={"format": "csv"})

    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="groups.csv"' in answer.headers["content-disposition"]
    assert "64.02.04.2001" in answer.text
    assert ",=1+1" not in answer.text


async def test_a_retry_with_the_same_key_makes_no_second_group(office: httpx.AsyncClient) -> None:
    first = await office.post("/v1/groups", json=GROUP, headers={"idempotency-key": "once"})

    again = await office.post("/v1/groups", json=GROUP, headers={"idempotency-key": "once"})

    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert (await office.get("/v1/groups", params={"count": "exact"})).json()["total"] == 1


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
