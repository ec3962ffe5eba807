"""Who may change a UKM, and who may see whose it is."""

import httpx

from tests.conftest import Callers
from tests.personal import OWNER, PHONE
from tests.ukms.registering import NOBODY, SEPATIN, TIMBAU, UKM, address, faults, registered


async def test_a_stranger_and_a_viewer_change_nothing(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    place = address(await registered(office))
    viewer = await callers.holding("viewer")

    statuses = [
        [
            (await client.post("/v1/ukms", json=UKM)).status_code,
            (await client.patch(place, json={"members": 3})).status_code,
            (await client.delete(place)).status_code,
        ]
        for client in (visitor, viewer)
    ]

    assert statuses == [[401] * 3, [403] * 3]


async def test_beyond_ones_region_a_ukm_does_not_exist(office: httpx.AsyncClient, callers: Callers) -> None:
    place = address(await registered(office))
    tenggarong = await callers.holding("operator", region="64.02.06")
    anggana = await callers.holding("operator", region="64.02.04")

    answers = [
        await tenggarong.post("/v1/ukms", json=UKM),
        await tenggarong.patch(place, json={"members": 3}),
        await tenggarong.delete(place),
        await anggana.patch(place, json={"village_code": TIMBAU}),
        await office.get(NOBODY),
    ]

    assert [(answer.status_code, faults(answer)) for answer in answers] == [
        (404, [("/village_code", "village.not_found")]),
        (404, [("/path/id", "ukm.not_found")]),
        (404, [("/path/id", "ukm.not_found")]),
        (404, [("/village_code", "village.not_found")]),
        (404, [("/path/id", "ukm.not_found")]),
    ]


async def test_an_owner_is_for_those_who_may_see_them(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    told = await registered(office, owner_name=OWNER, phone=PHONE)
    here = await callers.holding("operator", region=SEPATIN)
    elsewhere = await callers.holding("operator", region="64.02.06")

    seen = [(await client.get(address(told))).json() for client in (here, visitor, elsewhere)]
    found = await here.get("/v1/ukms?q=zqxwa")

    hidden = told | {"owner_name": None, "phone": None, "masked": ["owner_name", "phone"]}
    assert seen == [told, hidden, hidden]
    assert found.json()["items"] == []
