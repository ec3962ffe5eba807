"""Follow-ups over HTTP: what the office did after a training."""

import httpx

from tests.conftest import Callers
from tests.trainings.making import (
    NOBODY,
    SEPATIN,
    SUNGAI_MERIAM,
    faults,
    follow_up,
    recode,
    training,
)

DONE = {"held_on": "2024-11-20", "kind": "pendampingan"}


def address(id: str) -> str:
    return f"/v1/trainings/{id}/follow-ups"


async def test_a_follow_up_shows_every_field(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]

    answer = await office.post(address(id), json={**DONE, "note": "Percobaan"})

    assert answer.status_code == 201
    assert answer.headers["location"] == f"{address(id)}/{answer.json()['id']}"
    assert list(answer.json().items())[1:-2] == [
        ("training_id", id),
        ("village_code", SEPATIN),
        ("held_on", "2024-11-20"),
        ("kind", "pendampingan"),
        ("status", "selesai"),
        ("note", "Percobaan"),
        ("version", 1),
    ]
    assert (await visitor.get(answer.headers["location"])).json() == answer.json()
    assert (await visitor.get(f"/v1/trainings/{id}")).json()["version"] == 1


async def test_a_new_follow_up_names_every_fault_at_once(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]

    answer = await office.post(address(id), json={"held_on": "20-11-2024", "status": "lupa", "who": "x"})

    assert answer.status_code == 422
    assert faults(answer) == {
        ("/held_on", "value.date"),
        ("/kind", "field.required"),
        ("/status", "value.choice"),
        ("/who", "field.unknown"),
    }


async def test_only_a_plan_lies_in_the_future(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]

    done = await office.post(address(id), json={**DONE, "held_on": "2099-01-01"})
    plan = await office.post(address(id), json={**DONE, "held_on": "2099-01-01", "status": "rencana"})
    carried_out = await office.patch(f"{address(id)}/{plan.json()['id']}", json={"status": "selesai"})

    assert faults(done) == {("/held_on", "value.date_future")}
    assert plan.status_code == 201
    assert faults(carried_out) == {("/held_on", "value.date_future")}


async def test_a_plan_is_carried_out(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    plan = await follow_up(office, id, held_on="2099-01-01", status="rencana")

    answer = await office.patch(
        f"{address(id)}/{plan['id']}",
        json={**plan, "held_on": "2024-12-01", "status": "selesai", "note": "Percobaan"},
        headers={"if-match": '"1"'},
    )

    assert answer.json() == plan | {
        "held_on": "2024-12-01",
        "status": "selesai",
        "note": "Percobaan",
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }


async def test_a_patch_names_every_fault(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await follow_up(office, id)

    answer = await office.patch(
        f"{address(id)}/{made['id']}", json={"held_on": None, "kind": None, "training_id": NOBODY}
    )

    assert faults(answer) == {
        ("/held_on", "field.null"),
        ("/kind", "field.null"),
        ("/training_id", "read_only"),
    }


async def test_a_removed_follow_up_is_gone(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    one = f"{address(id)}/{(await follow_up(office, id))['id']}"

    answer = await office.delete(one)

    assert answer.status_code == 204
    assert (await office.get(one)).status_code == 404


async def test_stale_versions_change_and_remove_nothing(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    one = f"{address(id)}/{(await follow_up(office, id))['id']}"
    await office.patch(one, json={"note": "Percobaan"})

    changed = await office.patch(one, json={"note": None}, headers={"if-match": '"1"'})
    removed = await office.delete(one, headers={"if-match": '"1"'})

    assert (changed.status_code, removed.status_code) == (412, 412)
    assert (await office.get(one)).json()["note"] == "Percobaan"


async def test_a_follow_up_exists_below_its_own_training_alone(office: httpx.AsyncClient) -> None:
    made = await follow_up(office, (await training(office))["id"])
    elsewhere = f"{address((await training(office))['id'])}/{made['id']}"

    answers = [
        await office.get(elsewhere),
        await office.patch(elsewhere, json={"note": "x"}),
        await office.delete(elsewhere),
    ]

    assert all(faults(answer) == {("/path/follow_up_id", "follow_up.not_found")} for answer in answers)


async def test_below_a_training_that_is_not_there_is_nothing(office: httpx.AsyncClient) -> None:
    answers = [
        await office.get(address(NOBODY)),
        await office.get(f"{address(NOBODY)}/{NOBODY}"),
        await office.post(address(NOBODY), json=DONE),
        await office.patch(f"{address(NOBODY)}/{NOBODY}", json={}),
        await office.delete(f"{address(NOBODY)}/{NOBODY}"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


async def test_a_stranger_changes_nothing(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    one = f"{address(id)}/{(await follow_up(office, id))['id']}"

    answers = [
        await visitor.post(address(id), json=DONE),
        await visitor.patch(one, json={}),
        await visitor.delete(one),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]


async def test_beyond_ones_region_nothing_follows(office: httpx.AsyncClient, callers: Callers) -> None:
    id = (await training(office))["id"]
    one = f"{address(id)}/{(await follow_up(office, id))['id']}"
    tenggarong = await callers.holding("operator", region="64.02.06")

    answers = [
        await tenggarong.post(address(id), json=DONE),
        await tenggarong.patch(one, json={"note": "x"}),
        await tenggarong.delete(one),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_the_list_shows_the_follow_ups_of_one_training_by_day(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    for day, kind in (
        ("2024-12-02", "monitoring"),
        ("2024-11-02", "pemasaran"),
        ("2024-12-02", "monitoring"),
    ):
        await follow_up(office, id, held_on=day, kind=kind)
    await follow_up(office, (await training(office))["id"])

    everything = (await office.get(address(id), params={"count": "exact"})).json()
    some = (
        await office.get(address(id), params={"kind": "monitoring", "sort": "-held_on", "limit": "1"})
    ).json()
    rest = await office.get(
        address(id), params={"kind": "monitoring", "sort": "-held_on", "cursor": some["next_cursor"]}
    )

    assert [one["held_on"] for one in everything["items"]] == ["2024-11-02", "2024-12-02", "2024-12-02"]
    assert everything["total"] == 3
    assert [one["kind"] for one in (*some["items"], *rest.json()["items"])] == ["monitoring", "monitoring"]


async def test_a_training_with_follow_ups_cannot_be_deleted(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await follow_up(office, id)

    answer = await office.delete(f"/v1/trainings/{id}")

    assert answer.status_code == 409
    assert answer.json()["references"] == [{"type": "follow_up", "count": 1, "ids": [made["id"]]}]


async def test_follow_ups_move_with_their_training_and_follow_its_village(office: httpx.AsyncClient) -> None:
    id = (await training(office))["id"]
    made = await follow_up(office, id)

    await office.patch(f"/v1/trainings/{id}", json={"village_code": SUNGAI_MERIAM})
    await recode(office, SUNGAI_MERIAM, "64.02.04.2099", effective_on="2025-06-01")

    after = (await office.get(f"{address(id)}/{made['id']}")).json()
    assert (after["village_code"], after["version"]) == ("64.02.04.2099", 3)
