"""The list of UKM: its filters, its orders and its table."""

import csv
import io

import httpx
import pytest

from tests.personal import OWNER
from tests.ukms.registering import TIMBAU, faults, registered


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=64.02.04", [0, 2]),
        ("owner_kind=perorangan", [1]),
        ("scale=kecil", [2]),
        ("market_reach=ekspor", [1]),
        ("channel=hotel_restoran", [0, 1]),
        ("channel=pasar", [0]),
        ("channel=lainnya", []),
        ("q=usaha C", [2]),
        ("updated_since=2999-01-01T00:00:00Z", []),
        ("sort=-name", [2, 1, 0]),
        ("sort=village_code&q=b", [1]),
        ("sort=-updated_at", [2, 1, 0]),
    ],
)
async def test_a_list_shows_what_was_asked_for_in_order(
    office: httpx.AsyncClient, query: str, expected: list[int]
) -> None:
    made = [
        (await registered(office, name="Usaha A", channels=["pasar", "hotel_restoran"]))["id"],
        (
            await registered(
                office,
                name="Usaha B",
                owner_kind="perorangan",
                market_reach="ekspor",
                channels=["hotel_restoran"],
                village_code=TIMBAU,
            )
        )["id"],
        (await registered(office, name="Usaha C", capital_idr=1_000_000_001))["id"],
    ]

    answer = await office.get(f"/v1/ukms?count=exact&{query}")

    assert [made.index(row["id"]) for row in answer.json()["items"]] == expected
    assert answer.json()["total"] == len(expected)


async def test_a_wrong_query_names_every_fault(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/ukms?owner_kind=x&scale=x&market_reach=x&channel=x")

    assert answer.status_code == 422
    assert set(faults(answer)) == {
        ("/query/owner_kind", "value.choice"),
        ("/query/scale", "value.choice"),
        ("/query/market_reach", "value.choice"),
        ("/query/channel", "value.choice"),
    }


async def test_a_table_has_every_field_and_masks_what_is_personal(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    told = await registered(office, owner_name=OWNER, nib="0000000000000", channels=["pasar", "warung"])

    clear, masked = [
        next(csv.DictReader(io.StringIO((await client.get("/v1/ukms?format=csv")).text)))
        for client in (office, visitor)
    ]

    assert list(clear) == list(masked) == list(told)
    assert (clear["owner_name"], clear["nib"], clear["channels"]) == (
        OWNER,
        "0000000000000",
        "pasar; warung",
    )
    assert (masked["owner_name"], masked["masked"]) == ("", "owner_name; phone")
