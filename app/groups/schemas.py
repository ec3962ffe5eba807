"""The shapes of groups at the door."""

from typing import Literal

from pydantic import Field

from app.http.fields import Input, Line, Moment, Number, Output, Search
from app.http.merge import patch_model
from app.http.paging import ListQuery
from app.regions.codes import Region, VillageCode
from app.villages.schemas import InVillage

GroupKind = Literal["kelompok_usaha", "kelompok_masyarakat", "rumah_tangga_miskin"]


class GroupInput(Input):
    """What can be said of a group, wherever it is; a number that nobody reported is null, which is not 0."""

    name: Line = Field(
        description="the group's name; several may bear the same", examples=["Kelompok Usaha Kerupuk"]
    )
    kind: GroupKind = Field(examples=["kelompok_usaha"])
    members_male: Number | None = None
    members_female: Number | None = None
    poor_households: Number | None = Field(default=None, description="poor households among its members")


class NewGroup(InVillage, GroupInput):
    """A group that is not in the register yet."""


class ChangedGroup(GroupInput):
    """A group as a patch leaves it; another code moves it to another village."""

    village_code: VillageCode


class GroupOut(Output):
    """A group."""

    id: str
    name: str = Field(examples=["Kelompok Usaha Kerupuk"])
    village_code: str = Field(examples=["64.02.04.2001"])
    village_name: str = Field(examples=["Sepatin"])
    district_code: str = Field(examples=["64.02.04"])
    district_name: str = Field(examples=["Anggana"])
    kind: GroupKind
    members_male: int | None = Field(description="null: not reported")
    members_female: int | None = Field(description="null: not reported")
    poor_households: int | None = Field(description="null: not reported")
    version: int
    created_at: str
    updated_at: str


GroupPatch = patch_model("GroupPatch", ChangedGroup, GroupOut)


class GroupQuery(ListQuery):
    """Which groups."""

    region: Region | None = None
    kind: GroupKind | None = None
    q: Search | None = Field(default=None, description="words of the name, any part of a word")
    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None, max_length=40, description="`name`, `village_code` or `updated_at`, with `-` downwards"
    )
