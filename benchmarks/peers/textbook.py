"""The textbook peer: FastAPI as its documentation and the official template teach it, over the same villages.

An async ORM session from a yield dependency, `response_model` on every route, a router included in a router.
Nothing is made slower than it is taught: the pool has the size that served it best, the region is a range
that the index on `code` answers, SQLite runs in WAL with `synchronous=FULL` as ours does, the flat table
needs no join, and a PATCH records neither a change nor an audit row.
"""

import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, DateTime, String, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine(os.environ["TEXTBOOK_DATABASE_URL"], pool_size=8, max_overflow=0)
new_session = async_sessionmaker(engine, expire_on_commit=False)

if engine.dialect.name == "sqlite":

    @event.listens_for(engine.sync_engine, "connect")
    def durable(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()


# On PostgreSQL only the collation "C" lets an index answer a range of codes in byte order.
Code = String(13).with_variant(String(13, collation="C"), "postgresql")
Instant = DateTime(timezone=True)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    pass


class Village(Base):
    __tablename__ = "textbook_villages"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    district_code: Mapped[str]
    district_name: Mapped[str]
    regency_code: Mapped[str]
    regency_name: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    population: Mapped[int | None]
    households: Mapped[int | None]
    former_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    idm_year: Mapped[int | None]
    idm_score: Mapped[float | None]
    idm_status: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    updated_at: Mapped[datetime] = mapped_column(Instant, default=now, onupdate=now)


class Token(Base):
    __tablename__ = "textbook_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class VillageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

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


class VillagePage(BaseModel):
    items: list[VillageOut]
    next_cursor: str | None
    total: int | None = None


class VillagePatch(BaseModel):
    population: int | None = None
    households: int | None = None


async def get_session() -> AsyncIterator[AsyncSession]:
    async with new_session() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]
Bearer = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


async def get_token(session: Session, bearer: Bearer) -> Token:
    digest = hashlib.sha256(bearer.credentials.encode()).hexdigest()
    token = await session.scalar(select(Token).where(Token.hash == digest))
    if token is None:
        raise HTTPException(401)
    return token


async def get_village(session: Session, code: str) -> Village:
    village = await session.scalar(select(Village).where(Village.code == code))
    if village is None:
        raise HTTPException(404)
    return village


villages = APIRouter(prefix="/villages", tags=["villages"])


@villages.get("", response_model=VillagePage)
async def list_villages(
    session: Session, region: str = "", limit: int = 50, cursor: str = "", count: str = ""
) -> dict[str, Sequence[Village] | str | int | None]:
    # "/" follows "." in byte order: every code below the region, and no other.
    within = [Village.code > f"{region}.", Village.code < f"{region}/"] if region else []
    query = select(Village).where(*within).order_by(Village.code).limit(limit + 1)
    if cursor:
        query = query.where(Village.code > cursor)
    found = (await session.scalars(query)).all()
    total = None
    if count == "exact":
        total = await session.scalar(select(func.count()).select_from(Village).where(*within))
    following = found[limit - 1].code if len(found) > limit else None
    return {"items": found[:limit], "next_cursor": following, "total": total}


@villages.get("/{code}", response_model=VillageOut)
async def read_village(code: str, session: Session) -> Village:
    return await get_village(session, code)


@villages.patch("/{code}", response_model=VillageOut, dependencies=[Depends(get_token)])
async def update_village(code: str, patch: VillagePatch, session: Session) -> Village:
    village = await get_village(session, code)
    for field, value in patch.model_dump(exclude_unset=True).items():
        setattr(village, field, value)
    village.version += 1
    await session.commit()
    return village


api = APIRouter()
api.include_router(villages)
app = FastAPI(title="Textbook")
app.include_router(api, prefix="/v1")
