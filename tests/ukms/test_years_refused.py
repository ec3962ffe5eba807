"""What is refused of a UKM's years, and to whom."""

import httpx
import pytest

from app import clock
from tests.conftest import Callers
from tests.ukms.registering import NOBODY, address, at, faults, registered


async def test_a_year_that_has_not_begun_is_refused(office: httpx.AsyncClient) -> None:
    ukm = await registered(office)
    this_year = int(clock.now()[:4])

    begun = await office.put(at(ukm, this_year), json={})
    # Two years on: whatever the zone on the last night of a year.
    answers = [
        await office.put(f"{place}/{this_year + 2}", json={})
        for place in (f"{address(ukm)}/years", f"{NOBODY}/years")
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
        await office.get(f"{NOBODY}/years"),
        await office.get(f"{NOBODY}/years/2023"),
        await office.put(f"{NOBODY}/years/2023", json={}),
        await office.delete(f"{NOBODY}/years/2023"),
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
