"""The series of a village, and the one year a village shows: both hang on the village, not on its code."""

from typing import Any

import httpx

from tests.index.told import PERIAN, at, faults, only_published, record, rows

RECODING = {"new_code": "64.02.01.2050", "effective_on": "2024-01-01", "legal_basis": "a regulation"}


async def shown(client: httpx.AsyncClient, code: str = PERIAN) -> tuple[Any, ...]:
    village = (await client.get(f"/v1/villages/{code}")).json()
    return village["idm_year"], village["idm_score"], village["idm_status"]


async def with_years(office: httpx.AsyncClient, *years: int) -> None:
    for year in years:
        answer = await office.put(at(PERIAN, year), json=only_published(year / 10000, "maju"))
        assert answer.status_code == 201


async def test_the_series_is_told_oldest_first_without_the_texts(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await with_years(office, 2023, 2021)
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    items = (await visitor.get(at(PERIAN))).json()["items"]

    assert [item["year"] for item in items] == [2021, 2023, 2024]
    assert items[2]["scores"] == rows("Perian")
    assert [item["audit"] for item in items] == [{"consistent": None}] * 2 + [{"consistent": True}]
    assert not {"dimensions", "indicators"} & items[2].keys()
    one = (await visitor.get(at(PERIAN, 2024))).json()
    assert {**one, "audit": items[2]["audit"]}.items() >= items[2].items()


async def test_the_series_is_a_list_like_any_other(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await with_years(office, 2021, 2022, 2023)

    first = await visitor.get(at(PERIAN), params={"limit": "2", "count": "exact", "sort": "-year"})
    second = await visitor.get(first.links["next"]["url"])

    assert [item["year"] for item in first.json()["items"]] == [2023, 2022]
    assert first.json()["total"] == 3
    assert [item["year"] for item in second.json()["items"]] == [2021]
    assert second.json()["next_cursor"] is None


async def test_the_series_of_one_village_holds_no_year_of_another(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await with_years(office, 2023)

    assert (await visitor.get(at("64.02.01.2002"))).json()["items"] == []


async def test_the_series_is_a_table_too(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    header, line, *rest = (await visitor.get(at(PERIAN), params={"format": "csv"})).text.splitlines()

    assert header.startswith('"year","village_code"')
    assert line.startswith('2024,"64.02.01.2001","Perian"')
    assert rest == []


async def test_what_the_series_does_not_know_is_refused(visitor: httpx.AsyncClient) -> None:
    by_score = await visitor.get(at(PERIAN), params={"sort": "idm"})
    foreign = await visitor.get(at(PERIAN), params={"cursor": "eyJ4"})
    unknown = await visitor.get(at(PERIAN), params={"year": "2024", "limit": "0"})

    assert faults(by_score) == [("/query/sort", "sort.unknown")]
    assert faults(foreign) == [("/query/cursor", "cursor.unknown")]
    assert set(faults(unknown)) == {("/query/year", "field.unknown"), ("/query/limit", "value.too_small")}


async def test_the_series_continues_under_a_new_code(office: httpx.AsyncClient) -> None:
    before = await office.put(at(PERIAN, 2022), json=record("Perian"))
    await office.post(f"/v1/villages/{PERIAN}/recode", json=RECODING)
    await office.put(at("64.02.01.2050", 2024), json=only_published(0.9159, "mandiri"))

    items = (await office.get(at("64.02.01.2050"))).json()["items"]

    assert [(item["year"], item["village_code"]) for item in items] == [
        (2022, "64.02.01.2050"),
        (2024, "64.02.01.2050"),
    ]
    assert items[0]["version"] == before.json()["version"] + 1
    assert items[0]["scores"] == rows("Perian")
    assert (await office.get(at(PERIAN, 2022))).headers["location"] == at("64.02.01.2050", 2022)
    assert await shown(office, "64.02.01.2050") == (2024, 0.9159, "mandiri")


async def test_a_new_name_of_the_village_reaches_its_years(office: httpx.AsyncClient) -> None:
    await with_years(office, 2023)

    await office.patch(f"/v1/villages/{PERIAN}", json={"name": "Perian Baru"})

    year = (await office.get(at(PERIAN, 2023))).json()
    assert (year["village_name"], year["version"]) == ("Perian Baru", 2)


async def test_a_village_with_an_idm_cannot_be_deleted(office: httpx.AsyncClient) -> None:
    await with_years(office, 2022, 2023)

    answer = await office.delete(f"/v1/villages/{PERIAN}")

    assert answer.status_code == 409
    assert [(found["type"], found["count"]) for found in answer.json()["references"]] == [("idm_record", 2)]


async def test_a_village_shows_its_latest_year_in_whatever_order_years_come(
    office: httpx.AsyncClient,
) -> None:
    told = []
    for year in (2022, 2024, 2023):
        await with_years(office, year)
        told.append(await shown(office))

    assert told == [(2022, 0.2022, "maju"), (2024, 0.2024, "maju"), (2024, 0.2024, "maju")]


async def test_a_village_shows_the_year_before_when_its_latest_is_deleted(office: httpx.AsyncClient) -> None:
    await with_years(office, 2022, 2024)
    told = []

    for year in (2024, 2022):
        await office.delete(at(PERIAN, year))
        told.append(await shown(office))

    assert told == [(2022, 0.2022, "maju"), (None, None, None)]


async def test_a_village_shows_the_published_figures_and_without_them_the_calculated(
    office: httpx.AsyncClient,
) -> None:
    await office.put(at(PERIAN, 2024), json=record("Bila Talang"))
    with_published = await shown(office)

    await office.put(at(PERIAN, 2024), json={**rows("Bila Talang"), "source": "our own count"})

    assert with_published == (2024, 0.8146, "maju")
    assert await shown(office) == (2024, 5180 / 6300, "mandiri")


async def test_a_year_of_which_only_a_part_was_published_is_not_the_one_shown(
    office: httpx.AsyncClient,
) -> None:
    await with_years(office, 2022)

    await office.put(at(PERIAN, 2024), json={"published": {"iks": 0.7}, "source": "a slide"})

    assert await shown(office) == (2022, 0.2022, "maju")


async def test_a_village_is_one_version_up_only_when_what_it_shows_changes(office: httpx.AsyncClient) -> None:
    versions = []

    for year in (2023, 2021, 2024):
        await with_years(office, year)
        versions.append((await office.get(f"/v1/villages/{PERIAN}")).json()["version"])

    assert versions == [2, 2, 3]
    listed = await office.get("/v1/villages", params={"region": PERIAN, "idm_status": "maju"})
    assert [village["idm_year"] for village in listed.json()["items"]] == [2024]
