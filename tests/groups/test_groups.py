"""Groups over HTTP: what is known of them, and who may change it."""

import httpx

from tests.conftest import Callers
from tests.groups.making import GROUP, faults, made


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


async def test_a_patch_with_a_fault_changes_nothing(office: httpx.AsyncClient) -> None:
    group = await made(office)
    address = f"/v1/groups/{group['id']}"

    answer = await office.patch(
        address, json={"name": "Nama lain", "members_male": -1, "poor_households": "2"}
    )

    assert faults(answer) == {("/members_male", "value.too_small"), ("/poor_households", "value.integer")}
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


async def test_a_retry_with_the_same_key_makes_no_second_group(office: httpx.AsyncClient) -> None:
    first = await office.post("/v1/groups", json=GROUP, headers={"idempotency-key": "once"})

    again = await office.post("/v1/groups", json=GROUP, headers={"idempotency-key": "once"})

    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert (await office.get("/v1/groups", params={"count": "exact"})).json()["total"] == 1
