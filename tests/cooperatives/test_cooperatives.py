"""Cooperatives over HTTP: what they hold and what is refused."""

from datetime import date, timedelta

import httpx

from app.cooperatives.tables import COOPERATIVES
from tests.cooperatives.registering import (
    OF_SEPATIN,
    OTHER,
    SEPATIN,
    TANI_BARU,
    Told,
    address,
    faults,
    registered,
)
from tests.personal import EMAIL, PHONE


async def test_a_new_cooperative_shows_every_field_with_null_for_what_nobody_knows(
    office: httpx.AsyncClient,
) -> None:
    answer = await office.post("/v1/cooperatives", json={**OF_SEPATIN, "members_female": 0})

    assert answer.status_code == 201
    told = answer.json()
    assert answer.headers["location"] == address(told)
    assert told == {
        "id": told["id"],
        "name": "Koperasi Desa Merah Putih Sepatin",
        "village_code": SEPATIN,
        "village_name": "Sepatin",
        "district_code": "64.02.04",
        "district_name": "Anggana",
        "member_village_codes": [],
        "kind": "desa_merah_putih",
        **dict.fromkeys(("formation_method", "management", "established_on", "address", "phone", "email")),
        "members_male": None,
        "members_female": 0,
        "units": [],
        "legality_stage": "belum_terbentuk",
        **dict.fromkeys(("sk_number", "sk_on", "nib", "npwp", "nik_koperasi")),
        "loan_ready": False,
        "missing": ["sk_ahu", "npwp", "rekening", "nib", "nik_koperasi"],
        "version": 1,
        "created_at": told["created_at"],
        "updated_at": told["created_at"],
        "masked": [],
    }
    assert list(told)[-1] == "masked"
    assert tuple(told)[:-1] == COOPERATIVES.fields
    assert (await office.get(address(told))).content == answer.content


async def test_everything_that_is_given_is_kept(office: httpx.AsyncClient) -> None:
    given: Told = {
        "formation_method": "pembentukan_baru",
        "management": "syariah",
        "established_on": "2025-05-28",
        "address": "Jalan Percobaan\nRT 01",
        "phone": PHONE,
        "email": EMAIL,
        "members_male": 12,
        "members_female": 30,
        "member_village_codes": [TANI_BARU],
        "units": [{"unit": "sembako", "status": "aktif"}, {"unit": "cold_storage", "status": None}],
    }

    told = await registered(office, **given)

    assert told == told | given


async def test_phone_and_email_are_kept_in_one_form(office: httpx.AsyncClient) -> None:
    told = await registered(office, phone="0812-0000 0917", email="Koperasi@Example.ORG")

    assert told["phone"] == PHONE
    assert told["email"] == "Koperasi@example.org"


async def test_every_fault_is_named_in_its_place(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/cooperatives",
        json={
            "name": "\t",
            "kind": "arisan",
            "established_on": "28-05-2025",
            "phone": "call me",
            "email": "nobody",
            "members_male": -1,
            "units": [{"unit": "sembako"}, {"unit": "kios"}, {"status": "aktif"}],
            "member_village_codes": ["6403120001"],
            "legality_stage": "berbadan_hukum",
        },
    )

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/name", "text.character"),
        ("/village_code", "field.required"),
        ("/kind", "value.choice"),
        ("/established_on", "value.date"),
        ("/phone", "phone.malformed"),
        ("/email", "email.malformed"),
        ("/members_male", "value.too_small"),
        ("/units/1/unit", "value.choice"),
        ("/units/2/unit", "field.required"),
        ("/member_village_codes/0", "code.bps"),
        ("/legality_stage", "field.unknown"),
    }


async def test_a_unit_stands_at_most_once(office: httpx.AsyncClient) -> None:
    units = [{"unit": "obat"}, {"unit": "klinik"}, {"unit": "obat", "status": "aktif"}, {"unit": "obat"}]

    answer = await office.post("/v1/cooperatives", json={**OTHER, "units": units})

    assert faults(answer) == [("/units/2", "list.repeated"), ("/units/3", "list.repeated")]


async def test_it_was_not_founded_in_the_future(office: httpx.AsyncClient) -> None:
    day_after_tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011  # two days: in any zone

    answer = await office.post(
        "/v1/cooperatives",
        json={**OF_SEPATIN, "established_on": day_after_tomorrow, "name": "Koperasi Lain"},
    )

    assert answer.status_code == 422
    assert faults(answer) == [("/established_on", "value.date_future"), ("/name", "cooperative.name_rule")]


async def test_a_faulty_body_is_told_before_an_unknown_village(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/cooperatives", json={**OTHER, "village_code": "64.02.04.2099", "established_on": "2199-01-01"}
    )

    assert answer.status_code == 422
    assert faults(answer) == [("/established_on", "value.date_future")]


async def test_a_retried_post_has_one_effect_and_one_answer(office: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "register-once"}
    first = await office.post("/v1/cooperatives", json=OTHER, headers=key)

    second = await office.post("/v1/cooperatives", json=OTHER, headers=key)

    assert first.status_code == 201
    assert (second.status_code, second.content) == (201, first.content)
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotent-replayed"] == "true"
    assert (await office.get("/v1/cooperatives?count=exact")).json()["total"] == 1
