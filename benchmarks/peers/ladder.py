"""The rungs between a constant and ours that no other peer stands on; LADDER_RUNG names the one to serve."""

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, FastAPI, Response
from sqlalchemy import bindparam, select
from sqlalchemy.engine.default import DefaultDialect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from benchmarks.peers.raw import COLUMNS, shown, store
from benchmarks.peers.textbook import Village, VillageOut, engine

BODY = os.environ.get("LADDER_BODY", "{}").encode()
DOCUMENT: dict[str, Any] = json.loads(BODY)
ROUTERS = 31
ADDRESS = "/v1/villages/{code}"
TABLE = Village.__table__
ONE = select(*(TABLE.c[name] for name in COLUMNS)).where(TABLE.c.code == bindparam("code"))


def _constant() -> Response:
    return Response(BODY, media_type="application/json")


def starlette() -> ASGIApp:
    async def read(_: Request) -> Response:
        return _constant()

    return Starlette(routes=[Route(ADDRESS, read)])


def fastapi() -> ASGIApp:
    app = FastAPI()

    @app.get(ADDRESS)
    async def read(code: str) -> Response:
        return _constant()

    return app


def model() -> ASGIApp:
    app = FastAPI()

    @app.get(ADDRESS, response_model=VillageOut)
    async def read(code: str) -> dict[str, Any]:
        return DOCUMENT

    return app


def _included(router: APIRouter) -> FastAPI:
    app = FastAPI()
    for number in range(ROUTERS - 1):
        other = APIRouter(prefix=f"/v1/other-{number}")
        other.add_api_route("/{code}", _constant, response_class=Response)
        app.include_router(other)
    app.include_router(router)
    return app


def routers() -> ASGIApp:
    router = APIRouter()

    @router.get(ADDRESS, response_model=VillageOut)
    async def read(code: str) -> dict[str, Any]:
        return DOCUMENT

    return _included(router)


async def _yielding() -> AsyncIterator[dict[str, Any]]:
    yield DOCUMENT


def yielding() -> ASGIApp:
    router = APIRouter()

    @router.get(ADDRESS, response_model=VillageOut)
    async def read(code: str, document: Annotated[dict[str, Any], Depends(_yielding)]) -> dict[str, Any]:
        return document

    return _included(router)


def core() -> ASGIApp:
    app = FastAPI()

    @app.get(ADDRESS)
    async def read(code: str) -> Response:
        async with engine.connect() as connection:
            row = (await connection.execute(ONE, {"code": code})).one()
        return Response(
            orjson.dumps(dict(zip(COLUMNS, row, strict=True))),
            media_type="application/json",
        )

    return app


def compiled() -> ASGIApp:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await store.open()
        yield
        await store.close()

    statement = str(ONE.compile(dialect=DefaultDialect(paramstyle="numeric_dollar")))
    app = FastAPI(lifespan=lifespan)

    @app.get(ADDRESS)
    async def read(code: str) -> Response:
        row = (await store.rows(statement, code))[0]
        return Response(orjson.dumps(shown(row)), media_type="application/json")

    return app


RUNGS: dict[str, Callable[[], ASGIApp]] = {
    "starlette": starlette,
    "fastapi": fastapi,
    "model": model,
    "routers": routers,
    "yield": yielding,
    "core": core,
    "compiled": compiled,
}
app = RUNGS[os.environ.get("LADDER_RUNG", "starlette")]()
