"""The years of a UKM when several write at once: one record a year, and a scale that is what the figures say."""

import asyncio

import httpx

from tests.ukms.registering import BILLION, address, at, registered, scale


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
