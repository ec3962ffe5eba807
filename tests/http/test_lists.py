"""The parameters of a list: bounds, totals, cursors that belong to one list, and a link that equals the cursor."""

import base64
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson
import pytest


def forged(cursor: str, *, value: object = None, key: object = None) -> str:
    """The cursor with another value or key under its own digest."""
    padded = cursor + "=" * (-len(cursor) % 4)
    parts = orjson.loads(base64.urlsafe_b64decode(padded))
    parts[1] = parts[1] if value is None else value
    parts[2] = parts[2] if key is None else key
    return base64.urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


async def cursor_of(client: httpx.AsyncClient, **params: str) -> str:
    answer = await client.get("/v1/villages", params={"limit": "3", **params})
    cursor: str = answer.json()["next_cursor"]
    return cursor


async def test_a_page_has_fifty_items_unless_asked_otherwise(visitor: httpx.AsyncClient) -> None:
    usual = await visitor.get("/v1/villages")
    one = await visitor.get("/v1/villages", params={"limit": "1"})
    all_of_them = await visitor.get("/v1/villages", params={"limit": "500"})

    assert [len(answer.json()["items"]) for answer in (usual, one, all_of_them)] == [50, 1, 237]
    assert all_of_them.json()["next_cursor"] is None
    assert "link" not in all_of_them.headers


async def test_a_limit_out_of_bounds_is_told_its_bound(visitor: httpx.AsyncClient) -> None:
    low = await visitor.get("/v1/villages", params={"limit": "0"})
    high = await visitor.get("/v1/villages", params={"limit": "501"})

    assert [error["code"] for error in low.json()["errors"]] == ["value.too_small"]
    assert [error["code"] for error in high.json()["errors"]] == ["value.too_large"]
    assert "500" in high.json()["errors"][0]["message"]


async def test_the_total_counts_the_filtered_set_and_not_the_page(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(
        "/v1/villages", params={"region": "64.02.04", "limit": "2", "count": "exact", "kind": "desa"}
    )
    without = await visitor.get("/v1/villages", params={"region": "64.02.04", "limit": "2"})

    assert answer.json()["total"] == 8
    assert len(answer.json()["items"]) == 2
    assert "total" not in without.json()


async def test_the_total_stays_the_whole_one_while_walking(visitor: httpx.AsyncClient) -> None:
    cursor = await cursor_of(visitor, region="64.02.04", sort="name")

    answer = await visitor.get(
        "/v1/villages",
        params={"region": "64.02.04", "sort": "name", "limit": "3", "count": "exact", "cursor": cursor},
    )

    assert answer.json()["total"] == 8


async def test_the_link_is_the_same_query_with_the_next_cursor(visitor: httpx.AsyncClient) -> None:
    params = {"region": "6402", "q": "raya & co", "sort": "-name", "limit": "1", "count": "exact"}

    answer = await visitor.get("/v1/villages", params={**params, "q": "bukit raya"})

    address, _, relation = answer.headers["link"].partition("; ")
    told = parse_qs(urlsplit(address.strip("<>")).query, strict_parsing=True)
    assert relation == 'rel="next"'
    assert urlsplit(address.strip("<>")).path == "/v1/villages"
    assert told.pop("cursor") == [answer.json()["next_cursor"]]
    assert told == {name: [value] for name, value in {**params, "q": "bukit raya"}.items()}
    followed = await visitor.get(address.strip("<>"))
    assert followed.status_code == 200
    assert followed.json()["items"][0]["code"] != answer.json()["items"][0]["code"]


async def test_a_cursor_may_be_used_with_another_limit_and_form(visitor: httpx.AsyncClient) -> None:
    cursor = await cursor_of(visitor, region="64.02.04")

    longer = await visitor.get("/v1/villages", params={"region": "64.02.04", "cursor": cursor, "limit": "9"})
    sheet = await visitor.get(
        "/v1/villages", params={"region": "64.02.04", "cursor": cursor, "format": "csv"}
    )

    assert len(longer.json()["items"]) == 5
    assert len(sheet.text.splitlines()) == 1 + 5


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"region": "64.02.05"},
        {"region": "64.02.04", "kind": "desa"},
        {"region": "64.02.04", "q": "a"},
        {"region": "64.02.04", "sort": "name"},
        {"region": "64.02.04", "sort": "-code"},
    ],
)
async def test_a_cursor_of_other_filters_or_another_order_is_refused(
    other: dict[str, str], visitor: httpx.AsyncClient
) -> None:
    cursor = await cursor_of(visitor, region="64.02.04")

    answer = await visitor.get("/v1/villages", params={**other, "cursor": cursor})

    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("/query/cursor", "cursor.unknown")
    ]


async def test_a_cursor_of_another_list_is_refused(visitor: httpx.AsyncClient) -> None:
    cursor = await cursor_of(visitor)

    answer = await visitor.get("/v1/regions", params={"cursor": cursor})

    assert answer.status_code == 422


async def test_a_cursor_is_the_same_list_however_the_region_is_spelt(visitor: httpx.AsyncClient) -> None:
    cursor = await cursor_of(visitor, region="64.02.04")

    answer = await visitor.get("/v1/villages", params={"region": "640204", "cursor": cursor})

    assert answer.status_code == 200


async def test_a_truncated_cursor_is_refused_at_every_length(visitor: httpx.AsyncClient) -> None:
    cursor = await cursor_of(visitor, sort="name")

    statuses = {
        (await visitor.get("/v1/villages", params={"sort": "name", "cursor": cursor[:length]})).status_code
        for length in range(len(cursor))
    }

    assert statuses == {422}


FORGED: dict[str, list[object]] = {
    "updated_at": [
        "yesterday",
        "2025-13-01T00:00:00.000000Z",
        "2025-01-01T00:00:00Z",
        "2025-01-01",
        "",
        0,
        1.5,
        True,
        [],
        {},
        "2025-01-01T00:00:00.000000Z\x00",
    ],
    "idm_score": [0, "0.5", True, [0.5], 2**63, "NaN"],
    "name": [0, 1.5, True, [], {}, "a\x00b"],
    "code": [0, 1.5, True, [], "64\x00"],
}


@pytest.mark.parametrize("sort", FORGED)
async def test_a_forged_cursor_is_refused_on_either_engine_alike(
    sort: str, visitor: httpx.AsyncClient
) -> None:
    cursor = await cursor_of(visitor, sort=sort)
    forgeries = [forged(cursor, value=value) for value in FORGED[sort]]
    keys: list[object] = [0, 1.5, True, [], {}, "64\x00"]
    forgeries += [forged(cursor, key=key) for key in keys]

    statuses = [
        (await visitor.get("/v1/villages", params={"sort": sort, "cursor": one})).status_code
        for one in forgeries
    ]

    assert statuses == [422] * len(forgeries)


async def test_an_unknown_order_is_told_the_known_ones(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/villages", params={"sort": "population"})

    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("/query/sort", "sort.unknown")
    ]
    assert "code, name, updated_at, idm_score" in answer.json()["errors"][0]["message"]


async def test_unknown_and_repeated_parameters_are_each_named(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/villages?page=2&kind=desa&kind=desa&limit=x&offset=1")

    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {
        ("/query/page", "field.unknown"),
        ("/query/offset", "field.unknown"),
        ("/query/kind", "field.repeated"),
        ("/query/limit", "value.integer"),
    }
