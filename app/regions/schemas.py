"""The shapes of regions at the door."""

from typing import Literal

from pydantic import Field

from app.http.fields import Output, Search
from app.http.paging import ListQuery
from app.regions.codes import Region

Level = Literal["province", "regency", "district"]


class RegionOut(Output):
    """A province, regency or district."""

    code: str = Field(examples=["64.02.04"])
    name: str = Field(examples=["Anggana"])
    level: Level
    parent: str | None = Field(
        description="code of the region around it, null for a province", examples=["64.02"]
    )
    version: int
    created_at: str
    updated_at: str


class RegionQuery(ListQuery):
    """Which regions."""

    level: Level | None = None
    parent: Region | None = Field(default=None, description="the regions directly below this one")
    region: Region | None = Field(default=None, description="this region and all below it")
    q: Search | None = Field(default=None, description="words of the name")
    sort: str | None = Field(default=None, max_length=40, description="`code` or `name`, with `-` downwards")
