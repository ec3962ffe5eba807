"""The documented shapes of the editions, whose texts are in both languages, and of a calculation by one of them."""

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
    years: list[int | None] = Field(
        description="the first and the last year it governed; the last is null where it was in force when the "
        "edition was published",
        examples=[[2016, 2024]],
    )
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


class EditionCondition(Output):
    """Where exactly `count` of these rows have one of these scores."""

    indicators: list[str]
    scores: list[int]
    count: int


class EditionExpectation(Output):
    """There all of these rows are expected to have one of these scores."""

    indicators: list[str]
    scores: list[int]


class EditionRule(Output):
    """How rows depend on one another; a rule that is broken is a warning, never a fault."""

    id: str = Field(examples=["no_doctor"])
    when: EditionCondition
    then: EditionExpectation
    message: Bilingual


class IndexEditionOut(IndexEditionItem):
    """A method as data: index = points / `total`, points = the weighted sum of the dimensions."""

    note: Bilingual
    total: int
    statuses: list[EditionStatus]
    dimensions: list[EditionDimension]
    sub_dimensions: list[EditionSubDimension]
    variables: list[EditionVariable]
    actors: dict[str, Bilingual] = Field(description="what the words in `executors` mean")
    rules: list[EditionRule]
    indicators: list[EditionIndicator] = Field(description="in official order")


class CalculatedSubDimension(Output):
    """A sector of a dimension."""

    id: str = Field(examples=["pendidikan"])
    name: str = Field(description="in the caller's language")
    score: float = Field(description="`sum` / `maximum`")
    sum: int
    maximum: int
    gain: float = Field(description="what full marks here would add to the index")


class CalculatedDimension(Output):
    """A dimension of the index."""

    id: str = Field(examples=["layanan_dasar"])
    name: str = Field(description="in the caller's language")
    score: float = Field(description="`sum` / `maximum`")
    sum: int
    maximum: int
    share: float = Field(description="the part of the index that this dimension can give")
    gain_per_point: float = Field(description="what one more point adds to the index")
    gain: float = Field(description="what full marks here would add to the index")
    sub_dimensions: list[CalculatedSubDimension]


class CalculatedIndicator(Output):
    """A scored row."""

    id: str = Field(examples=["ld_01"])
    name: str = Field(description="in the caller's language")
    dimension: str
    variable: str
    score: int
    gain: float = Field(description="what raising the score to its best adds to the index")
    meaning: str | None = Field(description="what the score says")
    activity: str | None = Field(description="what can be done, where the edition names it")
    executors: Executors


class CalculationWarning(Output):
    """A rule of the edition that these scores break; the calculation stands all the same."""

    rule: str = Field(examples=["no_doctor"])
    indicators: list[str] = Field(description="the rows that do not have an expected score")
    expected: list[int]
    message: str = Field(description="in the caller's language")


class EditionCalculationOut(Output):
    """The index of a set of scores by one edition, at full double precision; compare only within an edition."""

    edition: str = Field(description="the method that was used", examples=["indeks-desa-2025"])
    index: str = Field(description="the index it gives", examples=["indeks_desa"])
    points: int = Field(description="the weighted sum of the dimensions: it decides the status")
    total: int = Field(description="the most points there are")
    value: float = Field(description="`points` / `total`")
    status: str = Field(examples=["maju"])
    target_status: str = Field(description="the next status; the highest keeps itself", examples=["mandiri"])
    target_score: float = Field(description="the least index of the next status as printed")
    increase_needed: float = Field(description="`target_score` - `value`; below 0 once it is passed")
    dimensions: list[CalculatedDimension]
    indicators: list[CalculatedIndicator] = Field(description="the rows in official order")
    warnings: list[CalculationWarning]
