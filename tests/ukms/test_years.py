"""The years of a UKM: records of their own, from which its scale follows."""

import asyncio
import csv
import io

import httpx
import pytest
from sqlalchemy import select

from app import clock
from app.database import Database, Statement
from app.database.ledgers import changes
from app.ukms.tables import UKM_YEARS
from tests.conftest import Callers
from tests.ukms.registering import SEPATIN, Told, address, faults, registered, scale

BILLION = 1_000_000_000
NOBODY = "/v1/ukms/00000000-0000-7000-8000-000000000000/years"

_feed = Statement(
    select(
        changes.c.type, changes.c.resource_id, changes.c.operation, changes.c.version, changes.c.village_code
    )
    .where(changes.c.type.like("ukm%"))
    .order_by(changes.c.position)
)


def at(ukm: Told, year: int) -> str:
    """Where a year of it is read."""
    return f"{address(ukm)}/years/{year}"


async def test_a_year_is_begun_with_201_and_replaced_whole_with_200(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)

    first = await office.put(
        at(ukm, 2023), json={"sales_idr": 200, "village_fund_support_idr": 50, "workers_male": 0}
    )
    second = await office.put(at(ukm, 2023), json={"assets_idr": 10, "workers_female": 3})
    third = await office.put(at(ukm, 2023), json={"assets_idr": 10, "workers_female": 3})

    assert (first.status_code, first.headers["location"]) == (201, at(ukm, 2023))
    assert first.json() == {
        "ukm_id": ukm["id"],
        "year": 2023,
        "sales_idr": 200,
        "assets_idr": None,
        "workers_male": 0,
        "workers_female": None,
        "village_fund_support_idr": 50,
        "independence": 0.75,
        "version": 1,
        "created_at": first.json()["created_at"],
        "updated_at": first.json()["created_at"],
    }
    assert tuple(first.json()) == UKM_YEARS.fields
    assert second.status_code == 200
    assert "location" not in second.headers
    assert second.json() == {
        **dict.fromkeys(UKM_YEARS.fields),
        "ukm_id": ukm["id"],
        "year": 2023,
        "assets_idr": 10,
        "workers_female": 3,
        "version": 2,
        "created_at": first.json()["created_at"],
        "updated_at": second.json()["updated_at"],
    }
    assert (third.status_code, third.content) == (200, second.content)
    assert (await office.get(at(ukm, 2023))).content == second.content


async def test_support_beyond_sales_is_shown_as_it_is(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)

    answer = await office.put(at(ukm, 2023), json={"sales_idr": 200, "village_fund_support_idr": 300})

    assert answer.json()["independence"] == -0.5


async def test_years_are_listed_oldest_first(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    ukm, other = await registered(office), await registered(office)
    for year in (2024, 2022, 2023):
        await office.put(at(ukm, year), json={})
    await office.put(at(other, 2021), json={})
    place = f"{address(ukm)}/years"

    page = await visitor.get(f"{place}?limit=2&count=exact")
    rest = await visitor.get(page.links["next"]["url"])
    latest = await visitor.get(f"{place}?sort=-year&limit=1")
    table = csv.DictReader(io.StringIO((await visitor.get(f"{place}?format=csv")).text))

    assert [row["year"] for row in page.json()["items"]] == [2022, 2023]
    assert page.json()["total"] == 3
    assert [row["year"] for row in rest.json()["items"]] == [2024]
    assert [row["year"] for row in latest.json()["items"]] == [2024]
    assert [row["year"] for row in table] == ["2022", "2023", "2024"]


async def test_scale_follows_the_latest_sales_and_then_the_capital(office: httpx.AsyncClient) -> None:
    ukm = await registered(office, capital_idr=5 * BILLION)
    shown = [await scale(office, ukm)]

    for year, figures in [
        (2022, {"sales_idr": 2 * BILLION}),
        (2023, {"sales_idr": 2 * BILLION + 1}),
        (2024, {"assets_idr": 60 * BILLION}),
        (2024, {"sales_idr": 15 * BILLION + 1}),
    ]:
        await office.put(at(ukm, year), json=figures)
        shown.append(await scale(office, ukm))
    for year in (2024, 2022, 2023):
        await office.delete(at(ukm, year))
        shown.append(await scale(office, ukm))
    await office.patch(address(ukm), json={"capital_idr": 10 * BILLION + 1})
    shown.append(await scale(office, ukm))
    await office.patch(address(ukm), json={"capital_idr": None})
    shown.append(await scale(office, ukm))

    assert shown == [
        ("kecil", "capital", 1),
        ("mikro", "sales", 2),
        ("kecil", "sales", 3),
        ("kecil", "sales", 3),
        ("menengah", "sales", 4),
        ("kecil", "sales", 5),
        ("kecil", "sales", 5),
        ("kecil", "capital", 6),
        ("besar", "capital", 7),
        (None, None, 8),
    ]


async def test_capital_does_not_matter_while_there_are_sales(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)
    await office.put(at(ukm, 2023), json={"sales_idr": 0})

    answer = await office.patch(address(ukm), json={"capital_idr": 60 * BILLION})

    assert (answer.json()["scale"], answer.json()["scale_basis"]) == ("mikro", "sales")


async def test_a_year_that_has_not_begun_is_refused(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)
    this_year = int(clock.now()[:4])

    begun = await office.put(at(ukm, this_year), json={})
    # Two years on: whatever the zone on the last night of a year.
    answers = [
        await office.put(f"{place}/{this_year + 2}", json={}) for place in (f"{address(ukm)}/years", NOBODY)
    ]

    assert begun.status_code == 201
    assert [(answer.status_code, faults(answer)) for answer in answers] == [
        (422, [("/path/year", "ukm_year.in_future")])
    ] * 2


@pytest.mark.parametrize("year", ["24", "02024", "2024.0", "+2024", "1944", "2101", "latest"])
async def test_a_malformed_year_is_refused_everywhere(office: httpx.AsyncClient, year: str) -> None:
    place = f"{address(await registered(office))}/years/{year}"

    answers = [await office.get(place), await office.put(place, json={}), await office.delete(place)]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert {pointer for answer in answers for pointer, _ in faults(answer)} == {"/path/year"}


async def test_every_fault_of_a_year_is_named(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)

    answer = await office.put(
        at(ukm, 2023),
        json={
            "sales_idr": -1,
            "assets_idr": 1.5,
            "workers_male": "3",
            "independence": 1,
            "village_fund_support_idr": True,
        },
    )

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/sales_idr", "value.too_small"),
        ("/assets_idr", "value.integer"),
        ("/workers_male", "value.integer"),
        ("/independence", "field.unknown"),
        ("/village_fund_support_idr", "value.integer"),
    }


