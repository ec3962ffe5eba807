"""The pictures as they are asked for: the numbers of the report, in the caller's language, the same bytes each time."""

from typing import Any

import httpx
import pytest

from app.database import Database
from app.reports.pictures.words import HIGHEST_FIRST, STATUSES, Tongue
from app.seed import kukar_data
from tests.conftest import act_of
from tests.cooperatives.legality.pushing import NIB, OF_MERIAM, SK, about, event, new, push
from tests.cooperatives.registering import OF_SEPATIN, OTHER, TIMBAU, faults
from tests.reports.pictures.reading import Picture

MAP, FUNNEL, FLOWS = (f"/v1/reports/{name}.svg" for name in ("idm-status", "legality", "idm-transitions"))
ALL = (MAP, FUNNEL, f"{FLOWS}?from=2023&to=2024")
ENGLISH = Tongue("en")
INDONESIAN = {"accept-language": "id"}
SEPATIN = "64.02.04.2001"


@pytest.fixture
async def kukar(database: Database) -> None:
    """The published IDM of Kukar's 193 desa."""
    await kukar_data.load_idm(database, act_of("seed"))


@pytest.fixture
async def cooperatives(office: httpx.AsyncClient) -> list[str]:
    """One with a decree and a NIB, one sent back, one with nothing."""
    bases = (OF_SEPATIN, OF_MERIAM, {**OTHER, "name": "Koperasi Timbau", "village_code": TIMBAU})
    ids = [await new(office, base) for base in bases]
    await push(
        office,
        about(event("1", "musdesus", "2025-05-20"), id=ids[0]),
        about(event("2", "sk_ahu", "2025-06-20", number=SK), id=ids[0]),
        about(event("3", "nib", "2025-06-25", number=NIB), id=ids[0]),
        about(event("4", "pemesanan_nama", "2025-06-01"), id=ids[1]),
        about(event("5", "akta", "2025-06-10", "returned", reason="nama"), id=ids[1]),
    )
    return ids


async def _picture(client: httpx.AsyncClient, address: str, **headers: str) -> Picture:
    answer = await client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/svg+xml"
    return Picture(answer.text)


