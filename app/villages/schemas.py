"""The shapes of villages at the door."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from app.http.fields import Day, Input, Line, Moment, Number, Output, Search, fault
from app.http.merge import patch_model
from app.http.paging import ListQuery
from app.regions.codes import Region, VillageCode

Kind = Literal["desa", "kelurahan", "desa_adat"]
IdmStatus = Literal["sangat_tertinggal", "tertinggal", "berkembang", "maju", "mandiri"]
Latitude = Annotated[float, Field(ge=-90, le=90, description="degrees north, WGS 84")]
Longitude = Annotated[float, Field(ge=-180, le=180, description="degrees east, WGS 84")]


class VillageInput(Input):
    """What can be said of a village under a code that stays."""

    name: Line = Field(examples=["Sepatin"])
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    population: Number | None = None
    households: Number | None = None

    @model_validator(mode="after")
    def _whole_place(self) -> "VillageInput":
        if (self.latitude is None) != (self.longitude is None):
            raise fault("village.half_place")
        return self


class NewVillage(VillageInput):
    """A village that is not in the register yet; its kind follows from its code."""

    code: VillageCode = Field(examples=["64.02.04.2001"])


class InVillage(Input):
    """Which village a new thing is in: by code, or by a name that only one village has."""

    village_name: Line | None = Field(
        default=None, description="instead of the code, where only one village within reach has this name"
    )
    village_code: VillageCode | None = Field(default=None, validate_default=True, examples=["64.02.04.2001"])

    @field_validator("village_code")
    @classmethod
    def _some_village(cls, code: str | None, given: ValidationInfo) -> str | None:
        # A name that is itself at fault has its own fault and is not in the data.
        if code is None and given.data.get("village_name", "") is None:
            raise fault("field.required")
        return code


class Recoding(Input):
    """A new code by regulation: the village stays itself, with all its records and its series."""

    new_code: VillageCode
    new_name: Line | None = None
    effective_on: Day = Field(examples=["2022-02-14"])
    legal_basis: Line = Field(examples=["Kepmendagri 050-145/2022"])


class VillageOut(Output):
    """A village."""

    code: str = Field(description="Kemendagri code, dotted", examples=["64.02.04.2001"])
    name: str = Field(examples=["Sepatin"])
    kind: Kind = Field(examples=["desa"])
    district_code: str = Field(examples=["64.02.04"])
    district_name: str = Field(examples=["Anggana"])
    regency_code: str = Field(examples=["64.02"])
    regency_name: str | None = Field(examples=["Kabupaten Kutai Kartanegara"])
    latitude: float | None
    longitude: float | None
    population: int | None
    households: int | None
    former_codes: list[str] = Field(description="codes it gave up, the latest first")
    idm_year: int | None = Field(description="the latest year with an IDM")
    idm_score: float | None = Field(
        description="the IDM of that year as published, else as calculated, 0 to 1"
    )
    idm_status: IdmStatus | None
    version: int
    created_at: str
    updated_at: str


VillagePatch = patch_model("VillagePatch", VillageInput, VillageOut)


class VillageQuery(ListQuery):
    """Which villages."""

    format: Literal["json", "csv", "xlsx", "geojson"] | None = Field(  # type: ignore[assignment]  # one form more than others
        default=None, description="beats `Accept`"
    )
    region: Region | None = None
    kind: Kind | None = None
    idm_status: IdmStatus | None = None
    q: Search | None = Field(default=None, description="words of the name, any part of a word")
    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None,
        max_length=40,
        description="`code`, `name`, `updated_at` or `idm_score`, with `-` downwards",
    )
