"""UKM over HTTP: what they hold and what is refused."""

import httpx

from app.ukms.tables import UKMS
from tests.personal import OWNER, PHONE
from tests.ukms.registering import SEPATIN, UKM, address, faults, registered


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
        "owner_name": OWNER,
        "phone": PHONE,
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


async def test_a_retried_post_has_one_effect_and_one_answer(office: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "register-once"}
    first = await office.post("/v1/ukms", json=UKM, headers=key)

    second = await office.post("/v1/ukms", json=UKM, headers=key)

    assert (second.status_code, second.content) == (201, first.content)
    assert (await office.get("/v1/ukms?count=exact")).json()["total"] == 1
