"""The shapes of trainings at the door."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from app.http.fields import (
    Day,
    Input,
    Line,
    Moment,
    Number,
    Output,
    Paragraph,
    QueryYear,
    Rupiah,
    Search,
    YearNumber,
    fault,
)
from app.http.merge import patch_model
from app.http.paging import ListQuery
from app.regions.codes import Region, VillageCode
from app.villages.schemas import InVillage

Focus = Literal["kewirausahaan", "penanggulangan_kemiskinan", "lainnya"]
TrainingStatus = Literal["rencana", "berjalan", "selesai", "dibatalkan"]
Source = Literal["apbn", "apbd_provinsi", "apbd_kabupaten", "dana_desa", "csr", "lainnya"]
Quota = Annotated[int, Field(ge=1, le=2_147_483_647)]


class Fund(Input):
    """Who pays, how much and from which year's budget."""

    source: Source = Field(description="`dana_desa` pays for a desa alone, never for a kelurahan")
    amount_idr: Rupiah | None = None
    fiscal_year: YearNumber | None = Field(default=None, description="null: the year of the training")


class TrainingInput(Input):
    """What can be said of a training, wherever it is; a year alone is a valid date."""

    title: Line = Field(examples=["Pelatihan pengemasan kerupuk"])
    focus: Focus
    topic: Line | None = None
    venue: Line | None = None
    year: YearNumber = Field(description="the year it starts in", examples=[2024])
    starts_on: Day | None = Field(default=None, description="a day of `year`")
    ends_on: Day | None = Field(default=None, description="not before `starts_on`")
    status: TrainingStatus = Field(default="rencana", description="`selesai` only once it is over")
    organiser: Line | None = None
    funds: list[Fund] = Field(default_factory=list, max_length=20)
    quota: Quota | None = Field(default=None, description="how many places; null: no limit")
    participants_male: Number | None = Field(default=None, description="who took part; null: not reported")
    participants_female: Number | None = Field(default=None, description="who took part; null: not reported")
    outcome: Paragraph | None = None

    @field_validator("starts_on")
    @classmethod
    def _starts_in_its_year(cls, day: str | None, said: ValidationInfo) -> str | None:
        if day is not None and int(day[:4]) != said.data.get("year", int(day[:4])):
            raise fault("training.starts_in_another_year")
        return day

    @field_validator("ends_on")
    @classmethod
    def _ends_after_it_starts(cls, day: str | None, said: ValidationInfo) -> str | None:
        begins = said.data.get("starts_on") or f"{said.data.get('year', 0):04}"
        if day is not None and day < begins:
            raise fault("training.ends_before_it_starts")
        return day


class NewTraining(InVillage, TrainingInput):
    """A training that is not in the register yet."""


class ChangedTraining(TrainingInput):
    """A training as a patch leaves it; another code moves it to another village."""

    village_code: VillageCode


class FundOut(Output):
    """Who pays, how much and from which year's budget."""

    source: Source
    amount_idr: int | None = Field(description="whole rupiah")
    fiscal_year: int | None = Field(description="null: the year of the training")


class TrainingOut(Output):
    """A training."""

    id: str
    title: str
    focus: Focus
    topic: str | None
    village_code: str = Field(examples=["64.02.04.2006"])
    village_name: str = Field(examples=["Sungai Meriam"])
    district_code: str = Field(examples=["64.02.04"])
    district_name: str = Field(examples=["Anggana"])
    venue: str | None
    year: int = Field(examples=[2024])
    starts_on: str | None
    ends_on: str | None
    status: TrainingStatus
    organiser: str | None
    funds: list[FundOut]
    quota: int | None = Field(description="how many places; null: no limit")
    participants_male: int | None = Field(description="who took part; null: not reported")
    participants_female: int | None = Field(description="who took part; null: not reported")
    outcome: str | None
    enrolled: int = Field(description="places taken: the number of its enrolments, read-only")
    version: int
    created_at: str
    updated_at: str


TrainingPatch = patch_model("TrainingPatch", ChangedTraining, TrainingOut)


class TrainingQuery(ListQuery):
    """Which trainings."""

    region: Region | None = None
    focus: Focus | None = None
    status: TrainingStatus | None = None
    year: QueryYear | None = None
    q: Search | None = Field(default=None, description="words of the title, any part of a word")
    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None,
        max_length=40,
        description="`title`, `year`, `village_code` or `updated_at`, with `-` downwards; `-year` unless told",
    )
