"""The documented shape of the evidence: for each row the official score, ours, and what ours rests on."""

from typing import Literal

from pydantic import Field

from app.http.fields import Output
from app.villages.schemas import IdmStatus

Known = Literal["exact", "at_least", "unknown"]
Missing = Literal[
    "official_score",
    "households",
    "ukm",
    "ukm_profiles",
    "bumdes",
    "kur",
    "kkpe",
    "kuk",
    "kredit_lainnya",
]


class EvidenceIndex(Output):
    """An index with its status."""

    idm: float | None
    points: int | None = Field(
        description="of 6300, which decide the status; null for figures only published"
    )
    status: IdmStatus | None


class EvidenceResult(Output):
    """The index if every row of verdict `higher` had the supported score."""

    idm: float
    points: int = Field(description="of 6300, which decide the status")
    status: IdmStatus
    gain: float = Field(description="what the raised rows add to the IDM; 0 where none is raised")
    raised: list[str] = Field(description="the rows of verdict `higher`")


class EvidenceSupport(Output):
    """The score that our registers show."""

    known: Known = Field(
        description="`exact`; `at_least`: more may exist than we hold; `unknown`: a register or denominator is missing"
    )
    score: int | None = Field(description="the score that what we hold is enough for")
    at_most: int | None = Field(
        description="the score if all that is uncertain or missing counted; `score` when exact"
    )


class EvidenceFigures(Output):
    """What was counted."""

    numerator: int | None = Field(
        description="what counts; null where the register holds nothing to count from"
    )
    uncertain: int = Field(description="what may count as well, for all that the register tells")
    denominator: int | None = Field(description="households for `ike_01`, null where they are not known")


class EvidenceRecord(Output):
    """A thing in the register that a figure rests on."""

    type: Literal["cooperative", "ukm"]
    id: str
    name: str
    counted: bool = Field(
        description="false: one of the uncertain; complete its record to have it counted or not"
    )


class EvidenceRow(Output):
    """One row of the index as our registers see it."""

    indicator: Literal["ike_01", "ike_08", "ike_09"]
    name: str = Field(description="in the caller's language")
    official_score: int | None = Field(
        description="of that year; null where only published indices are known"
    )
    supported: EvidenceSupport
    verdict: Literal["supported", "higher", "lower", "unknown"] = Field(
        description="`supported`: what we hold gives just the official score; `higher`: more than it; `lower`: "
        "exactly known to be less; `unknown`: cannot be told, `missing` says why. A lower bound is never `lower`"
    )
    gain: float | None = Field(
        description="what the IDM gains if the official score is raised to the supported one; null unless `higher`"
    )
    basis: str = Field(description="how this row is read from our registers, in the caller's language")
    figures: EvidenceFigures
    missing: list[Missing] = Field(
        description="what would have to be known for an exact score and a verdict: `ukm` no UKM of the village is "
        "registered, `ukm_profiles` scale or trade of some, the others by their names"
    )
    records: list[EvidenceRecord] = Field(description="the first 20, counted ones first, then by name")
    records_total: int


class EvidenceOut(Output):
    """What our registers, as they are now, say of a village's official scores of a year."""

    year: int = Field(examples=[2024])
    village_code: str = Field(description="the present code", examples=["64.02.04.2001"])
    village_name: str = Field(examples=["Sepatin"])
    edition: str = Field(examples=["idm-2016"])
    as_of: str = Field(
        description="the last change in what this rests on: the village, the year, its cooperatives, its UKM"
    )
    official: EvidenceIndex = Field(
        description="calculated from the official scores; the published figures where only those are known"
    )
    resulting: EvidenceResult | None = Field(description="null without official scores")
    rows: list[EvidenceRow] = Field(description="the rows our registers can speak of, in official order")
