"""Litestar as its documentation teaches it: msgspec structs, the same async ORM session by a dependency.

It needs what requirements/bench.in names; its models are the textbook's, so that the rows are the same.
"""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Litestar, get, patch
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import Parameter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.peers.textbook import Token, Village, new_session


class VillageOut(msgspec.Struct):
    code: str
    name: str
    kind: str
    district_code: str
    district_name: str
    regency_code: str
    regency_name: str
    latitude: float | None
    longitude: float | None
    population: int | None
    households: int | None
    former_codes: list[str]
    idm_year: int | None
    idm_score: float | None
    idm_status: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class VillagePage(msgspec.Struct):
    items: list[VillageOut]
    next_cursor: str | None
    total: int | None = None


class VillagePatch(msgspec.Struct):
    population: int | msgspec.UnsetType | None = msgspec.UNSET
    households: int | msgspec.UnsetType | None = msgspec.UNSET


async def open_session() -> AsyncIterator[AsyncSession]:
    async with new_session() as session:
        yield session


async def with_token(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    digest = hashlib.sha256(connection.headers.get("authorization", "")[7:].encode()).hexdigest()
    async with new_session() as session:
        if await session.scalar(select(Token).where(Token.hash == digest)) is None:
            raise NotAuthorizedException


def shown(village: Village) -> VillageOut:
    return msgspec.convert(village, VillageOut, from_attributes=True)


async def find(session: AsyncSession, code: str) -> Village:
    village = await session.scalar(select(Village).where(Village.code == code))
    if village is None:
        raise NotFoundException
    return village


@get("/v1/villages")
async def list_villages(
    session: AsyncSession,
    region: str = "",
    limit: int = 50,
    after: Annotated[str, Parameter(query="cursor")] = "",
    count: str = "",
) -> VillagePage:
    within = [Village.code > f"{region}.", Village.code < f"{region}/"] if region else []
    query = select(Village).where(*within).order_by(Village.code).limit(limit + 1)
    if after:
        query = query.where(Village.code > after)
    found = (await session.scalars(query)).all()
    total = None
    if count == "exact":
        total = await session.scalar(select(func.count()).select_from(Village).where(*within))
    following = found[limit - 1].code if len(found) > limit else None
    return VillagePage([shown(village) for village in found[:limit]], following, total)


@get("/v1/villages/{code:str}")
async def read_village(code: str, session: AsyncSession) -> VillageOut:
    return shown(await find(session, code))


@patch("/v1/villages/{code:str}", guards=[with_token])
async def update_village(code: str, data: VillagePatch, session: AsyncSession) -> VillageOut:
    village = await find(session, code)
    for name in data.__struct_fields__:
        value = getattr(data, name)
        if value is not msgspec.UNSET:
            setattr(village, name, value)
    village.version += 1
    await session.commit()
    return shown(village)


app = Litestar([list_villages, read_village, update_village], dependencies={"session": Provide(open_session)})
