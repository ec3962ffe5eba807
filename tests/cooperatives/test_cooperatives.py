"""Cooperatives over HTTP: what they hold, who may see it and change it."""

import asyncio
from datetime import date, timedelta

import httpx

from app.cooperatives import service
from app.cooperatives.tables import COOPERATIVES
from app.database import Database, Transaction
from app.database.register import State
from tests.conftest import Callers, act_of
from tests.cooperatives.registering import (
    OF_SEPATIN,
    OTHER,
    SEPATIN,
    TANI_BARU,
    TIMBAU,
    Told,
    address,
    faults,
    registered,
)

NOBODY = "/v1/cooperatives/00000000-0000-7000-8000-000000000000"


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
        **dict.fromkeys(("legality_stage", "sk_number", "sk_on", "nib", "npwp", "nik_koperasi")),
        "loan_ready": None,
        "missing": None,
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
        "phone": "+6281200000000",
        "email": "koperasi@example.org",
        "members_male": 12,
        "members_female": 30,
        "member_village_codes": [TANI_BARU],
        "units": [{"unit": "sembako", "status": "aktif"}, {"unit": "cold_storage", "status": None}],
    }

    told = await registered(office, **given)

    assert told == told | given


async def test_phone_and_email_are_kept_in_one_form(office: httpx.AsyncClient) -> None:
    told = await registered(office, phone="0812-0000 0000", email="Koperasi@Example.ORG")

    assert told["phone"] == "+6281200000000"
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
    told = await registered(office, phone="+6281200000000", email="koperasi@example.org")
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
    await registered(office, name="Koperasi Percobaan A", phone="+6281200000001")
    await registered(office, name="Koperasi Percobaan B", phone="+6281200000002", village_code=TIMBAU)
    anggana = await callers.holding("operator", region="64.02.04")

    rows = (await anggana.get("/v1/cooperatives")).json()["items"]

    assert [(row["phone"], row["masked"]) for row in rows] == [
        ("+6281200000001", []),
        (None, ["phone", "email"]),
    ]


async def test_a_patch_keeps_what_is_absent_and_null_clears(office: httpx.AsyncClient) -> None:
    told = await registered(
        office,
        members_male=3,
        members_female=4,
        phone="+6281200000000",
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
    told = await registered(
        office, OF_SEPATIN, phone="+6281200000000", units=[{"unit": "obat", "status": None}]
    )

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


async def test_a_retried_post_has_one_effect_and_one_answer(office: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "register-once"}
    first = await office.post("/v1/cooperatives", json=OTHER, headers=key)

    second = await office.post("/v1/cooperatives", json=OTHER, headers=key)

    assert first.status_code == 201
    assert (second.status_code, second.content) == (201, first.content)
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotent-replayed"] == "true"
    assert (await office.get("/v1/cooperatives?count=exact")).json()["total"] == 1


async def test_a_deleted_cooperative_is_gone_and_its_name_free(office: httpx.AsyncClient) -> None:
    told = await registered(office, member_village_codes=[TANI_BARU])

    stale = await office.delete(address(told), headers={"if-match": '"2"'})
    answer = await office.delete(address(told), headers={"if-match": '"1"'})

    assert (stale.status_code, answer.status_code) == (412, 204)
    assert (await office.get(address(told))).status_code == 404
    assert (await registered(office))["name"] == told["name"]


async def test_the_ledger_shows_what_it_knows(office: httpx.AsyncClient, database: Database) -> None:
    told = await registered(office)
    known = {
        "legality_stage": "berbadan_hukum",
        "sk_number": "AHU-0000000.AH.01.29.TAHUN 2025",
        "sk_on": "2025-06-10",
        "nib": "0000000000000",
        "npwp": "0000000000000000",
        "nik_koperasi": "0000000000000",
        "loan_ready": False,
        "missing": ["rekening"],
    }

    async def show(tx: Transaction) -> State:
        cooperative = await COOPERATIVES.find(tx, told["id"])
        assert cooperative is not None
        return await service.show_legality(tx, cooperative, **known)

    await database.write(act_of("legality"), show)

    shown = (await office.get(address(told))).json()
    assert shown == told | known | {"version": 2, "updated_at": shown["updated_at"]}
    listed = await office.get("/v1/cooperatives?legality_stage=berbadan_hukum")
    assert [row["id"] for row in listed.json()["items"]] == [told["id"]]
    patched = await office.patch(address(told), json={**shown, "members_male": 1})
    assert patched.json() | {"members_male": None} == shown | {
        "version": 3,
        "updated_at": patched.json()["updated_at"],
    }