async def _json(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_every_village_of_kukar_stands_on_the_map_once(visitor: httpx.AsyncClient, kukar: None) -> None:
    picture = await _picture(visitor, f"{MAP}?region=64.02&year=2024")
    report = (await _json(visitor, "/v1/reports/idm-status?region=64.02&year=2024"))["total"]

    marks = picture.marks()
    assert {status: marks[status] for status in STATUSES} == report["statuses"]
    assert (marks["kelurahan"], marks["unmeasured"], marks.total()) == (44, 0, 237)
    assert picture.row("Self-reliant") == ["87", "45.1%"]
    assert picture.row("With IDM status") == ["193", "100.0%"]
    assert picture.row("All") == ["237"]
    assert picture.title == (
        "IDM status of the villages, 2024 · Kabupaten Kutai Kartanegara (64.02) · n = 237 villages and kelurahan"
    )
    assert "Self-reliant: 87" in picture.description


@pytest.mark.parametrize("language", ["en", "id"])
async def test_nothing_on_a_picture_of_kukar_lies_over_anything_or_is_cut(
    visitor: httpx.AsyncClient, kukar: None, cooperatives: list[str], language: str
) -> None:
    headers = {"accept-language": language}
    pictures = [await _picture(visitor, address, **headers) for address in ALL]

    assert [list(picture.faults()) for picture in pictures] == [[], [], []]
    assert not [words for picture in pictures for words in picture.words if "…" in words]
    districts = {line["name"] for line in kukar_data.lines("regions.csv") if line["level"] == "district"}
    assert len(districts) == 20
    assert districts <= set(pictures[0].words)


async def test_a_village_without_coordinates_or_without_an_idm_is_counted_all_the_same(
    office: httpx.AsyncClient, kukar: None
) -> None:
    nowhere = {"latitude": None, "longitude": None}
    await office.patch(f"/v1/villages/{SEPATIN}", json=nowhere)

    measured = await _picture(office, f"{MAP}?region=64.02.04")
    before = await _picture(office, f"{MAP}?region=64.02.04&year=2020")
    alone = await _picture(office, f"{MAP}?region={SEPATIN}")

    villages = (await _json(office, "/v1/villages?region=64.02.04"))["items"]
    assert measured.marks().total() == len(villages) - 1
    assert measured.row("All") == [str(len(villages))]
    assert measured.row("With IDM status")[0] == str(len(villages))
    assert "above, not drawn: 1" in measured.words
    assert before.row("No IDM status") == [str(len(villages))]
    assert "No village of this region has coordinates." in alone.words
    assert alone.row("All") == ["1"]


async def test_a_district_shows_its_villages_by_name(visitor: httpx.AsyncClient, kukar: None) -> None:
    picture = await _picture(visitor, f"{MAP}?region=64.02.04", **INDONESIAN)

    villages = (await _json(visitor, "/v1/villages?region=64.02.04"))["items"]
    assert {one["name"] for one in villages} <= set(picture.words)
    assert "Kecamatan Anggana (64.02.04) · n = 8 desa dan kelurahan" in picture.words
    assert list(picture.faults()) == []


async def test_the_funnel_shows_the_counts_of_the_report(
    visitor: httpx.AsyncClient, cooperatives: list[str]
) -> None:
    now = await _picture(visitor, FUNNEL)
    then = await _picture(visitor, f"{FUNNEL}?as_of=2025-06-05&region=64.02.04", **INDONESIAN)

    assert now.row("Formed (village assembly)") == ["1 of 3", "33.3%", "0"]
    assert now.row("Legal body (SK AHU)") == ["1 of 3", "33.3%", "1"]
    assert now.row("NIB (business number)") == ["1 of 3", "33.3%"]
    assert now.row("Ready for a loan (all of them)") == ["0 of 3", "0.0%"]
    assert [now.row(name)[0] for name in ("Not formed yet", "Sent back", "Refused", "Dissolved")] == [
        "1 of 3",
        "1 of 3",
        "0 of 3",
        "0 of 3",
    ]
    assert then.row("Terbentuk (musyawarah desa)") == ["2 dari 2", "100,0%", "1"]
    assert then.row("Nama dipesan") == ["1 dari 2", "50,0%", "1"]
    assert "Legalitas koperasi desa per 5 Juni 2025" in then.words
    assert "Kecamatan Anggana (64.02.04) · n = 2 koperasi" in then.words


async def test_an_instant_is_shown_to_the_minute_in_the_zone_of_the_office(
    visitor: httpx.AsyncClient, cooperatives: list[str]
) -> None:
    picture = await _picture(visitor, f"{FUNNEL}?as_of=2025-06-20T15:59:59Z")

    assert "Legality of the village cooperatives as of 20 June 2025, 23:59" in picture.words


async def test_the_flows_show_the_counts_of_the_report(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, kukar: None
) -> None:
    await office.delete(f"/v1/villages/{SEPATIN}/idm/2023")
    picture = await _picture(visitor, f"{FLOWS}?from=2023&to=2024")
    report = (await _json(visitor, "/v1/reports/idm-transitions?from=2023&to=2024"))["total"]

    hints = [one.text for one in picture.root.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert hints == [
        ENGLISH.flow(start, end, report["matrix"][start][end])
        for start in HIGHEST_FIRST
        for end in HIGHEST_FIRST
        if report["matrix"].get(start, {}).get(end)
    ]
    assert picture.row("Total")[-1] == str(report["villages"]) == "192"
    assert f"Higher: {report['risen']} (" in " ".join(picture.words)
    assert "Measured in 2023 only: 0; in 2024 only: 1; neither is in the flows." in picture.words


async def test_the_same_data_give_the_same_bytes_and_other_data_other_ones(
    office: httpx.AsyncClient, kukar: None, cooperatives: list[str]
) -> None:
    for address in ALL:
        first, second = [await office.get(address) for _ in range(2)]
        indonesian = await office.get(address, headers=INDONESIAN)
        again = await office.get(address, headers={"if-none-match": first.headers["etag"]})

        assert first.content == second.content
        assert first.headers["etag"] == second.headers["etag"] != indonesian.headers["etag"]
        assert (again.status_code, again.headers["etag"]) == (304, first.headers["etag"])
        assert "Accept-Language" in first.headers["vary"]
        assert (first.headers["content-language"], indonesian.headers["content-language"]) == ("en", "id")
        assert len(first.content) < 100_000

    before = (await office.get(MAP)).headers["etag"]
    await office.patch(f"/v1/villages/{SEPATIN}", json={"latitude": -0.7})
    assert (await office.get(MAP)).headers["etag"] != before


async def test_a_region_of_which_nothing_is_known_gets_a_picture_that_says_so(
    visitor: httpx.AsyncClient,
) -> None:
    said = [(await _picture(visitor, f"{path}{'&' if '?' in path else '?'}region=99")).words for path in ALL]

    assert "The register holds no village of this region." in said[0]
    assert "The register holds no cooperative of this region." in said[1]
    assert "No village of this region has a status in both years." in said[2]
    assert all(any("Region 99" in words for words in one) for one in said)


async def test_a_region_may_be_named_by_a_code_that_was_given_up(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    picture = await _picture(visitor, f"{MAP}?region=6402082001", **INDONESIAN)

    assert picture.row("Jumlah") == ["1"]
    assert "Desa/Kelurahan Kedang Ipil (64.02.19.2001) · n = 1 desa dan kelurahan" in picture.words


async def test_a_hostile_name_in_the_register_stays_a_name(office: httpx.AsyncClient, kukar: None) -> None:
    name = '"><script>&copy; \N{PILE OF POO}' + "ẞ" * 170
    changed = await office.patch(f"/v1/villages/{SEPATIN}", json={"name": name})
    assert changed.status_code == 200

    for address in (f"{MAP}?region={SEPATIN}", f"{FLOWS}?from=2023&to=2024&region={SEPATIN}"):
        picture = await _picture(office, address)

        assert name in picture.title
        assert list(picture.faults()) == []


@pytest.mark.parametrize(
    ("address", "pointers"),
    [
        (f"{MAP}?format=csv", ["/query/format"]),
        (f"{MAP}?year=kini&region=6403010001", ["/query/region", "/query/year"]),
        (f"{FUNNEL}?as_of=kemarin", ["/query/as_of"]),
        (f"{FUNNEL}?year=2024", ["/query/year"]),
        (FLOWS, ["/query/from", "/query/to"]),
        (f"{FLOWS}?from=2024&to=2023", ["/query/to"]),
    ],
)
async def test_what_cannot_be_understood_is_refused_with_every_fault(
    visitor: httpx.AsyncClient, address: str, pointers: list[str]
) -> None:
    answer = await visitor.get(address)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert sorted(pointer for pointer, _ in faults(answer)) == pointers


async def test_who_takes_no_svg_is_told_so(visitor: httpx.AsyncClient) -> None:
    answers = [await visitor.get(path, headers={"accept": "text/csv"}) for path in ALL]
    browser = await visitor.get(MAP, headers={"accept": "image/avif,image/webp,image/*,*/*;q=0.8"})

    assert [answer.status_code for answer in answers] == [406, 406, 406]
    assert browser.status_code == 200
