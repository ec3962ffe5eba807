"""The list of cooperatives: its filters, its orders and its table."""

import csv
import io

import httpx
import pytest

from tests.conftest import Callers
from tests.cooperatives.registering import OF_SEPATIN, OTHER, TIMBAU, address, faults, registered
from tests.personal import PHONE


async def three(office: httpx.AsyncClient) -> list[str]:
    """Three cooperatives: of Sepatin, of Timbau, and one of another kind in Sepatin."""
    made = [
        await registered(office, OF_SEPATIN, established_on="2025-05-28"),
        await registered(
            office,
            name="Koperasi Kelurahan Merah Putih Timbau",
            kind="kelurahan_merah_putih",
            village_code=TIMBAU,
            established_on="2024-01-31",
        ),
        await registered(office, OTHER, phone=PHONE),
    ]
    return [told["id"] for told in made]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=64.02.04", [0, 2]),
        ("region=6402061004", [1]),
        ("region=64.03", []),
        ("kind=desa_merah_putih", [0]),
        ("legality_stage=terbentuk", []),
        ("q=PUTIH kel", [1]),
        ("q=percobaan", [2]),
        ("updated_since=2999-01-01T00:00:00Z", []),
        ("updated_since=2020-01-01T00:00:00%2B08:00", [0, 1, 2]),
        ("sort=-name", [2, 1, 0]),
        ("sort=village_code&kind=lainnya", [2]),
        ("sort=-village_code&region=64.02.06", [1]),
        ("sort=updated_at", [0, 1, 2]),
        ("sort=-updated_at", [2, 1, 0]),
        ("sort=established_on", [2, 1, 0]),
        ("sort=-established_on", [0, 1, 2]),
    ],
)
async def test_a_list_shows_what_was_asked_for_in_order(
    office: httpx.AsyncClient, query: str, expected: list[int]
) -> None:
    made = await three(office)

    answer = await office.get(f"/v1/cooperatives?count=exact&{query}")

    assert [made.index(row["id"]) for row in answer.json()["items"]] == expected
    assert answer.json()["total"] == len(expected)


@pytest.mark.parametrize(
    "sort", ["name", "-village_code", "-updated_at", "established_on", "-established_on"]
)
async def test_a_walk_page_by_page_meets_each_once(office: httpx.AsyncClient, sort: str) -> None:
    await three(office)
    whole = (await office.get(f"/v1/cooperatives?sort={sort}")).json()["items"]

    met, link = [], f"/v1/cooperatives?sort={sort}&limit=1"
    while link:
        answer = await office.get(link)
        met += answer.json()["items"]
        link = answer.links.get("next", {}).get("url", "")

    assert met == whole


async def test_a_wrong_query_names_every_fault(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(
        "/v1/cooperatives?kind=arisan&region=64.2&legality_stage=sah&limit=0&colour=red"
    )

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/query/kind", "value.choice"),
        ("/query/region", "region.malformed"),
        ("/query/legality_stage", "value.choice"),
        ("/query/limit", "value.too_small"),
        ("/query/colour", "field.unknown"),
    }


async def test_a_table_has_every_field_and_masks_what_is_personal(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    _, _, id = await three(office)
    told = (await office.get(address({"id": id}))).json()
    await office.patch(address(told), json={"units": [{"unit": "obat", "status": "aktif"}]})
    elsewhere = await callers.holding("operator", region="64.02.06")

    tables = [
        list(csv.DictReader(io.StringIO((await client.get("/v1/cooperatives?format=csv&q=percobaan")).text)))
        for client in (office, visitor, elsewhere)
    ]

    assert [list(rows[0]) for rows in tables] == [list(told)] * 3
    assert [(rows[0]["phone"], rows[0]["masked"]) for rows in tables] == [
        (f"'{PHONE}", ""),
        ("", "phone; email"),
        ("", "phone; email"),
    ]
    assert tables[0][0]["units"] == "obat (aktif)"