async def test_an_unknown_ukm_and_an_unknown_year_are_told_apart(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)

    answers = [
        await office.get(NOBODY),
        await office.get(f"{NOBODY}/2023"),
        await office.put(f"{NOBODY}/2023", json={}),
        await office.delete(f"{NOBODY}/2023"),
        await office.get(at(ukm, 2023)),
        await office.delete(at(ukm, 2023)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert [faults(answer) for answer in answers] == [[("/path/id", "ukm.not_found")]] * 4 + [
        [("/path/year", "ukm_year.not_found")]
    ] * 2


async def test_a_stranger_a_viewer_and_another_region_change_no_year(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    ukm = await registered(office)
    await office.put(at(ukm, 2023), json={})
    viewer = await callers.holding("viewer")
    tenggarong = await callers.holding("operator", region="64.02.06")

    statuses = [
        [
            (await client.put(at(ukm, 2023), json={})).status_code,
            (await client.delete(at(ukm, 2023))).status_code,
        ]
        for client in (visitor, viewer, tenggarong)
    ]

    assert statuses == [[401, 401], [403, 403], [404, 404]]


async def test_if_match_is_honoured_for_what_exists_and_what_does_not(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)

    answers = [
        await office.put(at(ukm, 2023), json={}, headers={"if-match": "*"}),
        await office.put(at(ukm, 2023), json={}),
        await office.put(at(ukm, 2023), json={"sales_idr": 1}, headers={"if-match": '"2"'}),
        await office.put(at(ukm, 2023), json={"sales_idr": 1}, headers={"if-match": '"1"'}),
        await office.delete(at(ukm, 2023), headers={"if-match": '"1"'}),
        await office.delete(at(ukm, 2023), headers={"if-match": '"2"'}),
    ]

    assert [answer.status_code for answer in answers] == [412, 201, 412, 200, 412, 204]


async def test_many_first_puts_of_one_year_make_one_record(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)

    answers = await asyncio.gather(
        *(office.put(at(ukm, 2023), json={"sales_idr": number}) for number in range(6))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 200, 201]
    assert (await office.get(at(ukm, 2023))).json()["version"] == 6


async def test_of_two_puts_of_one_version_only_one_is_written(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)
    await office.put(at(ukm, 2023), json={})

    answers = await asyncio.gather(
        *(
            office.put(at(ukm, 2023), json={"sales_idr": number}, headers={"if-match": '"1"'})
            for number in (1, 2, 3)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


async def test_of_figures_that_come_and_go_at_once_the_scale_is_what_is_left(
    office: httpx.AsyncClient,
) -> None:
    shown = []
    for _ in range(8):
        ukm = await registered(office, capital_idr=1)
        await office.put(at(ukm, 2024), json={"sales_idr": 60 * BILLION})

        await asyncio.gather(
            office.put(at(ukm, 2023), json={"sales_idr": 20 * BILLION}), office.delete(at(ukm, 2024))
        )
        shown.append((await scale(office, ukm))[:2])

    assert shown == [("menengah", "sales")] * 8


async def test_of_capital_and_figures_that_change_at_once_the_scale_is_of_what_is_there(
    office: httpx.AsyncClient,
) -> None:
    shown = []
    for _ in range(8):
        ukm = await registered(office, capital_idr=1)
        await office.put(at(ukm, 2024), json={"sales_idr": 60 * BILLION})

        await asyncio.gather(
            office.delete(at(ukm, 2024)), office.patch(address(ukm), json={"capital_idr": 2 * BILLION})
        )
        shown.append((await scale(office, ukm))[:2])

    assert shown == [("kecil", "capital")] * 8


async def test_a_ukm_takes_its_years_along_each_with_a_change(
    office: httpx.AsyncClient, database: Database
) -> None:
    ukm = await registered(office)
    await office.put(at(ukm, 2023), json={})
    await office.put(at(ukm, 2024), json={})

    answer = await office.delete(address(ukm))

    assert answer.status_code == 204
    assert (await office.get(at(ukm, 2023))).status_code == 404
    assert [tuple(row) for row in await database.fetch(_feed, {})] == [
        ("ukm", ukm["id"], "created", 1, SEPATIN),
        ("ukm_year", f"{ukm['id']}/2023", "created", 1, SEPATIN),
        ("ukm_year", f"{ukm['id']}/2024", "created", 1, SEPATIN),
        ("ukm_year", f"{ukm['id']}/2023", "deleted", 2, SEPATIN),
        ("ukm_year", f"{ukm['id']}/2024", "deleted", 2, SEPATIN),
        ("ukm", ukm["id"], "deleted", 2, SEPATIN),
    ]
