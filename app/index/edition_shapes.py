"""The documented shapes of the published editions: a method as data, its texts in both languages."""

from pydantic import Field

from app.http.fields import Output
from app.index.shapes import Executors


class Bilingual(Output):
    """A name or sentence in both languages."""

    en: str
    id: str


class Regulation(Output):
    """Where an edition is laid down."""

    number: str = Field(examples=["Permendesa PDTT 2/2016"])
    title: Bilingual


class IndexEditionItem(Output):
    """A published method of measuring villages."""

    id: str = Field(examples=["idm-2016"])
    index: str = Field(description="the index it gives", examples=["idm"])
    name: Bilingual
    regulation: Regulation
    years: list[int] = Field(description="the first and the last year it governed", examples=[[2016, 2024]])
    verified_years: list[int] = Field(
        description="the first and the last year checked against official records", examples=[[2021, 2024]]
    )


class EditionStatus(Output):
    """A class of the index: it reaches up to and including `at_most` points."""

    id: str
    name: Bilingual
    at_most: int
    target: str = Field(description="the status aimed at from here")
    target_score: float = Field(description="the least index of that status as printed; it decides nothing")


class EditionDimension(Output):
    """A partial index: sum of its scores / `divisor`; each point weighs `weight` of the total."""

    id: str
    name: Bilingual
    divisor: int
    weight: int


class EditionSubDimension(Output):
    """A sector of a dimension."""

    id: str
    dimension: str
    name: Bilingual


class EditionVariable(Output):
    """A named group of rows within a sector."""

    id: str
    sub_dimension: str
    name: Bilingual


class EditionLevel(Output):
    """An admissible score, what it says, and what can be done where the rubric names it."""

    score: int
    meaning: Bilingual
    activity: Bilingual | None


class EditionIndicator(Output):
    """A scored row."""

    id: str
    variable: str
    name: Bilingual
    executors: Executors
    note: Bilingual | None
    levels: list[EditionLevel] = Field(description="the admissible scores, ascending")


class IndexEditionOut(IndexEditionItem):
    """A method as data: index = points / `total`, points = the weighted sum of the dimensions."""

    note: Bilingual
    total: int
    statuses: list[EditionStatus]
    dimensions: list[EditionDimension]
    sub_dimensions: list[EditionSubDimension]
    variables: list[EditionVariable]
    actors: dict[str, Bilingual] = Field(description="what the words in `executors` mean")
    indicators: list[EditionIndicator] = Field(description="in official order")
