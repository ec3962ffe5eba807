"""Starlette and the driver, nothing between: what is left when a framework's comforts are taken away.

Text of SQL written by hand, rows zipped into dicts, orjson; asyncpg's pool, or sqlite3 in the loop itself.
"""

import hashlib
import os
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

URL = os.environ.get("TEXTBOOK_DATABASE_URL", "")
COLUMNS = (
    "code",
    "name",
    "kind",
    "district_code",
    "district_name",
    "regency_code",
    "regency_name",
    "latitude",
    "longitude",
    "population",
    "households",
    "former_codes",
    "idm_year",
    "idm_score",
    "idm_status",
    "version",
    "created_at",
    "updated_at",
)
SELECT = f"select {', '.join(COLUMNS)} from textbook_villages"
ONE = f"{SELECT} where code = $1"
PAGE = f"{SELECT} where code > $1 and code < $2 order by code limit $3"
COUNT = "select count(*) from textbook_villages where code > $1 and code < $2"
TOKEN = "select id from textbook_tokens where hash = $1"
CHANGEABLE = ("population", "households")


class Sqlite:
    """One connection, used in the event loop itself."""

    def __init__(self, url: str) -> None:
        self.path = url.partition("///")[2]

    async def open(self) -> None:
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("pragma journal_mode = wal")
        self.connection.execute("pragma synchronous = full")

    async def rows(self, statement: str, *values: Any) -> Sequence[Any]:
        return self.connection.execute(statement.replace("$", "?"), values).fetchall()

    async def close(self) -> None:
        self.connection.close()


class Postgres:
    """The driver's own pool."""

    def __init__(self, url: str) -> None:
        self.url = url.replace("+asyncpg", "")

    async def open(self) -> None:
        self.pool = await asyncpg.create_pool(self.url, min_size=8, max_size=8)

    async def rows(self, statement: str, *values: Any) -> Sequence[Any]:
        rows: Sequence[Any] = await self.pool.fetch(statement, *values)
        return rows

    async def close(self) -> None:
        await self.pool.close()


store = Sqlite(URL) if URL.startswith("sqlite") else Postgres(URL)


def shown(row: Any) -> dict[str, Any]:
    village = dict(zip(COLUMNS, row, strict=True))
    village["former_codes"] = orjson.Fragment(village["former_codes"])
    return village


def answer(document: Any) -> Response:
    return Response(orjson.dumps(document), media_type="application/json")


async def list_villages(request: Request) -> Response:
    asked = request.query_params
    region, limit = asked.get("region", ""), int(asked.get("limit", "50"))
    low = asked.get("cursor") or (f"{region}." if region else "")
    high = f"{region}/" if region else "~"
    found = [shown(row) for row in await store.rows(PAGE, low, high, limit + 1)]
    total = None
    if asked.get("count") == "exact":
        total = (await store.rows(COUNT, f"{region}." if region else "", high))[0][0]
    following = found[limit - 1]["code"] if len(found) > limit else None
    return answer({"items": found[:limit], "next_cursor": following, "total": total})


async def read_village(request: Request) -> Response:
    found = await store.rows(ONE, request.path_params["code"])
    return answer(shown(found[0])) if found else Response(status_code=404)


async def update_village(request: Request) -> Response:
    digest = hashlib.sha256(request.headers.get("authorization", "")[7:].encode()).hexdigest()
    if not await store.rows(TOKEN, digest):
        return Response(status_code=401)
    told = orjson.loads(await request.body())
    changed = {name: int(told[name]) for name in CHANGEABLE if name in told}
    at: Any = datetime.now(UTC)
    if isinstance(store, Sqlite):
        at = at.isoformat(" ")[:26]
    sets = "".join(f", {name} = ${place}" for place, name in enumerate(changed, 3))
    update = (
        f"update textbook_villages set version = version + 1, updated_at = $2{sets} "
        f"where code = $1 returning {', '.join(COLUMNS)}"
    )
    found = await store.rows(update, request.path_params["code"], at, *changed.values())
    return answer(shown(found[0])) if found else Response(status_code=404)


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    await store.open()
    yield
    await store.close()


app = Starlette(
    routes=[
        Route("/v1/villages", list_villages),
        Route("/v1/villages/{code}", read_village),
        Route("/v1/villages/{code}", update_village, methods=["PATCH"]),
    ],
    lifespan=lifespan,
)
