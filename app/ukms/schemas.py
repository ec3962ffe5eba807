"""The shapes of UKM at the door."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from app.http.contacts import Phone
from app.http.fields import Day, Input, Line, Moment, Number, Output, Rupiah, Search, each_once, fault
from app.http.filters import folded
from app.http.merge import patch_model
from app.http.paging import ListQuery
from app.regions.codes import Region, VillageCode
from app.ukms.scale import Basis, ScaleName
from app.villages.schemas import InVillage

OwnerKind = Literal["perorangan", "kelompok"]
CertificateKind = Literal["pirt", "halal", "bpom", "merek", "lainnya"]
MarketReach = Literal["desa", "kecamatan", "kabupaten", "provinsi", "nasional", "ekspor"]
Channel = Literal["warung", "pasar", "ritel_modern", "hotel_restoran", "marketplace", "pemerintah", "lainnya"]
Capacity = Annotated[float, Field(ge=0, le=1e12)]
Kbli = Annotated[str, Field(pattern=r"^[0-9]{5}$", description="five digits of the classification of trades")]
Nib = Annotated[str, Field(pattern=r"^[0-9]{13}$", description="business identity number, 13 digits")]


class Product(Input):
    """Something it makes or sells."""

    name: Line = Field(examples=["Kerupuk udang"])
    unit: Line | None = Field(default=None, description="what it is counted in")
    packaging: Line | None = None
    monthly_capacity: Capacity | None = Field(default=None, description="how many units a month")


class Certificate(Input):
    """A paper that a product or the business holds."""

    kind: CertificateKind
    number: Line = Field(description="as printed; its form is not judged")
    issued_on: Day | None = Field(default=None, description="not in the future")
    expires_on: Day | None = Field(default=None, description="null: never, or not known")

    @field_validator("expires_on")
    @classmethod
    def _after_issue(cls, day: str | None, given: ValidationInfo) -> str | None:
        issued_on = given.data.get("issued_on")
        if day is not None and issued_on is not None and day < issued_on:
            raise fault("ukm.expires_before_issue")
        return day


class UkmInput(Input):
    """What can be said of a UKM, wherever it is; what nobody reported is null, which is not 0."""

    name: Line = Field(examples=["UKM Mawar"])
    owner_kind: OwnerKind = Field(description="a person, or a group", examples=["kelompok"])
    owner_name: Line | None = Field(default=None, description="personal")
    phone: Phone | None = Field(default=None, description="personal; Indonesian unless it begins with `+`")
    members: Number | None = Field(default=None, description="people in the group")
    founded_on: Day | None = Field(default=None, description="not in the future")
    kbli: Kbli | None = None
    nib: Nib | None = None
    products: list[Product] = Field(default_factory=list, max_length=200)
    certificates: Annotated[list[Certificate], each_once(lambda one: (one.kind, folded(one.number)))] = Field(
        default_factory=list, max_length=200, description="no kind with the same number twice"
    )
    market_reach: MarketReach | None = Field(default=None, description="how far it sells")
    channels: Annotated[list[Channel], each_once()] = Field(
        default_factory=list, description="through whom it sells, each at most once"
    )
    capital_idr: Rupiah | None = Field(default=None, description="capital without land and buildings, rupiah")


class NewUkm(InVillage, UkmInput):
    """A UKM that is not in the register yet."""


class ChangedUkm(UkmInput):
    """A UKM as a patch leaves it; another code moves it to another village."""

    village_code: VillageCode


class ProductOut(Output):
    """Something it makes or sells."""

    name: str
    unit: str | None
    packaging: str | None
    monthly_capacity: float | None


class CertificateOut(Output):
    """A paper that a product or the business holds."""

    kind: CertificateKind
    number: str
    issued_on: str | None
    expires_on: str | None


class UkmOut(Output):
    """A UKM."""

    id: str
    name: str = Field(examples=["UKM Mawar"])
    village_code: str = Field(examples=["64.02.04.2001"])
    village_name: str = Field(examples=["Sepatin"])
    district_code: str = Field(examples=["64.02.04"])
    district_name: str = Field(examples=["Anggana"])
    owner_kind: OwnerKind
    owner_name: str | None = Field(description="personal")
    phone: str | None = Field(description="personal, in E.164")
    members: int | None = Field(description="null: not reported")
    founded_on: str | None
    kbli: str | None
    nib: str | None
    products: list[ProductOut]
    certificates: list[CertificateOut]
    market_reach: MarketReach | None
    channels: list[Channel]
    capital_idr: int | None = Field(description="null: not reported")
    scale: ScaleName | None = Field(
        description="by PP 7/2021, article 35; null while neither sales nor capital are known"
    )
    scale_basis: Basis | None = Field(
        description="the sales of the latest year that has any, else the capital"
    )
    version: int
    created_at: str
    updated_at: str
    masked: list[str] = Field(description="personal fields that this caller may not see; they read null")


UkmPatch = patch_model("UkmPatch", ChangedUkm, UkmOut)


class UkmQuery(ListQuery):
    """Which UKM."""

    region: Region | None = None
    owner_kind: OwnerKind | None = None
    scale: ScaleName | None = None
    market_reach: MarketReach | None = None
    channel: Channel | None = Field(
        default=None, description="sells through this channel, perhaps among others"
    )
    q: Search | None = Field(default=None, description="words of the name, any part of a word")
    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None, max_length=40, description="`name`, `village_code` or `updated_at`, with `-` downwards"
    )


class UkmYear(Input):
    """The figures of one year; what nobody reported is null, which is not 0."""

    sales_idr: Rupiah | None = Field(default=None, description="sales of the year, rupiah")
    assets_idr: Rupiah | None = Field(default=None, description="assets at its end, rupiah")
    workers_male: Number | None = None
    workers_female: Number | None = None
    village_fund_support_idr: Rupiah | None = Field(
        default=None, description="support from the village fund (dana desa) in the year, rupiah"
    )


class UkmYearOut(Output):
    """The figures of one year of a UKM."""

    ukm_id: str
    year: int = Field(examples=[2024])
    village_code: str = Field(description="the UKM's", examples=["64.02.04.2001"])
    sales_idr: int | None
    assets_idr: int | None
    workers_male: int | None
    workers_female: int | None
    village_fund_support_idr: int | None
    independence: float | None = Field(
        description="1 – support ÷ sales: 1 without support, 0 when support equals sales, below 0 when it exceeds "
        "them; null when either is not reported or nothing was sold"
    )
    version: int
    created_at: str
    updated_at: str


class UkmYearQuery(ListQuery):
    """Which years."""

    sort: Literal["year", "-year"] | None = Field(
        default=None, description="`year`, or `-year` for the latest first"
    )
