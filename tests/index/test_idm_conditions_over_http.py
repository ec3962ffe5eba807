"""Versions of a village's year: a tag for each language, one version behind them, and races that lose nothing."""

import asyncio

import httpx
import pytest

from tests.index.told import PERIAN, at, only_published, record

YEAR = at(PERIAN, 2024)
IN_INDONESIAN = {"accept-language": "id"}


async def test_each_language_has_its_own_tag(office: httpx.AsyncClient) -> None:
    await office.put(YEAR, json=record("Perian"))

    english, indonesian = await office.get(YEAR), await office.get(YEAR, headers=IN_INDONESIAN)

    assert (english.headers["etag"], indonesian.headers["etag"]) == ('"1-en-gzip"', '"1-id-gzip"')
    assert english.json()["indicators"][0]["meaning"] != indonesian.json()["indicators"][0]["meaning"]
    assert "accept-language" in english.headers["vary"].lower()
    assert (english.headers["content-language"], indonesian.headers["content-language"]) == ("en", "id")


async def test_a_tag_is_known_again_in_its_language_only(office: httpx.AsyncClient) -> None:
    tag = {"if-none-match": (await office.put(YEAR, json=record("Perian"))).headers["etag"]}

    assert (await office.get(YEAR, headers=tag)).status_code == 304
    assert (await office.get(YEAR, headers={**tag, **IN_INDONESIAN})).status_code == 200


async def test_a_version_read_in_any_language_may_be_replaced(office: httpx.AsyncClient) -> None:
    await office.put(YEAR, json=record("Perian"))
    tag = (await office.get(YEAR, headers=IN_INDONESIAN)).headers["etag"]

    replaced = await office.put(YEAR, json=only_published(0.9, "mandiri"), headers={"if-match": tag})
    stale = await office.put(YEAR, json=record("Perian"), headers={"if-match": tag})
    not_removed = await office.delete(YEAR, headers={"if-match": tag})
    removed = await office.delete(YEAR, headers={"if-match": replaced.headers["etag"]})

    assert (replaced.status_code, replaced.json()["version"]) == (200, 2)
    assert (stale.status_code, not_removed.status_code) == (412, 412)
    assert removed.status_code == 204


@pytest.mark.parametrize("tag", ["*", '"1-en"'])
async def test_a_year_that_is_not_there_matches_no_tag(office: httpx.AsyncClient, tag: str) -> None:
    answer = await office.put(YEAR, json=record("Perian"), headers={"if-match": tag})

    assert answer.status_code == 412
    assert (await office.get(YEAR)).status_code == 404


async def test_of_many_first_puts_at_once_one_makes_the_year(office: httpx.AsyncClient) -> None:
    bodies = [only_published(number / 100, "maju") for number in range(1, 9)]

    answers = await asyncio.gather(*(office.put(YEAR, json=body) for body in bodies))

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert sorted(answer.json()["version"] for answer in answers) == list(range(1, 9))


async def test_of_two_changes_to_one_version_one_is_refused(office: httpx.AsyncClient) -> None:
    first = await office.put(YEAR, json=record("Perian"))
    tag = {"if-match": first.headers["etag"]}

    answers = await asyncio.gather(
        *(office.put(YEAR, json=only_published(idm, "maju"), headers=tag) for idm in (0.71, 0.72))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_years_stored_and_removed_at_once_leave_the_village_showing_the_latest(
    office: httpx.AsyncClient,
) -> None:
    years = range(2016, 2025)
    await asyncio.gather(*(office.put(at(PERIAN, y), json=only_published(y / 10000, "maju")) for y in years))
    all_stored = (await office.get(f"/v1/villages/{PERIAN}")).json()

    await asyncio.gather(
        *(office.delete(at(PERIAN, y)) for y in range(2017, 2025)),
        office.put(at(PERIAN, 2016), json=only_published(0.5, "tertinggal")),
    )
    most_removed = (await office.get(f"/v1/villages/{PERIAN}")).json()

    assert (all_stored["idm_year"], all_stored["idm_score"]) == (2024, 0.2024)
    assert (most_removed["idm_year"], most_removed["idm_status"]) == (2016, "tertinggal")
