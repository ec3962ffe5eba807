"""UKM over HTTP: what they hold, who may see it and change it."""

import asyncio
import csv
import io

import httpx
import pytest

from app.ukms.tables import UKMS
from tests.conftest import Callers
from tests.ukms.registering import SEPATIN, SUNGAI_MERIAM, TIMBAU, UKM, address, faults, registered

NOBODY = "/v1/ukms/00000000-0000-7000-8000-000000000000"


async def test_a_new_ukm_shows_every_field_with_null_for_what_nobody_knows(office: httpx.AsyncClient) -> None:
    answer = await office.post("/v1/ukms", json={**UKM, "members": 0})

    assert answer.status_code == 201
    told = answer.json()
    assert answer.headers["location"] == address(told)
    assert told == {
        "id": told["id"],
        "name": "Usaha Percobaan",
        "village_code": SEPATIN,
        "village_name": "Sepatin",
        "district_code": "64.02.04",
        "district_name": "Anggana",
        "owner_kind": "kelompok",
        "owner_name": None,
        "phone": None,
        "members": 0,
        **dict.fromkeys(("founded_on", "kbli", "nib", "market_reach", "capital_idr", "scale", "scale_basis")),
        "products": [],
        "certificates": [],
        "channels": [],
        "version": 1,
        "created_at": told["created_at"],
        "updated_at": told["created_at"],
        "masked": [],
    }
    assert tuple(told) == (*UKMS.fields, "masked")
    assert (await office.get(address(told))).content == answer.content


async def test_everything_that_is_given_is_kept(office: httpx.AsyncClient) -> None:
    given = {
        "owner_kind": "perorangan",
        "owner_name": "Nama Percobaan",
        "phone": "+6281200000000",
        "members": 7,
        "founded_on": "2019-08-17",
        "kbli": "10794",
        "nib": "0000000000000",
        "products": [{"name": "Kerupuk", "unit": "kg", "packaging": "plastik", "monthly_capacity": 0.5}],
        "certificates": [
            {"kind": "pirt", "number": "P-IRT 0", "issued_on": "2020-01-01", "expires_on": "2025-01-01"},
            {"kind": "halal", "number": "P-IRT 0", "issued_on": None, "expires_on": None},
        ],
        "market_reach": "nasional",
        "channels": ["pasar", "hotel_restoran"],
        "capital_idr": 9_007_199_254_740_991,
    }

    told = await registered(office, **given)

    assert told == told | given
    assert (told["scale"], told["scale_basis"]) == ("besar", "capital")


async def test_a_village_is_found_by_a_name_that_only_one_has(office: httpx.AsyncClient) -> None:
    answers = [
        await office.post("/v1/ukms", json={"name": "Usaha", "owner_kind": "kelompok", "village_name": name})
        for name in ("sepatin", "Bukit Raya", "Atlantis")
    ]

    assert answers[0].json()["village_code"] == SEPATIN
    assert (answers[1].status_code, faults(answers[1])) == (422, [("/village_name", "village.ambiguous")])
    assert len(answers[1].json()["candidates"]) == 2
    assert (answers[2].status_code, faults(answers[2])) == (404, [("/village_name", "village.not_found")])


async def test_every_fault_is_named_in_its_place(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/ukms",
        json={
            "name": 5,
            "owner_kind": "keluarga",
            "phone": "12",
            "members": 1.5,
            "founded_on": "2019-02-30",
            "kbli": "1079",
            "nib": "\u0660" * 13,
            "products": [{"monthly_capacity": -1}, {"name": "Kerupuk", "price": 1}],
            "certificates": [
                {"kind": "iso", "number": "1", "issued_on": "2021-01-01", "expires_on": "2020-01-01"}
            ],
            "market_reach": "dunia",
            "channels": ["pasar", "toko"],
            "capital_idr": -1,
            "scale": "mikro",
        },
    )

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/name", "value.text"),
        ("/village_code", "field.required"),
        ("/owner_kind", "value.choice"),
        ("/phone", "phone.malformed"),
        ("/members", "value.integer"),
        ("/founded_on", "value.date"),
        ("/kbli", "value.pattern"),
        ("/nib", "value.pattern"),
        ("/products/0/name", "field.required"),
        ("/products/0/monthly_capacity", "value.too_small"),
        ("/products/1/price", "field.unknown"),
        ("/certificates/0/kind", "value.choice"),
        ("/certificates/0/expires_on", "ukm.expires_before_issue"),
        ("/market_reach", "value.choice"),
        ("/channels/1", "value.choice"),
        ("/capital_idr", "value.too_small"),
        ("/scale", "field.unknown"),
    }


