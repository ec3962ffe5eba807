"""The shapes of the IDM at the door: rows in official order, published figures beside them, and what follows."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from app.http.fields import Day, Input, Line, Output, PathYear, fault, several
from app.http.paging import ListQuery
from app.index.editions import EDITIONS
from app.villages.schemas import IdmStatus

IDM = EDITIONS["idm-2016"]
ROWS = tuple(dimension.id for dimension in IDM.dimensions)

# Perian, 2024: what the ministry's feed shows.
_PERIAN = {"iks": "50545555555555555235555555353555555", "ike": "555555555355", "ikl": "454"}


def _rows(dimension: str, *, first: str, last: str) -> Any:
    """The type of one dimension's scores; every fault in it is named at its own row.

    A list of another length is refused as such: which row is missing cannot be told, so no score is judged.
    A record with published figures may hold a score the rubric does not know, as the ministry's own do.
    """
    rows = IDM.indicators[next(one.rows for one in IDM.dimensions if one.id == dimension)]
    anything = range(max(row.maximum for row in rows) + 1)

    def check(given: Any, info: ValidationInfo) -> Any:
        if not isinstance(given, list):
            return given
        if len(given) != len(rows):
            raise fault("idm.rows", expected=len(rows))
        published = info.data.get("published") is not None
        found = {}
        for at, (row, score) in enumerate(zip(rows, given, strict=True)):
            known = anything if published else sorted(row.admissible)
            if type(score) is not int:
                found[at,] = fault("value.integer")
            elif score not in known:
                expected = ", ".join(map(str, known))
                found[at,] = fault("idm.score_outside_rubric", indicator=row.id, expected=expected)
        if found:
            raise several(found)
        return given

    description = f"{len(rows)} scores in official order, `{first}` to `{last}`, each from 0 to {anything[-1]}"
    return Annotated[
        list[Annotated[int, Field(ge=0, le=anything[-1])]],
        Field(
            min_length=len(rows),
            max_length=len(rows),
            description=description,
            examples=[list(map(int, _PERIAN[dimension]))],
        ),
        BeforeValidator(check),
    ]


Iks = _rows("iks", first="iks_01", last="iks_35")
Ike = _rows("ike", first="ike_01", last="ike_12")
Ikl = _rows("ikl", first="ikl_01", last="ikl_03")
Index = Annotated[float, Field(ge=0, le=1)]


def _measured(year: int) -> int:
    if not IDM.applies_to(year):
        first, last = IDM.years
        raise fault("idm.year", first=first, last=last)
    return year


IdmYear = Annotated[PathYear, AfterValidator(_measured)]
"""A year the regulation governed."""


class Scores(Input):
    """The fifty scores of a village."""

    iks: Iks
    ike: Ike
    ikl: Ikl


class PublishedFigures(Input):
    """What an authority printed; a figure that was not printed is left out."""

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

    # Read first: beside published figures a score outside the rubric is kept and warned of.
    published: PublishedFigures | None = None
    iks: Iks | None = None
    ike: Ike | None = None
    ikl: Ikl | None = None
    source: Line = Field(description="where this is from", examples=["Kemendesa PDTT, IDM 2024"])
    as_of: Day | None = Field(default=None, description="the day the source speaks of", examples=["2024-06-30"])

    @model_validator(mode="wrap")
    @classmethod
    def _rows_or_published(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        given = dict(given) if isinstance(given, dict) else given
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


def _absent(given: dict[str, Any]) -> dict[tuple[str | int, ...], Any]:
    absent = [name for name in ROWS if given.get(name) is None]
    if len(absent) == len(ROWS):
        return {} if given.get("published") is not None else {("published",): fault("idm.nothing_known")}
    return {(name,): fault("idm.rows_incomplete") for name in absent}
