"""What is told of an IDM at the door: rows in official order, and the figures an authority printed of them."""

from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from app.http.fields import Day, Input, Line, PathYear, Places, fault, several
from app.http.paging import ListQuery
from app.index.editions import EDITIONS, Indicator
from app.villages.schemas import IdmStatus

IDM = EDITIONS["idm-2016"]
ROWS = tuple(dimension.id for dimension in IDM.dimensions)
_SCALE = range(max(row.maximum for row in IDM.indicators) + 1)


def judged(rows: Sequence[Indicator], *, codes: str) -> BeforeValidator:
    """A validator of the scores of these rows that names every fault at its own row, by `codes`.rows and so on.

    A list of another length is refused as such: which row is missing cannot be told, so no score is judged.
    Beside published figures a score that the rubric does not know is kept, as the ministry's own records do.
    """

    def judge(given: Any, info: ValidationInfo) -> Any:
        if not isinstance(given, list):
            return given
        if len(given) != len(rows):
            raise fault(f"{codes}.rows", expected=len(rows))
        lenient = info.data.get("published") is not None
        told = {(at,): _wrong(row, given[at], codes, lenient=lenient) for at, row in enumerate(rows)}
        found: Places = {at: wrong for at, wrong in told.items() if wrong}
        if found:
            raise several(found)
        return given

    return BeforeValidator(judge)


def _of_idm(dimension: str) -> BeforeValidator:
    part = next(one for one in IDM.dimensions if one.id == dimension)
    return judged(IDM.indicators[part.rows], codes="idm")


def _wrong(row: Indicator, score: Any, codes: str, *, lenient: bool) -> PydanticCustomError | None:
    if type(score) is not int:
        return fault("value.integer")
    known = _SCALE if lenient else row.admissible
    if score in known:
        return None
    return fault(
        f"{codes}.score_outside_rubric", indicator=row.id, expected=", ".join(map(str, sorted(known)))
    )


Score = Annotated[int, Field(ge=0, le=5)]
Iks = Annotated[
    list[Score],
    Field(min_length=35, max_length=35),
    _of_idm("iks"),
]
Ike = Annotated[
    list[Score],
    Field(min_length=12, max_length=12),
    _of_idm("ike"),
]
Ikl = Annotated[
    list[Score],
    Field(min_length=3, max_length=3),
    _of_idm("ikl"),
]
Index = Annotated[float, Field(ge=0, le=1)]

_TOLD = {
    "iks": "the 35 scores of social resilience in official order, `iks_01` to `iks_35`",
    "ike": "the 12 scores of economic resilience in official order, `ike_01` to `ike_12`",
    "ikl": "the 3 scores of environmental resilience in official order, `ikl_01` to `ikl_03`",
}
# What the ministry's feed shows of Perian for 2024.
_PERIAN = {
    "iks": [int(digit) for digit in "50545555555555555235555555353555555"],
    "ike": [int(digit) for digit in "555555555355"],
    "ikl": [4, 5, 4],
}


def _measured(year: int) -> int:
    if not IDM.applies_to(year):
        first, last = IDM.years
        raise fault("idm.year", first=first, last=last)
    return year


IdmYear = Annotated[
    PathYear,
    AfterValidator(_measured),
    WithJsonSchema({"type": "integer", "minimum": IDM.years[0], "maximum": IDM.years[1]}),
]
"""A year in which the regulation held."""


class IdmScores(Input):
    """The fifty scores of a village, in official order."""

    iks: Iks = Field(description=_TOLD["iks"], examples=[_PERIAN["iks"]])
    ike: Ike = Field(description=_TOLD["ike"], examples=[_PERIAN["ike"]])
    ikl: Ikl = Field(description=_TOLD["ikl"], examples=[_PERIAN["ikl"]])


class PublishedFigures(Input):
    """What an authority printed; a figure that it did not print is left out."""

    iks: Index | None = Field(default=None, examples=[0.9143])
    ike: Index | None = Field(default=None, examples=[0.9667])
    ikl: Index | None = Field(default=None, examples=[0.8667])
    idm: Index | None = Field(default=None, examples=[0.9159])
    status: IdmStatus | None = Field(default=None, examples=["mandiri"])

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(value is None for _, value in self):
            raise fault("idm.nothing_published")
        return self


class IdmRecord(Input):
    """What is known of a village's IDM in one year: the rows, the published figures, or both."""

    # Read first, because it decides whether a score outside the rubric is a fault or a warning.
    published: PublishedFigures | None = Field(default=None, description="the figures as printed")
    iks: Iks | None = Field(default=None, description=_TOLD["iks"], examples=[_PERIAN["iks"]])
    ike: Ike | None = Field(default=None, description=_TOLD["ike"], examples=[_PERIAN["ike"]])
    ikl: Ikl | None = Field(default=None, description=_TOLD["ikl"], examples=[_PERIAN["ikl"]])
    source: Line = Field(description="where this is from", examples=["Kemendesa PDTT, IDM 2024"])
    as_of: Day | None = Field(default=None, description="the day of which the source speaks")

    @model_validator(mode="wrap")
    @classmethod
    def _rows_or_published(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        absent = _absent(given) if isinstance(given, dict) else {}
        try:
            record = read(given)
        except ValidationError as wrong:
            raise several(absent, beside=wrong) from wrong
        if absent:
            raise several(absent)
        return record

    @property
    def scores(self) -> dict[str, list[int]] | None:
        """The rows by dimension, or None where only published figures are known."""
        return None if self.iks is None else {name: getattr(self, name) for name in ROWS}


def _absent(given: dict[str, Any]) -> Places:
    absent = [name for name in ROWS if given.get(name) is None]
    if absent == list(ROWS):
        return {} if given.get("published") is not None else {("published",): fault("idm.nothing_known")}
    return {(name,): fault("idm.rows_incomplete") for name in absent}


class SeriesQuery(ListQuery):
    """Which part of the series."""

    sort: str | None = Field(
        default=None, max_length=40, description="`year`, oldest first, or `-year`, latest first"
    )
