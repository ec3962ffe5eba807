"""Who may change a cooperative, and who may see how its people are reached."""

import httpx

from tests.conftest import Callers
from tests.cooperatives.registering import (
    NOBODY,
    OTHER,
    TANI_BARU,
    TIMBAU,
    address,
    faults,
    registered,
)
from tests.personal import EMAIL, OTHER_PHONE, PHONE


async def test_a_stranger_changes_nothing(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    place = address(await registered(office))

    answers = [
        await visitor.post("/v1/cooperatives", json=OTHER),
        await visitor.patch(place, json={"members_male": 3}),
        await visitor.delete(place),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]


async def test_a_viewer_may_not_write(office: httpx.AsyncClient, callers: Callers) -> None:
    place = address(await registered(office))
    viewer = await callers.holding("viewer")

    answers = [
        await viewer.post("/v1/cooperatives", json=OTHER),
        await viewer.patch(place, json={"members_male": 3}),
        await viewer.delete(place),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


async def test_beyond_ones_region_a_cooperative_does_not_exist(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    place = address(await registered(office))
    tenggarong = await callers.holding("operator", region="64.02.06")

    answers = [
        await tenggarong.post("/v1/cooperatives", json={**OTHER, "name": "Koperasi Lain"}),
        await tenggarong.patch(place, json={"members_male": 3}),
        await tenggarong.delete(place),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert [faults(answer) for answer in answers] == [
        [("/village_code", "village.not_found")],
        [("/path/id", "cooperative.not_found")],
        [("/path/id", "cooperative.not_found")],
    ]


async def test_what_does_not_exist_is_not_found(office: httpx.AsyncClient) -> None:
    answers = [
        await office.get(NOBODY),
        await office.patch(NOBODY, json={"members_male": 1}),
        await office.delete(NOBODY),
    ]

    assert [(answer.status_code, faults(answer)) for answer in answers] == [
        (404, [("/path/id", "cooperative.not_found")])
    ] * 3


async def test_an_operator_reaches_neither_seat_nor_members_outside_the_region(callers: Callers) -> None:
    anggana = await callers.holding("operator", region="64.02.04")
    place = address(await registered(anggana))

    answers = [
        await anggana.patch(place, json={"village_code": TIMBAU}),
        await anggana.patch(place, json={"member_village_codes": [TANI_BARU, TIMBAU, "64.02.04.2099"]}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert faults(answers[0]) == [("/village_code", "village.not_found")]
    assert faults(answers[1]) == [
        ("/member_village_codes/1", "village.not_found"),
        ("/member_village_codes/2", "village.not_found"),
    ]


async def test_phone_and_email_are_for_those_who_may_see_them(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    told = await registered(office, phone=PHONE, email=EMAIL)
    hidden = told | {"phone": None, "email": None, "masked": ["phone", "email"]}
    here = await callers.holding("operator", region="64.02.04")
    elsewhere = await callers.holding("operator", region="64.02.06")
    viewer = await callers.holding("viewer")

    clear = await here.get(address(told))
    masked = [await client.get(address(told)) for client in (visitor, elsewhere, viewer)]

    assert clear.json() == told
    assert [answer.json() for answer in masked] == [hidden] * 3
    assert clear.headers["etag"] != masked[0].headers["etag"]
    assert clear.headers["cache-control"] == "no-store"


async def test_a_list_masks_row_by_row(office: httpx.AsyncClient, callers: Callers) -> None:
    await registered(office, name="Koperasi Percobaan A", phone=PHONE)
    await registered(office, name="Koperasi Percobaan B", phone=OTHER_PHONE, village_code=TIMBAU)
    anggana = await callers.holding("operator", region="64.02.04")

    rows = (await anggana.get("/v1/cooperatives")).json()["items"]

    assert [(row["phone"], row["masked"]) for row in rows] == [
        (PHONE, []),
        (None, ["phone", "email"]),
    ]
