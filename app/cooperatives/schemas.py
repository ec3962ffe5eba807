"""The shapes of cooperatives at the door."""

from typing import Annotated, Literal

from pydantic import Field

from app.http.contacts import Email, Phone
from app.http.fields import Day, Input, Line, Moment, Number, Output, Paragraph, Search, each_once
from app.http.merge import patch_model
from app.http.paging import ListQuery
from app.regions.codes import Region, VillageCode
from app.villages.schemas import InVillage

CooperativeKind = Literal["desa_merah_putih", "kelurahan_merah_putih", "lainnya"]
FormationMethod = Literal["pembentukan_baru", "pengembangan", "revitalisasi"]
Management = Literal["konvensional", "syariah"]
UnitName = Literal[
    "sembako", "obat", "klinik", "kantor", "simpan_pinjam", "cold_storage", "logistik", "lainnya"
]
UnitStatus = Literal["aktif", "belum_aktif"]
LegalityStage = Literal[
    "belum_terbentuk",
    "terbentuk",
    "pemesanan_nama",
    "akta_terbit",
    "diajukan",
    "berbadan_hukum",
    "dikembalikan",
    "ditolak",
    "dibubarkan",
]

NAME = "Koperasi Desa Merah Putih Sepatin"


class Unit(Input):
    """A business unit (gerai)."""

    unit: UnitName
    status: UnitStatus | None = Field(default=None, description="null: not known")


class CooperativeInput(Input):
    """What can be said of a cooperative, wherever it is seated; what nobody reported is null, which is not 0."""

    name: Line = Field(
        description="unique, whatever its case and accents; the two Merah Putih kinds bear their village's name: "
        "`Koperasi Desa Merah Putih <village>`, with `Kecamatan <district>` behind it when the regency has "
        "another village so called",
        examples=[NAME],
    )
    member_village_codes: list[VillageCode] = Field(
        default_factory=list,
        max_length=50,
        description="the other villages that form it together with the one it is seated in",
    )
    kind: CooperativeKind = Field(
        description="`desa_merah_putih` in a desa or desa adat, `kelurahan_merah_putih` in a kelurahan",
        examples=["desa_merah_putih"],
    )
    formation_method: FormationMethod | None = None
    management: Management | None = None
    established_on: Day | None = Field(default=None, description="not in the future")
    address: Paragraph | None = None
    phone: Phone | None = Field(default=None, description="personal; Indonesian unless it begins with `+`")
    email: Email | None = Field(default=None, description="personal")
    members_male: Number | None = None
    members_female: Number | None = None
    units: Annotated[list[Unit], each_once(lambda unit: unit.unit)] = Field(
        default_factory=list, description="business units (gerai), each at most once"
    )


class NewCooperative(InVillage, CooperativeInput):
    """A cooperative that is not in the register yet."""


class ChangedCooperative(CooperativeInput):
    """A cooperative as a patch leaves it; another code moves its seat to another village."""

    village_code: VillageCode


class UnitOut(Output):
    """A business unit (gerai)."""

    unit: UnitName
    status: UnitStatus | None


class CooperativeOut(Output):
    """A cooperative; what stands from `legality_stage` to `missing` follows from its legality events."""

    id: str
    name: str = Field(examples=[NAME])
    village_code: str = Field(description="where it is seated", examples=["64.02.04.2001"])
    village_name: str = Field(examples=["Sepatin"])
    district_code: str = Field(examples=["64.02.04"])
    district_name: str = Field(examples=["Anggana"])
    member_village_codes: list[str]
    kind: CooperativeKind
    formation_method: FormationMethod | None
    management: Management | None
    established_on: str | None
    address: str | None
    phone: str | None = Field(description="personal, in E.164")
    email: str | None = Field(description="personal")
    members_male: int | None = Field(description="null: not reported")
    members_female: int | None = Field(description="null: not reported")
    units: list[UnitOut]
    legality_stage: LegalityStage = Field(
        description="what its events add up to; `belum_terbentuk` without any"
    )
    sk_number: str | None = Field(description="of the decree (SK AHU) that made it a legal body")
    sk_on: str | None
    nib: str | None
    npwp: str | None
    nik_koperasi: str | None
    loan_ready: bool = Field(description="whether it has the papers for the loan of PMK 49/2025")
    missing: list[str] = Field(description="the milestones it lacks for that loan")
    version: int
    created_at: str
    updated_at: str
    masked: list[str] = Field(description="personal fields that this caller may not see; they read null")


CooperativePatch = patch_model("CooperativePatch", ChangedCooperative, CooperativeOut)


class CooperativeQuery(ListQuery):
    """Which cooperatives."""

    region: Region | None = None
    kind: CooperativeKind | None = None
    legality_stage: LegalityStage | None = None
    q: Search | None = Field(default=None, description="words of the name, any part of a word")
    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None,
        max_length=40,
        description="`name`, `village_code`, `updated_at` or `established_on`, with `-` downwards",
    )
