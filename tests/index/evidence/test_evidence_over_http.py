"""The evidence over HTTP: Sepatin's official scores beside the cooperatives and UKM that the register holds."""

from typing import Any

import httpx
import pytest

from app.main import Berdaya
from app.seed import kukar_data
from app.seed.register import load_ukms
from tests.conftest import Callers, act_of
from tests.cooperatives.legality.pushing import OTHER_SK, SK, event, tell
from tests.cooperatives.registering import OTHER, SUNGAI_MERIAM, TANI_BARU
from tests.cooperatives.registering import registered as cooperative
from tests.index.told import ITS_OLD_CODE, JAHAB, KEDANG_IPIL, SEPATIN, at, only_published, rows
from tests.ukms.registering import registered as ukm

Told = dict[str, Any]

LENDING = [{"unit": "simpan_pinjam", "status": "aktif"}]
MAKING = {"products": [{"name": "Kerupuk Contoh"}], "capital_idr": 10_000_000}


@pytest.fixture
async def office(application: Berdaya, callers: Callers) -> httpx.AsyncClient:
    """The office; the register holds UKM Mawar, and the official scores of three villages in 2024."""
    told = kukar_data.reported()["ukms"]
    await load_ukms(application.place.database, act_of("seed"), told)
    client = await callers.holding("admin", name="office")
    for code in (SEPATIN, TANI_BARU, SUNGAI_MERIAM):
        record = kukar_data.idm_years()[code][2024].model_dump(exclude_none=True)
        assert (await client.put(at(code, 2024), json=record)).status_code == 201
    return client


