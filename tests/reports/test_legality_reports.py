"""The legality reports: who they count, as of when, in which form; and who stands still at which step."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.cooperatives.legality.pushing import (
    NIB,
    OF_MERIAM,
    OTHER_SK,
    SK,
    about,
    event,
    new,
    push,
    tell,
)
from tests.cooperatives.registering import OF_SEPATIN, OTHER, TIMBAU, faults

COUNTS, STALLED = "/v1/reports/legality", "/v1/reports/legality-stalled"
OF_TIMBAU = {**OTHER, "name": "Koperasi Timbau", "village_code": TIMBAU}


@pytest.fixture
async def ids(office: httpx.AsyncClient) -> list[str]:
    """One with a decree and a NIB, one with a booked name and a deed, one in another district with nothing."""
    ids = [await new(office, base) for base in (OF_SEPATIN, OF_MERIAM, OF_TIMBAU)]
    await push(
        office,
        about(event("1", "musdesus", "2025-05-20"), id=ids[0]),
        about(event("2", "sk_ahu", "2025-06-20", number=SK), id=ids[0]),
        about(event("3", "nib", "2025-06-25", number=NIB), id=ids[0]),
        about(event("4", "pemesanan_nama", "2025-06-01"), id=ids[1]),
        about(event("5", "akta", "2025-06-10", number="21"), id=ids[1]),
    )
    return ids


async def _get(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def some(shares: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """The shares that are not nothing."""
    return {name: (one["numerator"], one["denominator"]) for name, one in shares.items() if one["numerator"]}


async def test_stages_and_papers_are_counted_by_district(visitor: httpx.AsyncClient, ids: list[str]) -> None:
    report = await _get(visitor, COUNTS)

    anggana, tenggarong = report["items"]
    assert (anggana["code"], anggana["name"], anggana["cooperatives"]) == ("64.02.04", "Anggana", 2)
    assert some(anggana["stages"]) == {"akta_terbit": (1, 2), "berbadan_hukum": (1, 2)}
    assert some(anggana["papers"]) == {"akta": (1, 2), "sk_ahu": (1, 2), "nib": (1, 2)}
    assert some(tenggarong["stages"]) == {"belum_terbentuk": (1, 1)}
    assert (report["total"]["code"], report["total"]["cooperatives"]) == (None, 3)
    assert some(report["total"]["papers"])["nib"] == (1, 3)


@pytest.mark.parametrize(
    ("day", "stages"),
    [
        ("2025-05-19", {"belum_terbentuk": (3, 3)}),
        ("2025-05-20", {"belum_terbentuk": (2, 3), "terbentuk": (1, 3)}),
        ("2025-06-05", {"belum_terbentuk": (1, 3), "terbentuk": (1, 3), "pemesanan_nama": (1, 3)}),
        ("2025-06-20T15:59:59Z", {"belum_terbentuk": (1, 3), "terbentuk": (1, 3), "akta_terbit": (1, 3)}),
        ("2025-06-20", {"belum_terbentuk": (1, 3), "akta_terbit": (1, 3), "berbadan_hukum": (1, 3)}),
    ],
)
async def test_another_time_is_counted_as_it_was(
    visitor: httpx.AsyncClient, ids: list[str], day: str, stages: dict[str, Any]
) -> None:
    report = await _get(visitor, f"{COUNTS}?as_of={day}")

    assert some(report["total"]["stages"]) == stages
    assert report["as_of"].endswith("Z")


async def test_now_and_as_of_today_are_the_same_whatever_came_in(
    office: httpx.AsyncClient, ids: list[str]
) -> None:
    await tell(office, ids[1], event("6", "sk_ahu", "2025-06-21", number=SK))
    await tell(office, ids[1], event("7", "rekening", "2025-06-22"))
    await tell(office, ids[2], event("8", "akta", "2025-06-22", "returned", reason="nama"))
    await tell(office, ids[0], event("9", "nib", "2025-06-26", "revoked", reason="keliru"))
    await tell(office, ids[1], event("10", "npwp", "2025-06-22", number="1" * 16, supersedes="5"))

    now = await _get(office, COUNTS)
    folded = await _get(office, f"{COUNTS}?as_of={datetime.now(UTC).isoformat().replace('+00:00', 'Z')}")

    for one, other in zip((*now["items"], now["total"]), (*folded["items"], folded["total"]), strict=True):
        assert {**one, "as_of": ""} == {**other, "as_of": ""}
        assert sum(share["numerator"] for share in one["stages"].values()) == one["cooperatives"]
    assert some(now["total"]["papers"]) == {"sk_ahu": (2, 3), "rekening": (1, 3), "npwp": (1, 3)}
    assert some(now["total"]["stages"])["dikembalikan"] == (1, 3)


async def test_a_region_alone_and_regencies_together(visitor: httpx.AsyncClient, ids: list[str]) -> None:
    district = await _get(visitor, f"{COUNTS}?region=64.02.04")
    regency = await _get(visitor, f"{COUNTS}?group_by=regency")
    empty = await _get(visitor, f"{COUNTS}?region=64.03&as_of=2025-06-30")

    assert [one["code"] for one in district["items"]] == ["64.02.04"]
    assert district["total"]["cooperatives"] == 2
    assert [(one["code"], one["name"], one["cooperatives"]) for one in regency["items"]] == [
        ("64.02", "Kabupaten Kutai Kartanegara", 3)
    ]
    assert (empty["items"], empty["total"]["cooperatives"]) == ([], 0)


async def test_a_sheet_has_a_line_a_district_and_the_total_last(
    visitor: httpx.AsyncClient, ids: list[str]
) -> None:
    answer = await visitor.get(COUNTS, headers={"accept": "text/csv"})
    excel = await visitor.get(f"{COUNTS}?format=csv&dialect=excel", headers={"accept-language": "id"})

    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [(one["code"], one["cooperatives"], one["akta"]) for one in lines] == [
        ("64.02.04", "2", "1"),
        ("64.02.06", "1", "0"),
        ("", "3", "1"),
    ]
    assert lines[-1]["name"] == "TOTAL"
    assert excel.content.startswith(b'\xef\xbb\xbf"Kode wilayah";"Wilayah"')


async def test_a_report_that_has_not_changed_is_not_sent_again(
    visitor: httpx.AsyncClient, ids: list[str]
) -> None:
    address = f"{COUNTS}?as_of=2025-06-30"
    first = await visitor.get(address)

    again = await visitor.get(address, headers={"if-none-match": first.headers["etag"]})

    assert again.status_code == 304
    assert "Accept" in first.headers["vary"]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("as_of=kemarin", [("/query/as_of", "value.instant")]),
        ("as_of=2025-02-30", [("/query/as_of", "value.instant")]),
        (
            "region=6403010001&group_by=village",
            [("/query/region", "code.bps"), ("/query/group_by", "value.choice")],
        ),
        ("year=2025", [("/query/year", "field.unknown")]),
        ("format=xml", [("/query/format", "value.choice")]),
    ],
)
async def test_what_a_report_cannot_answer_is_told(
    visitor: httpx.AsyncClient, query: str, wrong: list[tuple[str, str]]
) -> None:
    answer = await visitor.get(f"{COUNTS}?{query}")

    assert answer.status_code == 422
    assert sorted(faults(answer)) == sorted(wrong)
    assert (await visitor.get(COUNTS, headers={"accept": "image/png"})).status_code == 406


async def test_who_stands_still_and_at_which_step(visitor: httpx.AsyncClient, ids: list[str]) -> None:
    report = await _get(visitor, STALLED)

    assert [
        (one["cooperative_id"], one["legality_stage"], one["since"], one["next_milestone"])
        for one in report["items"]
    ] == [
        (ids[2], "belum_terbentuk", None, "sosialisasi"),
        (ids[1], "akta_terbit", "2025-06-10", "pengajuan_sabh"),
        (ids[0], "berbadan_hukum", "2025-06-20", "npwp"),
    ]
    assert report["items"][2]["lacking"] == ["npwp", "rekening", "nik_koperasi"]
    assert report["items"][0]["days"] is None
    assert report["items"][1]["days"] > 300
    assert not {"phone", "email"} & set(report["items"][0])


async def test_who_has_a_decree_but_no_nib(office: httpx.AsyncClient, ids: list[str]) -> None:
    await tell(office, ids[1], event("sk", "sk_ahu", "2025-06-21", number=OTHER_SK))

    found = await _get(office, f"{STALLED}?stage=berbadan_hukum&lacking=nib")
    of_district = await _get(office, f"{STALLED}?region=64.02.06")

    assert [one["cooperative_id"] for one in found["items"]] == [ids[1]]
    assert [one["cooperative_id"] for one in of_district["items"]] == [ids[2]]


async def test_who_moved_lately_does_not_stand_still(office: httpx.AsyncClient, ids: list[str]) -> None:
    lately = (datetime.now(UTC) - timedelta(days=10)).date().isoformat()
    await tell(office, ids[1], event("back", "akta", lately, "returned", reason="nama"))

    thirty = await _get(office, STALLED)
    few = await _get(office, f"{STALLED}?days=5")

    assert ids[1] not in [one["cooperative_id"] for one in thirty["items"]]
    (one,) = [one for one in few["items"] if one["cooperative_id"] == ids[1]]
    assert (one["legality_stage"], one["next_milestone"], one["since"]) == ("dikembalikan", "akta", lately)


async def test_who_is_dissolved_does_not_stand_still(office: httpx.AsyncClient, ids: list[str]) -> None:
    await tell(office, ids[0], event("end", "pembubaran", "2025-07-01"))

    report = await _get(office, STALLED)

    assert ids[0] not in [one["cooperative_id"] for one in report["items"]]


async def test_who_stands_still_as_a_sheet(visitor: httpx.AsyncClient, ids: list[str]) -> None:
    answer = await visitor.get(f"{STALLED}?format=csv")
    wrong = await visitor.get(f"{STALLED}?days=-1&lacking=akta")

    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [one["name"] for one in lines] == [OF_TIMBAU["name"], OF_MERIAM["name"], OF_SEPATIN["name"]]
    assert lines[2]["lacking"] == "npwp; rekening; nik_koperasi"
    assert faults(wrong) == [("/query/days", "value.integer"), ("/query/lacking", "value.choice")]


async def test_a_code_that_a_village_gave_up_stands_for_the_village(
    office: httpx.AsyncClient, ids: list[str]
) -> None:
    codes = ("64.02.08.2001", "64.02.19.2001")
    made = {"name": "Koperasi Contoh", "kind": "lainnya", "village_code": codes[1]}
    assert (await office.post("/v1/cooperatives", json=made)).status_code == 201

    counted = [(await _get(office, f"{COUNTS}?region={code}"))["total"]["cooperatives"] for code in codes]
    stalled = [(await _get(office, f"{STALLED}?days=0&region={code}"))["items"] for code in codes]

    assert counted == [1, 1]
    assert stalled[0] == stalled[1] != []
