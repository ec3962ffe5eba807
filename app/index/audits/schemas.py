"""The shapes of an audited year: what is asked for, and what was found."""

from typing import Literal

from pydantic import Field

from app.http.fields import Output, QueryYear
from app.http.paging import ListQuery
from app.index.shapes import IdmDifference, IdmExplanation
from app.regions.codes import Region
from app.villages.schemas import IdmStatus

FindingName = Literal["inconsistent", "status_would_change", "label_contradicts_value", "borderline"]

# One list of choices: a union would tell a wrong word as two faults.
FindingAsked = Literal["inconsistent", "status_would_change", "label_contradicts_value", "borderline", "any"]


class AuditQuery(ListQuery):
    """Which findings."""

    region: Region | None = None
    year: QueryYear | None = None
    finding: FindingAsked = Field(default="inconsistent", description="what was found")
    sort: str | None = Field(
        default=None, max_length=40, description="`village_code`, then by year; `-village_code` the other way"
    )


class IdmImplied(Output):
    """What the published index implies for the rows that a known fault shows wrongly."""

    indicators: list[str] = Field(examples=[["iks_30", "iks_31"]])
    shown: list[int] = Field(description="their scores as the record shows them", examples=[[5, 5]])
    sum: int = Field(description="what their true scores add up to", examples=[6])
    readings: list[list[int]] = Field(
        description="every way the rubric's scores add up to it, in the order of `indicators`; which one holds "
        "cannot be told from the sum",
        examples=[[[1, 5], [5, 1]]],
    )
    text: str = Field(description="in the caller's language")


class AuditedYearOut(Output):
    """A village's year and what the audit found in it."""

    village_code: str = Field(description="the present code", examples=["64.02.02.2015"])
    village_name: str = Field(examples=["Jongkang"])
    year: int = Field(examples=[2024])
    edition: str = Field(description="the method that was used", examples=["idm-2016"])
    consistent: bool | None = Field(description="null without rows or without published figures")
    findings: list[FindingName]
    differences: list[IdmDifference]
    explanation: IdmExplanation | None = Field(description="only where a known fault explains them all")
    implied: IdmImplied | None = Field(description="only beside an explanation")
    published_idm: float | None
    idm_by_rows: float | None
    published_status: IdmStatus | None
    status_by_published_idm: IdmStatus | None = Field(
        description="null where the printed index may stand for either side of a cut-off"
    )
    status_by_rows: IdmStatus | None
    correction_request: str | None = Field(
        description="a letter to the ministry, always in Bahasa Indonesia; null where nothing asks for a correction"
    )
