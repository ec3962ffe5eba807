"""The seeded register holds what is known of Kukar, and null where nothing is."""

from collections import Counter
from typing import Any

import httpx
import pytest

from app.main import Berdaya
from app.seed import kukar_data
from tests.conftest import act_of


@pytest.fixture
async def seeded(application: Berdaya) -> dict[str, int]:
    """All of Kukar's data; how many of each were new."""
    return await kukar_data.load_all(application.place.database, act_of("seed"))


async def _all(client: httpx.AsyncClient, path: str, **asked: str) -> list[dict[str, Any]]:
    answer = await client.get(path, params={"limit": "500", **asked})
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_each_village_has_one_cooperative_named_by_the_rule_and_nothing_else_is_known(
    seeded: dict[str, int], visitor: httpx.AsyncClient
) -> None:
    cooperatives = await _all(visitor, "/v1/cooperatives")

    assert Counter(one["kind"] for one in cooperatives) == {
        "desa_merah_putih": 193,
        "kelurahan_merah_putih": 44,
    }
    assert len({one["village_code"] for one in cooperatives}) == 237
    assert sum(" Kecamatan " in one["name"] for one in cooperatives) == 17
    assert {one["legality_stage"] for one in cooperatives} == {"terbentuk"}
    silent = ("established_on", "formation_method", "members_male", "members_female", "sk_number", "nib")
    assert all(one[name] is None for one in cooperatives for name in silent)


async def test_the_two_trainings_of_2024_are_told_as_published(
    seeded: dict[str, int], visitor: httpx.AsyncClient
) -> None:
    trainings = {one["village_name"]: one for one in await _all(visitor, "/v1/trainings")}

    assert trainings.keys() == {"Sungai Meriam", "Bukit Raya"}
    assert trainings["Sungai Meriam"]["focus"] == "penanggulangan_kemiskinan"
    assert trainings["Bukit Raya"]["focus"] == "kewirausahaan"
    assert trainings["Bukit Raya"]["district_name"] == "Samboja"
    assert all(one["participants_male"] is None and one["funds"] == [] for one in trainings.values())


async def test_ukm_mawar_sells_prawn_crackers_to_hotels(
    seeded: dict[str, int], visitor: httpx.AsyncClient
) -> None:
    (mawar,) = await _all(visitor, "/v1/ukms")

    assert (mawar["name"], mawar["village_name"], mawar["owner_kind"]) == ("UKM Mawar", "Sepatin", "kelompok")
    assert [product["name"] for product in mawar["products"]] == ["kerupuk udang"]
    assert mawar["channels"] == ["hotel_restoran"]
    assert mawar["scale"] is None


async def test_each_is_known_to_be_formed_by_a_day_and_by_whom_that_was_told(
    seeded: dict[str, int], visitor: httpx.AsyncClient
) -> None:
    (sepatin,) = await _all(visitor, "/v1/cooperatives", region="64.02.04.2001")

    (event,) = await _all(visitor, f"/v1/cooperatives/{sepatin['id']}/legality-events")

    assert (event["source"], event["milestone"], event["occurred_on"]) == ("seed", "musdesus", "2025-05-28")
    assert event["note"].startswith("By this date")
    assert "Kata Nusantara" in event["note"]


async def test_a_second_seed_brings_nothing_back_that_the_office_renamed_or_removed(
    seeded: dict[str, int], application: Berdaya, office: httpx.AsyncClient
) -> None:
    (mawar,) = await _all(office, "/v1/ukms")
    await office.delete(f"/v1/ukms/{mawar['id']}")
    cooperative = (await _all(office, "/v1/cooperatives", region="64.02.04.2001"))[0]
    await office.delete(f"/v1/cooperatives/{cooperative['id']}")
    await office.patch("/v1/villages/64.02.04.2001", json={"name": "Sepatin Baru"})

    again = await kukar_data.load_all(application.place.database, act_of("seed"))

    assert set(again.values()) == {0}


async def test_a_village_that_nobody_reported_gets_no_cooperative(
    application: Berdaya, office: httpx.AsyncClient
) -> None:
    await office.post("/v1/villages", json={"code": "64.02.04.2999", "name": "Contoh"})

    await kukar_data.load_all(application.place.database, act_of("seed"))

    assert await _all(office, "/v1/cooperatives", region="64.02.04.2999") == []


async def test_a_village_that_was_recoded_meanwhile_gets_its_own_once(
    application: Berdaya, office: httpx.AsyncClient
) -> None:
    recoding = {"new_code": "64.02.04.2999", "effective_on": "2026-01-01", "legal_basis": "Contoh"}
    await office.post("/v1/villages/64.02.04.2001/recode", json=recoding)

    await kukar_data.load_all(application.place.database, act_of("seed"))
    await kukar_data.load_all(application.place.database, act_of("seed"))

    (sepatin,) = await _all(office, "/v1/cooperatives", region="64.02.04.2999")
    assert sepatin["village_name"] == "Sepatin"
