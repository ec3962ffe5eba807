"""The whole filtered set as CSV or GeoJSON, equal to the walk of pages; `?format=` beats `Accept`."""

import csv
import io
import re
from typing import Any

import httpx
import pytest
from geojson_pydantic import FeatureCollection

from app.database import Database
from app.http.sheets.csv_text import cell
from app.seed import regions
from tests.conftest import act_of

JSON, CSV, GEOJSON = "application/json", "text/csv", "application/geo+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def walked(client: httpx.AsyncClient, **params: str) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await client.get("/v1/villages", params={**params, **cursor, "limit": "31"})).json()
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        cursor = {"cursor": page["next_cursor"]}


def lines(text: str) -> list[dict[str, str]]:
    """A sheet's lines by column."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_cells(item: dict[str, Any]) -> dict[str, str]:
    """What a sheet shows of an item."""
    return {
        name: "" if value is None else "; ".join(value) if isinstance(value, list) else str(value)
        for name, value in item.items()
    }


async def test_the_csv_is_the_walk(visitor: httpx.AsyncClient) -> None:
    for params in ({}, {"region": "64.02.19", "sort": "-name"}, {"q": "bukit", "kind": "desa"}):
        sheet = await visitor.get("/v1/villages", params={**params, "format": "csv", "limit": "2"})

        assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
        name = re.fullmatch(r'attachment; filename="([!-~]+)"', sheet.headers["content-disposition"])
        assert name is not None
        assert re.fullmatch(r"villages(-64\.02\.19)?-\d{4}-\d\d-\d\d\.csv", name[1])
        items = await walked(visitor, **params)
        assert len(items) > 2
        assert lines(sheet.text) == [as_cells(item) for item in items]


async def test_a_set_longer_than_one_batch_is_whole(database: Database, office: httpx.AsyncClient) -> None:
    more = [regions.Place(f"64.02.04.2{number}", f"Uji {number}", None, None) for number in range(100, 370)]
    await regions.load(database, act_of("load"), more)

    sheet = await office.get("/v1/villages", params={"format": "csv", "sort": "name"})
    layer = await office.get("/v1/villages", params={"format": "geojson", "sort": "name"})

    items = [item["code"] for item in await walked(office, sort="name")]
    assert len(items) == 507
    assert [line["code"] for line in lines(sheet.text)] == items
    assert [feature["id"] for feature in layer.json()["features"]] == items


async def test_an_empty_set_is_a_header_alone(visitor: httpx.AsyncClient) -> None:
    sheet = await visitor.get("/v1/villages", params={"region": "99", "format": "csv"})
    layer = await visitor.get("/v1/villages", params={"region": "99", "format": "geojson"})

    assert sheet.text.startswith('"code","name","kind"')
    assert sheet.text.count("\r\n") == 1
    assert layer.json() == {"type": "FeatureCollection", "features": []}


async def test_no_cell_is_a_formula_and_numbers_stay_numbers(office: httpx.AsyncClient) -> None:
    body = {
        "name": '=1+cmd|" /C calc"!A0',
        "population": 0,
        "households": 1,
        "latitude": -0.5,
        "longitude": 117.25,
    }
    await office.patch("/v1/villages/64.02.04.2001", json=body)

    sheet = await office.get("/v1/villages", params={"region": "64.02.04.2001", "format": "csv"})

    line = sheet.text.splitlines()[1]
    assert lines(sheet.text)[0]["name"] == '\'=1+cmd|" /C calc"!A0'
    assert line.startswith('"64.02.04.2001","\'=1+cmd')
    assert ',-0.5,117.25,0,1,"",' in line


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_could_start_a_formula_is_quoted(start: str) -> None:
    assert cell(f"{start}1") == f"'{start}1"
    assert cell([f"{start}1", "x"]) == f"'{start}1; x"


def test_a_cell_keeps_zero_one_true_and_false_apart() -> None:
    assert [cell(value) for value in (0, 1, 0.0, 1.0, True, False, None)] == [
        0,
        1,
        0.0,
        1.0,
        "true",
        "false",
        "",
    ]


async def test_the_layer_is_valid_geojson_with_longitude_first(office: httpx.AsyncClient) -> None:
    await office.patch("/v1/villages/64.02.04.2002", json={"latitude": None, "longitude": None})

    layer = await office.get(
        "/v1/villages", params={"region": "64.02.04", "format": "geojson", "sort": "code"}
    )

    assert layer.headers["content-type"] == GEOJSON
    collection: FeatureCollection[Any] = FeatureCollection.model_validate_json(layer.content)
    items = await walked(office, region="64.02.04", sort="code")
    assert [feature.id for feature in collection.features] == [item["code"] for item in items]
    assert [feature["properties"] for feature in layer.json()["features"]] == items
    assert [feature["geometry"] for feature in layer.json()["features"]] == [
        None
        if item["latitude"] is None
        else {"type": "Point", "coordinates": [item["longitude"], item["latitude"]]}
        for item in items
    ]
    assert items[1]["latitude"] is None


ACCEPTED: tuple[tuple[str | None, str], ...] = (
    (None, JSON),
    ("", JSON),
    ("*/*", JSON),
    ("application/*", JSON),
    ("text/*", CSV),
    ("text/csv", CSV),
    ("TEXT/CSV", CSV),
    (XLSX, XLSX),
    (f"{XLSX}, text/csv;q=0.9", XLSX),
    ("application/geo+json", GEOJSON),
    ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", JSON),
    ("text/csv, application/json", JSON),
    ("text/csv, application/json;q=0.9", CSV),
    ("text/csv;q=0.5, application/json;q=0.4, */*;q=0.1", CSV),
    ("application/json;q=0, */*", CSV),
    ("text/csv;q=0, application/*;q=0.2", JSON),
    ("application/json; charset=utf-8", JSON),
    ("text/csv;header=present;q=1.0, application/json;q=0.999", CSV),
)


async def test_accept_chooses_by_range_and_weight(visitor: httpx.AsyncClient) -> None:
    visitor.headers.pop("accept")
    for accept, media in ACCEPTED:
        answer = await visitor.get("/v1/villages", headers={} if accept is None else {"accept": accept})

        assert answer.status_code == 200, accept
        assert answer.headers["content-type"].partition(";")[0] == media, accept
        assert "Accept" in answer.headers["vary"].split(", ")


async def test_what_cannot_be_served_is_told_what_can(visitor: httpx.AsyncClient) -> None:
    for accept in ("image/png", "application/json;q=0", "*/*;q=0", "text/html", "text/csv;q=0"):
        answer = await visitor.get("/v1/villages", headers={"accept": accept})

        assert answer.status_code == 406, accept
        assert answer.json()["errors"][0]["pointer"] == "/header/Accept"
        assert f"{JSON}, {CSV}, {XLSX}, {GEOJSON}" in answer.json()["detail"]


async def test_the_parameter_beats_the_header(visitor: httpx.AsyncClient) -> None:
    for form, media in (("json", JSON), ("csv", CSV), ("xlsx", XLSX), ("geojson", GEOJSON)):
        for accept in (JSON, CSV, XLSX, GEOJSON, "image/png"):
            answer = await visitor.get("/v1/villages", params={"format": form}, headers={"accept": accept})

            assert answer.headers["content-type"].partition(";")[0] == media


async def test_a_list_without_places_has_no_map(visitor: httpx.AsyncClient) -> None:
    by_parameter = await visitor.get("/v1/regions", params={"format": "geojson"})
    by_header = await visitor.get("/v1/regions", headers={"accept": GEOJSON})

    assert by_parameter.status_code == 422
    assert by_parameter.json()["errors"][0]["code"] == "value.choice"
    assert by_header.status_code == 406
