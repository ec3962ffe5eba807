"""The years of a UKM: records of their own, from which its scale follows."""

import csv
import io

import httpx
from sqlalchemy import select

from app.database import Database, Statement
from app.database.ledgers import changes
from app.ukms.tables import UKM_YEARS
from tests.ukms.registering import BILLION, SEPATIN, address, at, registered, scale

_feed = Statement(
    select(
        changes.c.type, changes.c.resource_id, changes.c.operation, changes.c.version, changes.c.village_code
    )
    .where(changes.c.type.like("ukm%"))
    .order_by(changes.c.position)
)


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
        "village_code": ukm["village_code"],
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
        "village_code": ukm["village_code"],
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


async def test_the_years_go_where_their_ukm_goes(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)
    first = await office.put(at(ukm, 2023), json={"sales_idr": 200})

    await office.patch(f"/v1/ukms/{ukm['id']}", json={"village_code": "64.02.04.2006"})
    moved = await office.get(at(ukm, 2023))
    await office.post(
        "/v1/villages/64.02.04.2006/recode",
        json={"new_code": "64.02.04.2999", "effective_on": "2026-01-01", "legal_basis": "Contoh"},
    )
    recoded = await office.get(at(ukm, 2023))

    assert first.json()["village_code"] != "64.02.04.2006"
    assert (moved.json()["village_code"], moved.json()["version"]) == ("64.02.04.2006", 2)
    assert (recoded.json()["village_code"], recoded.json()["version"]) == ("64.02.04.2999", 3)
