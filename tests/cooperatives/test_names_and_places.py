"""A cooperative's name and the villages it belongs to, while villages are renamed and recoded."""

import httpx
import pytest

from tests.conftest import Callers
from tests.cooperatives.registering import (
    BUKIT_RAYA,
    OF_SEPATIN,
    OTHER,
    RECODING,
    SEPATIN,
    SUNGAI_MERIAM,
    TANI_BARU,
    TIMBAU,
    address,
    faults,
    registered,
)


async def test_a_merah_putih_name_that_does_not_follow_is_refused_with_the_one_that_does(
    office: httpx.AsyncClient,
) -> None:
    answer = await office.post("/v1/cooperatives", json={**OF_SEPATIN, "name": "Koperasi Maju Bersama"})

    assert answer.status_code == 422
    assert faults(answer) == [("/name", "cooperative.name_rule")]
    assert answer.json()["expected_name"] == "Koperasi Desa Merah Putih Sepatin"
    assert "Maju Bersama" not in answer.text


async def test_the_rule_minds_neither_case_nor_accents(office: httpx.AsyncClient) -> None:
    told = await registered(office, OF_SEPATIN, name="KOPERASI DESA MERAH PUTIH SÉPATIN")

    assert told["name"] == "KOPERASI DESA MERAH PUTIH SÉPATIN"


async def test_where_villages_share_a_name_the_district_belongs_to_it(office: httpx.AsyncClient) -> None:
    short = {
        "name": "Koperasi Desa Merah Putih Bukit Raya",
        "kind": "desa_merah_putih",
        "village_code": BUKIT_RAYA,
    }

    refused = await office.post("/v1/cooperatives", json=short)
    accepted = await office.post("/v1/cooperatives", json={**short, "name": refused.json()["expected_name"]})

    assert refused.status_code == 422
    assert accepted.status_code == 201
    assert accepted.json()["name"] == "Koperasi Desa Merah Putih Bukit Raya Kecamatan Samboja"


async def test_a_district_may_be_named_where_it_need_not_be(office: httpx.AsyncClient) -> None:
    name = "Koperasi Desa Merah Putih Sepatin Kecamatan Anggana"

    answer = await office.post("/v1/cooperatives", json={**OF_SEPATIN, "name": name})

    assert (answer.status_code, answer.json()["name"]) == (201, name)


@pytest.mark.parametrize(
    ("kind", "village_code"), [("kelurahan_merah_putih", SEPATIN), ("desa_merah_putih", TIMBAU)]
)
async def test_each_kind_of_village_has_its_own_kind(
    office: httpx.AsyncClient, kind: str, village_code: str
) -> None:
    answer = await office.post(
        "/v1/cooperatives", json={"name": "Koperasi", "kind": kind, "village_code": village_code}
    )

    assert answer.status_code == 422
    assert faults(answer) == [("/kind", "cooperative.kind_place")]


async def test_a_name_is_taken_whatever_its_case_and_accents(office: httpx.AsyncClient) -> None:
    await registered(office, name="Koperasi Percobaan")

    answer = await office.post("/v1/cooperatives", json={**OTHER, "name": "KOPERASI  percobäan"})

    assert answer.status_code == 409
    assert faults(answer) == [("/name", "cooperative.name_taken")]


async def test_a_name_is_taken_for_a_patch_too(office: httpx.AsyncClient) -> None:
    await registered(office)
    other = await registered(office, name="Koperasi Lain")

    answer = await office.patch(address(other), json={"name": "koperasi percobaan"})

    assert answer.status_code == 409
    assert faults(answer) == [("/name", "cooperative.name_taken")]


async def test_a_renamed_village_leaves_a_legal_name_alone(office: httpx.AsyncClient) -> None:
    told = await registered(office, OF_SEPATIN)
    await office.patch(f"/v1/villages/{SEPATIN}", json={"name": "Sepatin Baru"})

    shown = (await office.get(address(told))).json()
    edited = await office.patch(address(told), json={"members_male": 5, "name": told["name"]})
    renamed = await office.patch(address(told), json={"name": "Koperasi Desa Merah Putih Sepatin Lama"})

    assert shown == told | {
        "village_name": "Sepatin Baru",
        "version": 2,
        "updated_at": shown["updated_at"],
    }
    assert (edited.status_code, edited.json()["name"]) == (200, told["name"])
    assert renamed.json()["expected_name"] == "Koperasi Desa Merah Putih Sepatin Baru"


