"""Whatever comes as CSV comes as a workbook too, with the same cells, and with headers that people can read."""

import csv
import io
import re
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import httpx
import pytest

from app.http.operation import Operation
from app.main import Berdaya
from app.seed import kukar_data
from tests.conftest import act_of
from tests.http.sheets.reading import XLSX, in_a_cell, table
from tests.personal import OWNER, PHONE

INDONESIAN, ENGLISH = {"accept-language": "id"}, {"accept-language": "en"}
PERIOD = {"from": "2023", "to": "2024"}
SEPATIN = "64.02.04.2001"
FEWEST = 18
SEALED = {"number", "hash"}
"""What the trail shows only once it is sealed, which happens meanwhile."""
_PATH = re.compile(r"/\{(\w+)\}")


class Asked(NamedTuple):
    """One operation that gives a sheet, at an address where there is something."""

    name: str
    path: str
    params: dict[str, str]
    is_list: bool
    has_region: bool


@pytest.fixture
async def filled(application: Berdaya, office: httpx.AsyncClient) -> httpx.AsyncClient:
    """The office, with all of Kukar, and a UKM that has a bit of everything."""
    await kukar_data.load_all(application.place.database, act_of("seed"))
    ukm = {
        "name": "=Usaha Contoh",
        "owner_kind": "perorangan",
        "village_code": SEPATIN,
        "owner_name": OWNER,
        "phone": PHONE,
        "nib": "0012345678901",
        "founded_on": "2020-02-29",
        "capital_idr": 9_007_199_254_740_991,
        "channels": ["pasar", "warung"],
        "products": [{"name": "Kerupuk", "unit": "bungkus"}],
    }
    made = await office.post("/v1/ukms", json=ukm)
    assert made.status_code == 201, made.text
    return office


@pytest.fixture
async def asked(application: Berdaya, filled: httpx.AsyncClient) -> list[Asked]:
    """Every operation that gives a sheet and can be asked here."""
    found = [one async for one in _asked(application, filled)]
    assert len(found) >= FEWEST
    return found


def fields(operation: Operation) -> set[str]:
    """The names of what may be asked."""
    query = operation.signature.query
    return set() if query is None else {field.alias or name for name, field in query[1].model_fields.items()}


def sheets(application: Berdaya) -> list[Operation]:
    return [one for one in application.operations if "text/csv" in contents(one) and "format" in fields(one)]


def contents(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = operation.responses.get(200, {}).get("content", {})
    return told


async def _asked(application: Berdaya, client: httpx.AsyncClient) -> AsyncIterator[Asked]:
    for operation in sheets(application):
        path, may = operation.path, fields(operation)
        below = _PATH.search(path)
        if below is not None:
            around = (await client.get(path[: below.start()], params={"limit": "1"})).json()["items"]
            if not around:
                continue
            path = path.replace(below[0], f"/{around[0].get(below[1]) or around[0]['id']}")
        params = PERIOD if may >= PERIOD.keys() else {}
        yield Asked(operation.name, path, params, "cursor" in may, "region" in may)


async def walked(client: httpx.AsyncClient, one: Asked) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    params = {**one.params, "limit": "500"}
    while True:
        page = (await client.get(one.path, params=params)).json()
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        params["cursor"] = page["next_cursor"]


async def read(client: httpx.AsyncClient, one: Asked) -> tuple[list[str], list[list[Any]]]:
    """The names of the columns, and the workbook's cells below its header."""
    as_csv = await client.get(one.path, params={**one.params, "format": "csv"})
    book = await client.get(one.path, params={**one.params, "format": "xlsx"}, headers=INDONESIAN)
    assert (as_csv.status_code, book.status_code) == (200, 200), one
    assert book.headers["content-type"] == XLSX
    return next(csv.reader(io.StringIO(as_csv.text))), table(book.content)[1:]


async def test_whatever_offers_csv_offers_a_workbook(application: Berdaya) -> None:
    without = [one.path for one in sheets(application) if XLSX not in contents(one)]

    assert without == []


async def test_every_header_can_be_read_in_both_languages_and_stands_once(
    filled: httpx.AsyncClient, asked: list[Asked]
) -> None:
    few = [one._replace(params=one.params | {"region": SEPATIN}) if one.has_region else one for one in asked]
    for one in few:
        names, _ = await read(filled, one)
        for language in (INDONESIAN, ENGLISH):
            params = {**one.params, "format": "xlsx"}
            header = table((await filled.get(one.path, params=params, headers=language)).content)[0]

            assert len(header) == len(set(header)) == len(names) == len(set(names)), one
            assert [name for name in names if name in header] == [], f"{one.name}: give these a label"


async def test_every_list_has_in_its_cells_what_the_json_has(
    filled: httpx.AsyncClient, asked: list[Asked]
) -> None:
    compared = 0
    for one in asked:
        if not one.is_list:
            continue
        names, rows = await read(filled, one)
        # Reading puts on record that it was read.
        items = await walked(filled, one)
        if one.path == "/v1/audit":
            items = items[-len(rows) :]
        assert len(rows) == len(items), one
        for item, row in zip(items, rows, strict=True):
            for name, cell in zip(names, row, strict=True):
                value = item.get(name)
                if name in item and name not in SEALED and not _holds_things(value):
                    compared += 1
                    wanted = str(value) if name == "capital_idr" and value == 2**53 - 1 else value
                    assert cell == in_a_cell(name, wanted), (one.name, name)

    assert compared > 5000


async def test_every_report_has_in_its_cells_what_its_csv_has(
    filled: httpx.AsyncClient, asked: list[Asked]
) -> None:
    reports = [one for one in asked if not one.is_list]
    for one in reports:
        _, rows = await read(filled, one)
        text = (await filled.get(one.path, params={**one.params, "format": "csv"}, headers=INDONESIAN)).text

        names, *lines = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == len(lines), one
        for line, row in zip(lines, rows, strict=True):
            for name, shown, cell in zip(names, line, row, strict=True):
                assert _alike(name, shown, cell), (one.name, name)

    assert len(reports) >= 6


def _holds_things(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict | list) for one in value)
    )


def _alike(name: str, shown: str, cell: Any) -> bool:
    if name in {"as_of", "since"}:
        # Two answers as of now are not as of one moment.
        return cell is None if shown == "" else name == "as_of" or cell == in_a_cell(name, shown)
    return shown == ("" if cell is None else str(cell))
