"""The list of what audits found, over HTTP: one list a finding, and the same item under the year itself."""

import csv
import io

import httpx

from tests.index.audits.entering import AUDITS, OTHER, told
from tests.index.told import (
    ITS_OLD_CODE,
    KEDANG_IPIL,
    PERIAN,
    SEPATIN,
    at,
    faults,
    record,
)


async def listed(client: httpx.AsyncClient, **query: str) -> list[tuple[str, int, list[str]]]:
    answer = await client.get(AUDITS, params=query)
    assert answer.status_code == 200, answer.text
    return [(one["village_code"], one["year"], one["findings"]) for one in answer.json()["items"]]


BOTH = ["inconsistent", "status_would_change", "borderline"]
CONTRADICTS = (OTHER, 2024, ["label_contradicts_value"])
BORDERS = (OTHER, 2023, ["borderline"])


async def test_without_a_finding_named_the_inconsistent_are_listed_by_code_and_year(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    expected = [(PERIAN, 2023, BOTH), (SEPATIN, 2022, ["inconsistent"]), (SEPATIN, 2024, BOTH)]

    assert await listed(visitor) == expected
    assert await listed(visitor, finding="inconsistent") == expected
    assert await listed(visitor, sort="-village_code") == expected[::-1]


async def test_each_finding_has_its_list_and_any_has_all(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    changing = [(PERIAN, 2023, BOTH), (SEPATIN, 2024, BOTH)]

    assert await listed(visitor, finding="status_would_change") == changing
    assert await listed(visitor, finding="label_contradicts_value") == [CONTRADICTS]
    assert await listed(visitor, finding="borderline") == [changing[0], BORDERS, changing[1]]
    assert await listed(visitor, finding="any") == [
        changing[0],
        BORDERS,
        CONTRADICTS,
        (SEPATIN, 2022, ["inconsistent"]),
        changing[1],
    ]


async def test_the_list_narrows_to_a_year_and_a_region(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    assert await listed(visitor, finding="any", year="2024") == [CONTRADICTS, (SEPATIN, 2024, BOTH)]
    assert await listed(visitor, region="64.02.01") == [(PERIAN, 2023, BOTH)]
    assert await listed(visitor, region="6402042001", year="2022") == [(SEPATIN, 2022, ["inconsistent"])]
    assert await listed(visitor, region="64.03") == []
    assert await listed(visitor, finding="borderline", year="2016") == []


async def test_a_region_may_be_a_village_by_a_code_it_gave_up(office: httpx.AsyncClient) -> None:
    await told(office, KEDANG_IPIL, 2024, record("Jongkang"))

    assert await listed(office, region=ITS_OLD_CODE) == [(KEDANG_IPIL, 2024, ["inconsistent"])]


async def test_a_recoded_village_is_listed_under_its_new_code(filled: httpx.AsyncClient) -> None:
    recoding = {"new_code": "64.02.01.2050", "effective_on": "2024-01-01", "legal_basis": "a regulation"}

    await filled.post(f"/v1/villages/{PERIAN}/recode", json=recoding)

    assert await listed(filled, region="64.02.01") == [("64.02.01.2050", 2023, BOTH)]
    assert await listed(filled, region=PERIAN) == [("64.02.01.2050", 2023, BOTH)]


async def test_pages_show_each_year_once_and_the_cursor_is_of_one_finding(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    first = await visitor.get(AUDITS, params={"finding": "any", "limit": "2", "count": "exact"})
    second = await visitor.get(first.links["next"]["url"])
    third = await visitor.get(second.links["next"]["url"])
    foreign = await visitor.get(AUDITS, params={"cursor": first.json()["next_cursor"]})

    pages = [page.json() for page in (first, second, third)]
    walked = [(one["village_code"], one["year"]) for page in pages for one in page["items"]]
    assert walked == [(PERIAN, 2023), (OTHER, 2023), (OTHER, 2024), (SEPATIN, 2022), (SEPATIN, 2024)]
    assert (pages[0]["total"], pages[2]["next_cursor"]) == (5, None)
    assert faults(foreign) == [("/query/cursor", "cursor.unknown")]


async def test_the_count_is_of_the_finding_and_its_filters(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    totals = [
        (await visitor.get(AUDITS, params={**query, "count": "exact"})).json()["total"]
        for query in ({}, {"finding": "any", "year": "2024"}, {"region": "64.02.01"})
    ]

    assert totals == [3, 2, 1]


async def test_an_explained_year_shows_the_pair_and_a_letter(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(AUDITS, params={"region": SEPATIN, "year": "2024"})

    (item,) = answer.json()["items"]
    assert (item["village_name"], item["edition"], item["consistent"]) == ("Sepatin", "idm-2016", False)
    assert [one["figure"] for one in item["differences"]] == ["iks", "idm", "status"]
    assert item["explanation"]["code"] == "internet_rows_shown_alike"
    assert {name: item["implied"][name] for name in ("indicators", "shown", "sum", "readings")} == {
        "indicators": ["iks_30", "iks_31"],
        "shown": [5, 5],
        "sum": 6,
        "readings": [[1, 5], [5, 1]],
    }
    assert (item["published_status"], item["status_by_published_idm"], item["status_by_rows"]) == (
        "berkembang",
        "berkembang",
        "maju",
    )
    assert "Sepatin" in item["correction_request"]
    assert "salah satunya 1 dan yang lain 5" in item["correction_request"]


async def test_the_same_rows_in_another_year_are_not_explained(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(AUDITS, params={"region": PERIAN})

    (item,) = answer.json()["items"]
    assert (item["explanation"], item["implied"]) == (None, None)
    assert "Penyebab perbedaan ini belum kami ketahui." in item["correction_request"]


async def test_the_texts_are_in_the_callers_language_and_the_letter_is_always_indonesian(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    query = {"region": SEPATIN, "year": "2024"}

    english = await visitor.get(AUDITS, params=query, headers={"accept-language": "en"})
    indonesian = await visitor.get(AUDITS, params=query, headers={"accept-language": "id"})

    (one,), (other,) = english.json()["items"], indonesian.json()["items"]
    assert "cannot tell" in one["explanation"]["text"]
    assert "evidence, not proof" in one["implied"]["text"]
    assert "tidak dapat menunjukkan" in other["explanation"]["text"]
    assert "petunjuk, bukan bukti" in other["implied"]["text"]
    assert one["correction_request"] == other["correction_request"]
    assert one["correction_request"].startswith("Perihal: ")
    assert (english.headers["content-language"], indonesian.headers["content-language"]) == ("en", "id")
    assert english.headers["etag"] != indonesian.headers["etag"]
    assert "Accept-Language" in english.headers["vary"]


async def test_a_page_that_has_not_changed_need_not_be_sent_again(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    page = await visitor.get(AUDITS)

    again = await visitor.get(AUDITS, headers={"if-none-match": page.headers["etag"]})

    assert again.status_code == 304


async def test_the_list_is_a_sheet_with_the_letters_in_it(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(AUDITS, params={"finding": "any", "format": "csv", "limit": "1"})

    lines = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [(line["village_code"], line["year"]) for line in lines] == [
        (PERIAN, "2023"),
        (OTHER, "2023"),
        (OTHER, "2024"),
        (SEPATIN, "2022"),
        (SEPATIN, "2024"),
    ]
    assert lines[0]["findings"] == "inconsistent; status_would_change; borderline"
    assert lines[1]["correction_request"] == ""
    assert lines[2]["correction_request"].startswith("Perihal: ")
    assert 'filename="idm-audits-' in answer.headers["content-disposition"]


async def test_a_year_that_is_mended_leaves_the_list_and_one_that_breaks_joins_it(
    office: httpx.AsyncClient,
) -> None:
    await told(office, PERIAN, 2024, record("Jongkang"))
    before = await listed(office, finding="any")

    await told(office, PERIAN, 2024, record("Perian"))

    mended = [await listed(office, finding=word) for word in ("inconsistent", "any")]
    await told(office, PERIAN, 2024, record("Bila Talang"))
    broken = await listed(office, finding="status_would_change")
    await office.delete(at(PERIAN, 2024))
    assert before == [(PERIAN, 2024, ["inconsistent"])]
    assert mended == [[], []]
    assert broken == [(PERIAN, 2024, ["inconsistent", "status_would_change"])]
    assert await listed(office, finding="any") == []


async def test_what_the_list_does_not_know_is_refused(visitor: httpx.AsyncClient) -> None:
    unknown = await visitor.get(AUDITS, params={"finding": "guilty", "year": "24", "region": "x", "q": "a"})
    by_year = await visitor.get(AUDITS, params={"sort": "year"})
    picture = await visitor.get(AUDITS, headers={"accept": "image/png"})

    assert set(faults(unknown)) == {
        ("/query/finding", "value.choice"),
        ("/query/year", "value.too_small"),
        ("/query/region", "region.malformed"),
        ("/query/q", "field.unknown"),
    }
    assert faults(by_year) == [("/query/sort", "sort.unknown")]
    assert picture.status_code == 406


async def test_an_empty_register_has_no_findings(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(AUDITS, params={"finding": "any", "count": "exact"})

    assert answer.json() == {"items": [], "next_cursor": None, "total": 0}
