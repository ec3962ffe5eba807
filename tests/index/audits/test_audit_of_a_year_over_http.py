"""The audit of one year, over HTTP: the item of the list, also where nothing was found."""

import httpx

from tests.index.audits.entering import AUDITS, told
from tests.index.told import ITS_OLD_CODE, KEDANG_IPIL, PERIAN, SEPATIN, at, faults, record


async def test_the_audit_of_a_year_is_the_item_of_the_list(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    one = await visitor.get(f"{at(SEPATIN, 2024)}/audit")

    (item,) = (await visitor.get(AUDITS, params={"region": SEPATIN, "year": "2024"})).json()["items"]
    assert one.json() == item
    again = await visitor.get(f"{at(SEPATIN, 2024)}/audit", headers={"if-none-match": one.headers["etag"]})
    assert again.status_code == 304


async def test_the_audit_of_a_year_without_a_finding_says_so(
    filled: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    item = (await visitor.get(f"{at(PERIAN, 2024)}/audit")).json()

    assert (item["consistent"], item["findings"], item["differences"]) == (True, [], [])
    assert (item["explanation"], item["implied"], item["correction_request"]) == (None, None, None)
    assert (item["published_idm"], item["published_status"]) == (0.9159, "mandiri")


async def test_a_year_with_rows_alone_can_only_be_borderline(office: httpx.AsyncClient) -> None:
    rows = {name: value for name, value in record("Sialogo").items() if name != "published"}
    await told(office, PERIAN, 2024, rows)

    item = (await office.get(f"{at(PERIAN, 2024)}/audit")).json()

    assert (item["consistent"], item["findings"], item["correction_request"]) == (None, ["borderline"], None)
    assert (item["published_idm"], item["status_by_published_idm"], item["status_by_rows"]) == (
        None,
        None,
        "maju",
    )


async def test_the_audit_of_what_is_not_there_is_not_found_and_of_a_retired_code_elsewhere(
    office: httpx.AsyncClient,
) -> None:
    await told(office, KEDANG_IPIL, 2024, record("Jongkang"))

    no_year = await office.get(f"{at(PERIAN, 2016)}/audit")
    no_village = await office.get(f"{at('64.02.01.2999', 2024)}/audit")
    retired = await office.get(f"{at(ITS_OLD_CODE, 2024)}/audit")

    assert [answer.status_code for answer in (no_year, no_village, retired)] == [404, 404, 308]
    assert faults(no_year) == [("/path/year", "idm_record.not_found")]
    assert retired.headers["location"] == f"{at(KEDANG_IPIL, 2024)}/audit"