async def test_what_stands_twice_is_refused_where_it_stands_again(office: httpx.AsyncClient) -> None:
    certificates = [
        {"kind": "pirt", "number": "P-IRT No. 1"},
        {"kind": "halal", "number": "P-IRT No. 1"},
        {"kind": "pirt", "number": "p-irt no 1"},
    ]

    answer = await office.post(
        "/v1/ukms", json={**UKM, "certificates": certificates, "channels": ["pasar", "warung", "pasar"]}
    )

    assert faults(answer) == [("/certificates/2", "list.repeated"), ("/channels/2", "list.repeated")]


async def test_nothing_was_founded_or_issued_in_the_future(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/ukms",
        json={
            **UKM,
            "village_code": "64.02.04.2099",
            "founded_on": "2199-01-01",
            "certificates": [
                {"kind": "halal", "number": "1", "issued_on": "2020-01-01", "expires_on": "2199-01-01"},
                {"kind": "halal", "number": "2", "issued_on": "2199-01-01"},
            ],
        },
    )

    assert answer.status_code == 422
    assert faults(answer) == [
        ("/founded_on", "value.date_future"),
        ("/certificates/1/issued_on", "value.date_future"),
    ]


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
    told = await registered(office, owner_name="Nama Percobaan", phone="+6281200000000")
    here = await callers.holding("operator", region=SEPATIN)
    elsewhere = await callers.holding("operator", region="64.02.06")

    seen = [(await client.get(address(told))).json() for client in (here, visitor, elsewhere)]
    found = await here.get("/v1/ukms?q=nama")

    hidden = told | {"owner_name": None, "phone": None, "masked": ["owner_name", "phone"]}
    assert seen == [told, hidden, hidden]
    assert found.json()["items"] == []


async def test_a_patch_keeps_what_is_absent_and_null_clears(office: httpx.AsyncClient) -> None:
    told = await registered(
        office,
        members=3,
        owner_name="Nama Percobaan",
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
        phone="+6281200000000",
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


async def test_a_retried_post_has_one_effect_and_one_answer(office: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "register-once"}
    first = await office.post("/v1/ukms", json=UKM, headers=key)

    second = await office.post("/v1/ukms", json=UKM, headers=key)

    assert (second.status_code, second.content) == (201, first.content)
    assert (await office.get("/v1/ukms?count=exact")).json()["total"] == 1


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


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=64.02.04", [0, 2]),
        ("owner_kind=perorangan", [1]),
        ("scale=kecil", [2]),
        ("market_reach=ekspor", [1]),
        ("channel=hotel_restoran", [0, 1]),
        ("channel=pasar", [0]),
        ("channel=lainnya", []),
        ("q=usaha C", [2]),
        ("updated_since=2999-01-01T00:00:00Z", []),
        ("sort=-name", [2, 1, 0]),
        ("sort=village_code&q=b", [1]),
        ("sort=-updated_at", [2, 1, 0]),
    ],
)
async def test_a_list_shows_what_was_asked_for_in_order(
    office: httpx.AsyncClient, query: str, expected: list[int]
) -> None:
    made = [
        (await registered(office, name="Usaha A", channels=["pasar", "hotel_restoran"]))["id"],
        (
            await registered(
                office,
                name="Usaha B",
                owner_kind="perorangan",
                market_reach="ekspor",
                channels=["hotel_restoran"],
                village_code=TIMBAU,
            )
        )["id"],
        (await registered(office, name="Usaha C", capital_idr=1_000_000_001))["id"],
    ]

    answer = await office.get(f"/v1/ukms?count=exact&{query}")

    assert [made.index(row["id"]) for row in answer.json()["items"]] == expected
    assert answer.json()["total"] == len(expected)


async def test_a_wrong_query_names_every_fault(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/ukms?owner_kind=x&scale=x&market_reach=x&channel=x")

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/query/owner_kind", "value.choice"),
        ("/query/scale", "value.choice"),
        ("/query/market_reach", "value.choice"),
        ("/query/channel", "value.choice"),
    }


async def test_a_table_has_every_field_and_masks_what_is_personal(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    told = await registered(
        office, owner_name="Nama Percobaan", nib="0000000000000", channels=["pasar", "warung"]
    )

    clear, masked = [
        next(csv.DictReader(io.StringIO((await client.get("/v1/ukms?format=csv")).text)))
        for client in (office, visitor)
    ]

    assert list(clear) == list(masked) == list(told)
    assert (clear["owner_name"], clear["nib"], clear["channels"]) == (
        "Nama Percobaan",
        "0000000000000",
        "pasar; warung",
    )
    assert (masked["owner_name"], masked["masked"]) == ("", "owner_name; phone")