async def evidence(
    client: httpx.AsyncClient, code: str = SEPATIN, year: int = 2024, language: str = "en"
) -> Told:
    answer = await client.get(f"{at(code, year)}/evidence", headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    told: Told = answer.json()
    return told


def row(told: Told, indicator: str) -> Told:
    found: Told = next(one for one in told["rows"] if one["indicator"] == indicator)
    return found


async def scored(client: httpx.AsyncClient, code: str = SEPATIN, **scores: int) -> None:
    """Let 2024 have these official scores, and Perian's in all other rows."""
    ike = rows("Perian")["ike"]
    for name, score in scores.items():
        ike[int(name[-2:]) - 1] = score
    answer = await client.put(at(code, 2024), json={**rows("Perian"), "ike": ike, "source": "Contoh"})
    assert answer.status_code in (200, 201), answer.text


async def legal(client: httpx.AsyncClient, number: str, **fields: Any) -> Told:
    """A cooperative with a decree."""
    made = await cooperative(client, OTHER, **fields)
    told = event(f"sk {number}", "sk_ahu", "2025-07-01", number=number)
    assert (await tell(client, made["id"], told)).status_code == 201
    return made


async def test_a_village_as_it_is_seeded_shows_what_is_not_known(office: httpx.AsyncClient) -> None:
    record = (await office.get(at(SEPATIN, 2024))).json()

    told = await evidence(office)

    assert [one["indicator"] for one in told["rows"]] == ["ike_01", "ike_08", "ike_09"]
    assert [one["official_score"] for one in told["rows"]] == [
        record["scores"]["ike"][at] for at in (0, 7, 8)
    ]
    mawar = row(told, "ike_01")
    assert mawar["supported"] == {"known": "unknown", "score": None, "at_most": None}
    assert mawar["figures"] == {"numerator": 0, "uncertain": 1, "denominator": None}
    assert [(one["name"], one["counted"]) for one in mawar["records"]] == [("UKM Mawar", False)]
    assert (mawar["verdict"], mawar["gain"], mawar["missing"]) == ("unknown", None, ["households"])
    assert row(told, "ike_09")["supported"] == {"known": "at_least", "score": 1, "at_most": 5}
    assert (told["official"]["idm"], told["official"]["status"]) == (record["idm"], record["status"])
    assert told["resulting"]["raised"] == []
    assert (told["resulting"]["idm"], told["resulting"]["gain"]) == (told["official"]["idm"], 0)


async def test_when_ukm_and_cooperatives_advance_the_economic_points_rise(office: httpx.AsyncClient) -> None:
    await scored(office, ike_01=1, ike_08=1, ike_09=1)
    await office.patch(f"/v1/villages/{SEPATIN}", json={"households": 300})
    await ukm(office, **MAKING)
    first = await legal(office, SK, units=LENDING)
    second = await legal(office, OTHER_SK, name="Koperasi Contoh Kedua")

    told = await evidence(office)

    assert {one["indicator"]: one["verdict"] for one in told["rows"]} == {
        "ike_01": "higher",
        "ike_08": "higher",
        "ike_09": "higher",
    }
    supported = [(one["supported"]["known"], one["supported"]["score"]) for one in told["rows"]]
    assert supported == [("at_least", 3), ("at_least", 2), ("exact", 5)]
    assert [one["gain"] for one in told["rows"]] == [2 / 180, 1 / 180, 4 / 180]
    assert told["resulting"]["raised"] == ["ike_01", "ike_08", "ike_09"]
    assert told["resulting"]["gain"] == 7 / 180
    assert told["resulting"]["points"] - told["official"]["points"] == 7 * 35
    assert {one["id"] for one in row(told, "ike_09")["records"]} == {first["id"], second["id"]}
    assert [one["id"] for one in row(told, "ike_08")["records"]] == [first["id"]]


async def test_what_results_is_what_the_calculation_of_the_raised_rows_gives(
    office: httpx.AsyncClient,
) -> None:
    await scored(office, ike_09=1)
    await legal(office, SK)

    told = await evidence(office)

    ike = rows("Perian")["ike"]
    ike[8] = 3
    calculated = (await office.post("/v1/idm/calculations", json={**rows("Perian"), "ike": ike})).json()
    assert told["resulting"]["raised"] == ["ike_09"]
    assert (told["resulting"]["idm"], told["resulting"]["status"]) == (
        calculated["idm"],
        calculated["status"],
    )


async def test_an_official_score_above_what_is_exactly_known_is_told_too(office: httpx.AsyncClient) -> None:
    await scored(office, TANI_BARU, ike_01=5, ike_09=5)
    await office.patch(f"/v1/villages/{TANI_BARU}", json={"households": 1000})
    made = await ukm(office, village_code=TANI_BARU, **MAKING)

    told = await evidence(office, TANI_BARU)

    industries = row(told, "ike_01")
    assert industries["supported"] == {"known": "exact", "score": 3, "at_most": 3}
    assert (industries["verdict"], industries["gain"], industries["missing"]) == ("lower", None, [])
    assert [one["id"] for one in industries["records"]] == [made["id"]]
    assert (row(told, "ike_09")["verdict"], row(told, "ike_09")["missing"]) == ("unknown", ["bumdes"])
    assert told["resulting"]["raised"] == []


async def test_while_the_scale_of_a_ukm_is_not_known_no_official_score_is_called_too_high(
    office: httpx.AsyncClient,
) -> None:
    await scored(office, ike_01=5)
    await office.patch(f"/v1/villages/{SEPATIN}", json={"households": 1000})

    industries = row(await evidence(office), "ike_01")

    assert industries["supported"] == {"known": "at_least", "score": 1, "at_most": 3}
    assert (industries["verdict"], industries["missing"]) == ("unknown", ["ukm_profiles"])


async def test_a_cooperative_of_several_villages_counts_in_each(office: httpx.AsyncClient) -> None:
    made = await legal(office, SK, member_village_codes=[TANI_BARU], units=LENDING)

    told = [await evidence(office, code) for code in (SEPATIN, TANI_BARU, SUNGAI_MERIAM)]

    assert [row(one, "ike_09")["figures"]["numerator"] for one in told] == [1, 1, 0]
    assert [row(one, "ike_08")["figures"]["numerator"] for one in told] == [1, 1, 0]
    for one in told[:2]:
        assert row(one, "ike_09")["records"] == [
            {"type": "cooperative", "id": made["id"], "name": made["name"], "counted": True}
        ]


async def test_a_dissolved_cooperative_and_one_without_a_decree_are_not_counted(
    office: httpx.AsyncClient,
) -> None:
    dissolved = await legal(office, SK, units=LENDING)
    await cooperative(office, OTHER, name="Koperasi Contoh Tanpa SK", units=LENDING)
    before = await evidence(office)

    await tell(office, dissolved["id"], event("akhir", "pembubaran", "2025-12-01"))

    assert row(before, "ike_09")["figures"]["numerator"] == 1
    for indicator in ("ike_08", "ike_09"):
        found = row(await evidence(office), indicator)
        assert (found["figures"]["numerator"], found["records"], found["supported"]["score"]) == (0, [], 1)


async def test_a_unit_that_is_not_known_to_be_active_lends_nothing(office: httpx.AsyncClient) -> None:
    units = [{"unit": "simpan_pinjam", "status": None}, {"unit": "sembako", "status": "aktif"}]
    await legal(office, SK, units=units)

    told = await evidence(office)

    assert row(told, "ike_08")["figures"]["numerator"] == 0


async def test_where_only_published_figures_are_known_there_is_evidence_and_no_result(
    office: httpx.AsyncClient,
) -> None:
    await office.put(at(SEPATIN, 2022), json=only_published(0.6123, "berkembang"))
    await legal(office, SK)

    told = await evidence(office, year=2022)

    assert told["official"] == {"idm": 0.6123, "points": None, "status": "berkembang"}
    assert told["resulting"] is None
    institutions = row(told, "ike_09")
    assert (institutions["official_score"], institutions["supported"]["score"]) == (None, 3)
    assert (institutions["verdict"], institutions["gain"]) == ("unknown", None)
    assert institutions["missing"] == ["official_score", "bumdes"]


async def test_at_most_twenty_records_are_named_and_all_are_counted(office: httpx.AsyncClient) -> None:
    for number in range(21):
        await ukm(office, name=f"UKM Contoh {number:02}", **MAKING)

    found = row(await evidence(office), "ike_01")

    assert (len(found["records"]), found["records_total"]) == (20, 22)
    assert found["figures"]["numerator"] == 21
    assert all(one["counted"] for one in found["records"])


async def test_nothing_personal_appears_whoever_asks(office: httpx.AsyncClient) -> None:
    await ukm(office, owner_name="Pemilik Contoh", phone="081200000001", **MAKING)
    await legal(office, SK, phone="081200000002", email="contoh@example.com", units=LENDING)

    answer = await office.get(f"{at(SEPATIN, 2024)}/evidence")

    assert {one["name"] for one in row(answer.json(), "ike_01")["records"]} == {
        "Usaha Percobaan",
        "UKM Mawar",
    }
    for personal in ("Pemilik", "81200000001", "81200000002", "example.com", "phone", "owner_name"):
        assert personal not in answer.text


async def test_names_and_reasons_are_in_the_language_asked_for(office: httpx.AsyncClient) -> None:
    english = await evidence(office)
    indonesian = await evidence(office, language="id")

    names = [row(told, "ike_09")["name"] for told in (english, indonesian)]
    assert names == ["Active cooperatives and village enterprises (BUMDes)", "Koperasi aktif dan BUMDes"]
    assert row(english, "ike_09")["basis"].startswith("Counted: ")
    assert row(indonesian, "ike_09")["basis"].startswith("Yang dihitung: ")
    for told in (english, indonesian):
        for one in told["rows"]:
            del one["name"], one["basis"]
    assert english == indonesian


async def test_the_tag_is_of_the_content_and_of_the_language(office: httpx.AsyncClient) -> None:
    address = f"{at(SEPATIN, 2024)}/evidence"
    first = await office.get(address)
    tag = {"if-none-match": first.headers["etag"]}

    unchanged = await office.get(address, headers=tag)
    other = await office.get(address, headers={**tag, "accept-language": "id"})
    await legal(office, SK)
    changed = await office.get(address, headers=tag)

    assert (unchanged.status_code, other.status_code, changed.status_code) == (304, 200, 200)
    assert first.json()["as_of"] < changed.json()["as_of"]
    assert "Accept-Language" in first.headers["vary"]
    assert first.headers["cache-control"] == "no-cache"


async def test_anybody_may_read_it_and_a_village_without_the_year_has_none(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    visitor = callers.anybody()
    told = await evidence(visitor)

    refused = {
        "kelurahan": await visitor.get(f"{at(JAHAB, 2024)}/evidence"),
        "year": await visitor.get(f"{at(SEPATIN, 2016)}/evidence"),
        "village": await visitor.get(f"{at('64.02.04.2999', 2024)}/evidence"),
    }

    assert told["village_name"] == "Sepatin"
    assert {name: (one.status_code, one.json()["code"]) for name, one in refused.items()} == {
        "kelurahan": (404, "idm_record.not_found"),
        "year": (404, "idm_record.not_found"),
        "village": (404, "village.not_found"),
    }


async def test_a_bad_address_names_its_faults_and_a_retired_code_leads_on(office: httpx.AsyncClient) -> None:
    bad = await office.get("/v1/villages/6403040001/idm/tahun/evidence", params={"verdict": "higher"})
    moved = await office.get(f"{at(ITS_OLD_CODE, 2024)}/evidence")

    pointers = {one["pointer"] for one in bad.json()["errors"]}
    assert (bad.status_code, pointers) == (422, {"/path/code", "/path/year", "/query/verdict"})
    assert (moved.status_code, moved.headers["location"]) == (308, f"{at(KEDANG_IPIL, 2024)}/evidence")
