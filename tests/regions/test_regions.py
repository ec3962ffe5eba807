"""Regions over HTTP: the ministry's table, read-only, walked like any list."""

import httpx
import pytest


async def test_kukar_has_twenty_districts(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(
        "/v1/regions", params={"level": "district", "parent": "64.02", "count": "exact"}
    )

    assert answer.json()["total"] == 20
    assert {item["parent"] for item in answer.json()["items"]} == {"64.02"}


async def test_a_region_is_the_same_with_and_without_dots(visitor: httpx.AsyncClient) -> None:
    dotted, bare = await visitor.get("/v1/regions/64.02.04"), await visitor.get("/v1/regions/640204")

    assert dotted.json() == {
        "code": "64.02.04",
        "name": "Anggana",
        "level": "district",
        "parent": "64.02",
        "version": 1,
        "created_at": dotted.json()["created_at"],
        "updated_at": dotted.json()["created_at"],
    }
    assert bare.content == dotted.content
    assert bare.headers["etag"] == '"1"'


FILTERS: list[tuple[dict[str, str], int]] = [
    ({}, 22),
    ({"level": "province"}, 1),
    ({"level": "regency"}, 1),
    ({"parent": "64"}, 1),
    ({"parent": "6402"}, 20),
    ({"region": "64.02"}, 21),
    ({"region": "64.02.04"}, 1),
    ({"region": "64.02.04.2001"}, 0),
    ({"q": "KOTA bangun"}, 2),
    ({"q": "kutai"}, 1),
    ({"parent": "64.02", "q": "kutai"}, 0),
]


async def test_each_filter_gives_what_it_says(visitor: httpx.AsyncClient) -> None:
    for params, number in FILTERS:
        answer = await visitor.get("/v1/regions", params={**params, "count": "exact"})

        assert (answer.json()["total"], len(answer.json()["items"])) == (number, number), params


async def test_regions_sort_by_code_and_name(visitor: httpx.AsyncClient) -> None:
    by_code = (await visitor.get("/v1/regions", params={"sort": "code"})).json()["items"]
    by_name = (await visitor.get("/v1/regions", params={"sort": "-name"})).json()["items"]

    assert [item["code"] for item in by_code] == sorted(item["code"] for item in by_code)
    assert [item["name"].casefold() for item in by_name] == sorted(
        (item["name"].casefold() for item in by_name), reverse=True
    )


async def test_regions_come_as_a_sheet_too(visitor: httpx.AsyncClient) -> None:
    sheet = await visitor.get("/v1/regions", params={"parent": "64.02", "format": "csv"})

    assert sheet.text.splitlines()[0].startswith('"code","name","level","parent"')
    assert len(sheet.text.splitlines()) == 21


@pytest.mark.parametrize(
    ("address", "status", "pointer", "code"),
    [
        ("/v1/regions/64.99", 404, "/path/code", "region.not_found"),
        ("/v1/regions/64.02.04.2001", 404, "/path/code", "region.not_found"),
        ("/v1/regions/x", 422, "/path/code", "region.malformed"),
        ("/v1/regions/6403120", 422, "/path/code", "code.bps"),
        ("/v1/regions?level=village", 422, "/query/level", "value.choice"),
        ("/v1/regions?parent=6402040001", 422, "/query/parent", "code.bps"),
        ("/v1/regions?sort=level", 422, "/query/sort", "sort.unknown"),
    ],
)
async def test_what_is_no_region_is_told_why(
    address: str, status: int, pointer: str, code: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(address)

    assert answer.status_code == status
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


async def test_nobody_writes_regions_over_http(office: httpx.AsyncClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for address in ("/v1/regions", "/v1/regions/64.02.04"):
            answer = await office.request(method, address, json={})

            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
