"""The documented shapes of a calculation and of a village's year: figures as numbers, texts in one language."""

from typing import Literal

from pydantic import Field

from app.http.fields import Output
from app.villages.schemas import IdmStatus

DimensionId = Literal["iks", "ike", "ikl"]
Figure = Literal["iks", "ike", "ikl", "idm", "status"]


class IdmSubDimension(Output):
    """A sector within a dimension: health, education, social capital, settlement, economy, ecology."""

    id: str = Field(examples=["kesehatan"])
    name: str = Field(description="in the caller's language")
    score: float = Field(description="`sum` / `maximum`")
    sum: int
    maximum: int
    gain: float = Field(description="what full marks here would add to the IDM")


class IdmDimension(Output):
    """One of the three partial indices."""

    id: DimensionId
    name: str = Field(description="in the caller's language")
    score: float = Field(description="`sum` / `maximum`")
    sum: int
    maximum: int
    share: float = Field(description="the part of the IDM that this dimension can give")
    gain_per_point: float = Field(description="what one more point adds to the IDM")
    gain: float = Field(description="what full marks here would add to the IDM")
    sub_dimensions: list[IdmSubDimension]


class Executors(Output):
    """Who can act on an indicator, by level of government or purse; null where the rubric names nobody.

    The words are explained by `actors` of the edition.
    """

    pusat: list[str] | None
    provinsi: list[str] | None
    kabupaten: list[str] | None
    desa: list[str] | None
    csr: list[str] | None
    lainnya: list[str] | None


class IdmIndicator(Output):
    """One of the fifty scored rows."""

    id: str = Field(examples=["iks_01"])
    name: str = Field(description="in the caller's language")
    dimension: DimensionId
    variable: str = Field(examples=["pelayanan_kesehatan"])
    score: int
    gain: float = Field(description="what raising the score to 5 adds to the IDM")
    meaning: str | None = Field(description="what the score says; null for a score outside the rubric")
    activity: str | None = Field(description="what can be done, where the rubric names it")
    executors: Executors


class CalculationOut(Output):
    """The IDM of fifty scores, at full double precision."""

    edition: str = Field(description="the method that was used", examples=["idm-2016"])
    iks: float = Field(description="social resilience: sum of its scores / 175")
    ike: float = Field(description="economic resilience: sum of its scores / 60")
    ikl: float = Field(description="environmental resilience: sum of its scores / 15")
    idm: float = Field(description="the mean of the three")
    status: IdmStatus = Field(description="decided by whole points, never by a rounded decimal")
    target_status: IdmStatus = Field(description="the next status; mandiri keeps itself")
    target_score: float = Field(description="the least IDM of the next status as printed, four decimals")
    increase_needed: float = Field(description="`target_score` - `idm`; below 0 once it is passed")
    dimensions: list[IdmDimension]
    indicators: list[IdmIndicator] = Field(description="the fifty rows in official order")


class ScoresOut(Output):
    """The scores by dimension, in official order; together with `source` they can be sent back as they are."""

    iks: list[int]
    ike: list[int]
    ikl: list[int]


class PublishedOut(Output):
    """The figures as an authority printed them, null where it did not."""

    iks: float | None
    ike: float | None
    ikl: float | None
    idm: float | None
    status: IdmStatus | None


class Verdict(Output):
    """Whether the published figures follow from the rows."""

    consistent: bool | None = Field(
        description="every published figure within 0.00005 of its own rows, and the same status; null without "
        "rows or without published figures"
    )


class IdmDifference(Output):
    """A published figure that the rows do not bear out."""

    figure: Figure
    published: float | str
    computed: float | str


class IdmExplanation(Output):
    """A known fault of the source that leaves exactly these differences."""

    code: str = Field(examples=["internet_rows_shown_alike"])
    text: str = Field(description="in the caller's language")


class IdmWarning(Output):
    """A score that the rubric does not know, kept because it was published so."""

    code: Literal["score_outside_rubric"]
    indicator: str = Field(examples=["iks_16"])
    score: int
    admissible: list[int]
    message: str = Field(description="in the caller's language")


class IdmAudit(Verdict):
    """Published figures against their own rows."""

    differences: list[IdmDifference]
    explanation: IdmExplanation | None = Field(description="only where a known fault explains them all")
    warnings: list[IdmWarning]


class IdmYearOut(Output):
    """A village's IDM of one year, without texts: the facts, and what follows from them.

    The calculated figures, from `iks` to `scores`, are null where only published ones are known.
    """

    year: int = Field(examples=[2024])
    village_code: str = Field(description="the present code", examples=["64.02.01.2001"])
    village_name: str = Field(examples=["Perian"])
    district_code: str = Field(examples=["64.02.01"])
    district_name: str = Field(examples=["Muara Muntai"])
    edition: str = Field(description="the method that was used", examples=["idm-2016"])
    iks: float | None = Field(description="social resilience, calculated from the rows")
    ike: float | None = Field(description="economic resilience, calculated from the rows")
    ikl: float | None = Field(description="environmental resilience, calculated from the rows")
    idm: float | None = Field(description="the mean of the three, calculated from the rows")
    status: IdmStatus | None = Field(description="decided by whole points, never by a rounded decimal")
    target_status: IdmStatus | None = Field(description="the next status; mandiri keeps itself")
    target_score: float | None = Field(description="the least IDM of the next status as printed")
    increase_needed: float | None = Field(description="`target_score` - `idm`; below 0 once it is passed")
    scores: ScoresOut | None = Field(description="the rows; null where only published figures are known")
    published: PublishedOut | None = Field(description="the figures as printed")
    source: str = Field(description="where this is from")
    as_of: str | None = Field(description="the day of which the source speaks")
    audit: Verdict
    version: int
    created_at: str
    updated_at: str


class IdmRecordOut(IdmYearOut):
    """A village's IDM of one year with its texts: the calculation in full, and the audit in full."""

    audit: IdmAudit
    dimensions: list[IdmDimension] | None = Field(description="null where only published figures are known")
    indicators: list[IdmIndicator] | None = Field(
        description="the fifty rows in official order; null where only published figures are known"
    )