async def test_a_cooperative_that_moves_or_changes_kind_is_named_anew(office: httpx.AsyncClient) -> None:
    told = await registered(office, OF_SEPATIN)

    moved = await office.patch(address(told), json={"village_code": SUNGAI_MERIAM})
    named = await office.patch(
        address(told), json={"village_code": "6402042006", "name": "Koperasi Desa Merah Putih Sungai Meriam"}
    )
    another_kind = await office.patch(address(told), json={"kind": "kelurahan_merah_putih"})
    freed = await office.patch(address(told), json={"kind": "lainnya", "name": "Koperasi Percobaan"})

    assert faults(moved) == [("/name", "cooperative.name_rule")]
    assert (named.status_code, named.json()["village_name"]) == (200, "Sungai Meriam")
    assert faults(another_kind) == [("/kind", "cooperative.kind_place")]
    assert freed.status_code == 200


async def test_a_retired_code_is_understood_for_seat_and_members(office: httpx.AsyncClient) -> None:
    told = await registered(office, village_code="6402082001", member_village_codes=["64.02.08.2003"])

    assert told["village_code"] == "64.02.19.2001"
    assert told["member_village_codes"] == ["64.02.19.2002"]


async def test_members_are_others_and_each_stands_once(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/cooperatives",
        json={
            **OTHER,
            "village_code": "64.02.19.2001",
            "member_village_codes": ["64.02.19.2002", "6402082001", "64.02.08.2003", TANI_BARU],
        },
    )

    assert answer.status_code == 422
    assert faults(answer) == [
        ("/member_village_codes/1", "cooperative.member_is_seat"),
        ("/member_village_codes/2", "list.repeated"),
    ]


async def test_a_seat_does_not_move_onto_a_member(office: httpx.AsyncClient) -> None:
    told = await registered(office, member_village_codes=[TANI_BARU])

    answer = await office.patch(address(told), json={"village_code": TANI_BARU})

    assert faults(answer) == [("/member_village_codes/0", "cooperative.member_is_seat")]


async def test_a_recoded_member_is_followed_with_a_new_version(office: httpx.AsyncClient) -> None:
    told = await registered(office, member_village_codes=[SUNGAI_MERIAM, TANI_BARU])

    await office.post(f"/v1/villages/{TANI_BARU}/recode", json=RECODING)

    shown = (await office.get(address(told))).json()
    assert shown == told | {
        "member_village_codes": [SUNGAI_MERIAM, "64.02.04.2099"],
        "version": 2,
        "updated_at": shown["updated_at"],
    }


async def test_a_recoded_seat_is_followed_into_its_new_region(office: httpx.AsyncClient) -> None:
    told = await registered(office, member_village_codes=[TANI_BARU])

    await office.post(f"/v1/villages/{SEPATIN}/recode", json={**RECODING, "new_code": "64.02.03.2099"})

    found = (await office.get("/v1/cooperatives?region=64.02.03")).json()["items"]
    assert [(row["id"], row["village_code"], row["district_name"]) for row in found] == [
        (told["id"], "64.02.03.2099", "Loa Janan")
    ]


async def test_a_village_is_kept_while_a_cooperative_is_seated_there_or_formed_by_it(
    office: httpx.AsyncClient,
) -> None:
    told = await registered(office, member_village_codes=[TANI_BARU])

    seat = await office.delete(f"/v1/villages/{SEPATIN}")
    member = await office.delete(f"/v1/villages/{TANI_BARU}")
    await office.patch(address(told), json={"member_village_codes": []})
    former_member = await office.delete(f"/v1/villages/{TANI_BARU}")

    references = [{"type": "cooperative", "count": 1, "ids": [told["id"]]}]
    assert (seat.status_code, seat.json()["references"]) == (409, references)
    assert (member.status_code, member.json()["references"]) == (409, references)
    assert former_member.status_code == 204


async def test_members_outside_the_region_do_not_hinder_other_edits(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    told = await registered(office, member_village_codes=[TIMBAU])
    anggana = await callers.holding("operator", region="64.02.04")

    answer = await anggana.patch(address(told), json={**told, "members_male": 7})

    assert answer.status_code == 200
    assert answer.json()["member_village_codes"] == [TIMBAU]
