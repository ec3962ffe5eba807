"""How a UKM changes: by patch, with its village, by deletion, and when several write at once."""

import asyncio

import httpx

from tests.personal import OWNER, PHONE
from tests.ukms.registering import SEPATIN, SUNGAI_MERIAM, address, faults, registered


async def test_a_patch_keeps_what_is_absent_and_null_clears(office: httpx.AsyncClient) -> None:
    told = await registered(
        office,
        members=3,
        owner_name=OWNER,
        channels=["pasar"],
        kbli="10794",
        products=[{"name": "Kerupuk"}],
    )

    answer = await office.patch(
        address(told),
        json={"members": None, "channels": None, "owner_name": None, "village_code": "6402042006"},
    )

    assert answer.json() == told | {
        "members": None,
        "channels": [],
        "owner_name": None,
        "village_code": SUNGAI_MERIAM,
        "village_name": "Sungai Meriam",
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }


async def test_get_edit_send_back_changes_only_the_edit(office: httpx.AsyncClient) -> None:
    told = await registered(
        office,
        capital_idr=1,
        products=[{"name": "Kerupuk"}],
        certificates=[{"kind": "halal", "number": "1"}],
        phone=PHONE,
    )

    unedited = await office.patch(address(told), json=told)
    refused = await office.patch(address(told), json={**told, "scale": "besar", "scale_basis": "sales"})

    assert unedited.json() == told
    assert faults(refused) == [("/scale", "read_only"), ("/scale_basis", "read_only")]


async def test_of_two_edits_of_one_version_only_one_is_written(office: httpx.AsyncClient) -> None:
    told = await registered(office)

    answers = await asyncio.gather(
        *(
            office.patch(address(told), json={"members": number}, headers={"if-match": '"1"'})
            for number in (1, 2, 3)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert (await office.get(address(told))).json()["version"] == 2


async def test_a_ukm_follows_its_village_and_keeps_it(office: httpx.AsyncClient) -> None:
    told = await registered(office)
    recoding = {"new_code": "64.02.03.2099", "effective_on": "2026-01-01", "legal_basis": "Percobaan 1/2026"}

    refused = await office.delete(f"/v1/villages/{SEPATIN}")
    await office.post(f"/v1/villages/{SEPATIN}/recode", json={**recoding, "new_name": "Sepatin Baru"})

    assert refused.json()["references"] == [{"type": "ukm", "count": 1, "ids": [told["id"]]}]
    shown = (await office.get(address(told))).json()
    assert shown == told | {
        "village_code": "64.02.03.2099",
        "village_name": "Sepatin Baru",
        "district_code": "64.02.03",
        "district_name": "Loa Janan",
        "version": 2,
        "updated_at": shown["updated_at"],
    }


async def test_a_deleted_ukm_is_gone(office: httpx.AsyncClient) -> None:
    told = await registered(office)

    stale = await office.delete(address(told), headers={"if-match": '"7"'})
    answer = await office.delete(address(told))

    assert (stale.status_code, answer.status_code) == (412, 204)
    assert (await office.get(address(told))).status_code == 404
