"""How a cooperative changes: by patch, by what its ledger says, by deletion, and when several write at once."""

import asyncio

import httpx

from tests.cooperatives.registering import (
    OF_SEPATIN,
    TANI_BARU,
    address,
    faults,
    registered,
)
from tests.personal import PHONE


async def test_a_patch_keeps_what_is_absent_and_null_clears(office: httpx.AsyncClient) -> None:
    told = await registered(
        office,
        members_male=3,
        members_female=4,
        phone=PHONE,
        units=[{"unit": "obat", "status": None}],
        member_village_codes=[TANI_BARU],
    )

    answer = await office.patch(
        address(told),
        json={
            "members_male": None,
            "phone": None,
            "units": None,
            "member_village_codes": None,
            "management": "syariah",
        },
    )

    assert answer.status_code == 200
    assert answer.json() == told | {
        "members_male": None,
        "phone": None,
        "units": [],
        "member_village_codes": [],
        "management": "syariah",
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }


async def test_get_edit_send_back_changes_only_the_edit(office: httpx.AsyncClient) -> None:
    told = await registered(office, OF_SEPATIN, phone=PHONE, units=[{"unit": "obat", "status": None}])

    unedited = await office.patch(address(told), json=told)
    edited = await office.patch(address(told), json={**told, "members_male": 9})

    assert unedited.json() == told
    assert edited.json() == told | {
        "members_male": 9,
        "version": 2,
        "updated_at": edited.json()["updated_at"],
    }


async def test_what_the_ledger_says_is_read_only(office: httpx.AsyncClient) -> None:
    place = address(await registered(office))

    answer = await office.patch(
        place, json={"loan_ready": True, "sk_number": "x", "village_name": "Anggana", "name": None}
    )

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/loan_ready", "read_only"),
        ("/sk_number", "read_only"),
        ("/village_name", "read_only"),
        ("/name", "field.null"),
    }


async def test_of_two_edits_of_one_version_only_one_is_written(office: httpx.AsyncClient) -> None:
    told = await registered(office)
    edits = [{"members_male": 1}, {"members_male": 2}]

    answers = await asyncio.gather(
        *(office.patch(address(told), json=edit, headers={"if-match": '"1-clear"'}) for edit in edits)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert (await office.get(address(told))).json()["version"] == 2


async def test_edits_without_a_condition_all_take_effect(office: httpx.AsyncClient) -> None:
    told = await registered(office)
    edits = [{"members_male": 1}, {"members_female": 2}, {"management": "syariah"}]

    answers = await asyncio.gather(*(office.patch(address(told), json=edit) for edit in edits))

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    now = (await office.get(address(told))).json()
    assert (now["members_male"], now["members_female"], now["management"], now["version"]) == (
        1,
        2,
        "syariah",
        4,
    )


async def test_a_deleted_cooperative_is_gone_and_its_name_free(office: httpx.AsyncClient) -> None:
    told = await registered(office, member_village_codes=[TANI_BARU])

    stale = await office.delete(address(told), headers={"if-match": '"2"'})
    answer = await office.delete(address(told), headers={"if-match": '"1"'})

    assert (stale.status_code, answer.status_code) == (412, 204)
    assert (await office.get(address(told))).status_code == 404
    assert (await registered(office))["name"] == told["name"]


async def test_what_the_ledger_says_is_read_only_and_goes_along_with_a_patch(
    office: httpx.AsyncClient,
) -> None:
    told = await registered(office)
    event = {"event_id": "1", "milestone": "musdesus", "outcome": "achieved", "occurred_on": "2025-05-20"}
    await office.post(f"{address(told)}/legality-events", json=event)

    shown = (await office.get(address(told))).json()
    listed = await office.get("/v1/cooperatives?legality_stage=terbentuk")
    patched = await office.patch(address(told), json={**shown, "members_male": 1})
    refused = await office.patch(address(told), json={"legality_stage": "berbadan_hukum"})

    assert (shown["legality_stage"], shown["loan_ready"], shown["version"]) == ("terbentuk", False, 2)
    assert [row["id"] for row in listed.json()["items"]] == [told["id"]]
    assert (patched.status_code, patched.json()["version"]) == (200, 3)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "read_only")
