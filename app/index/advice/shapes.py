"""The documented shapes of explanations, rankings and simulations."""

from pydantic import Field

from app.http.fields import Output
from app.index.shapes import CalculationOut, DimensionId, Executors, Verdict
from app.villages.schemas import IdmStatus

_GAIN = "what full marks here would add to the IDM"
_CONTRIBUTION = "`points` / `total`: its part of the IDM"
_MISSING = "points between here and full marks"
_NAME = "in the caller's language"


class OfAYear(Output):
    """Which stored year an answer speaks of."""

    year: int = Field(examples=[2024])
    village_code: str = Field(description="the present code", examples=["64.02.01.2001"])
    village_name: str = Field(examples=["Perian"])
    edition: str = Field(description="the method that was used", examples=["idm-2016"])
    audit: Verdict


class ExplainedIndicator(Output):
    """A row and what it is worth."""

    id: str = Field(examples=["iks_01"])
    name: str = Field(description=_NAME)
    score: int
    maximum: int
    points: int = Field(description="its score times the weight of its dimension")
    contribution: float = Field(description=_CONTRIBUTION)
    points_missing: int = Field(description=_MISSING)
    gain: float = Field(description=_GAIN)


class ExplainedPart(Output):
    """Rows that belong together, and what they are worth."""

    id: str
    name: str = Field(description=_NAME)
    score: float = Field(description="`sum` / `maximum`")
    sum: int = Field(description="of the scores of its rows")
    maximum: int
    points: int = Field(description="the points of its rows")
    contribution: float = Field(description=_CONTRIBUTION)
    points_missing: int = Field(description=_MISSING)
    gain: float = Field(description=_GAIN)


class ExplainedVariable(ExplainedPart):
    """A variable of a sector and its rows."""

    indicators: list[ExplainedIndicator]


class ExplainedSector(ExplainedPart):
    """A sector of a dimension and its variables."""

    variables: list[ExplainedVariable]


class ExplainedDimension(ExplainedPart):
    """A partial index and its sectors."""

    weight: int = Field(description="the points that one more point of score is worth")
    gain_per_point: float = Field(description="what one more point of score adds to the IDM")
    sub_dimensions: list[ExplainedSector]


class Distance(Output):
    """How far it is."""

    points: int
    score: float = Field(description="`points` / `total`")


class Threshold(Output):
    """Where a status begins, and how far that is; one of `missing` and `cushion` is null."""

    status: IdmStatus
    name: str = Field(description=_NAME)
    at_least: int = Field(description="the least points of this status")
    score: float = Field(description="the least IDM of this status, exact: `at_least` / `total`")
    missing: Distance | None = Field(description="what must be gained to reach it; null once it is reached")
    cushion: Distance | None = Field(
        description="the most that can be lost without falling below it; null before it is reached"
    )


class ExplanationOut(OfAYear):
    """Where an IDM comes from: its parts add up, in whole points, to `points`, which decide the status."""

    idm: float = Field(description="`points` / `total`")
    points: int = Field(description="k = 12·ΣIKS + 35·ΣIKE + 140·ΣIKL")
    total: int = Field(description="the points of full marks everywhere", examples=[6300])
    status: IdmStatus
    weakest: ExplainedPart | None = Field(
        description="the sector with the least share of its maximum; null when nothing is missing"
    )
    gives_most: ExplainedPart | None = Field(
        description="the sector that contributes most points; null when there are none"
    )
    most_to_gain: ExplainedPart | None = Field(
        description="the sector that misses most points; null when nothing is missing"
    )
    thresholds: list[Threshold] = Field(description="every status, the lowest first")
    dimensions: list[ExplainedDimension]


class RankedStep(Output):
    """The next score that the row can have."""

    score: int
    points: int = Field(description="what it adds, in points")
    gain: float = Field(description="what it adds to the IDM")
    reaches_target: bool | None = Field(
        description="whether this alone reaches `target_status`; null where there is no higher status"
    )


class RankedIndicator(Output):
    """A row below full marks, what it would give, and who can act."""

    rank: int = Field(description="1 gives most; of equal ones, the first in official order is first")
    id: str = Field(examples=["ikl_01"])
    name: str = Field(description=_NAME)
    dimension: DimensionId
    variable: str
    score: int
    maximum: int
    points: int = Field(description="what full marks would add, in points")
    gain: float = Field(description="what full marks would add to the IDM: the ministry's NILAI, unrounded")
    reaches_target: bool | None = Field(
        description="whether full marks here alone reach `target_status`; null where there is no higher status"
    )
    next: RankedStep
    activity: str | None = Field(description="what can be done, where the rubric names it")
    executors: Executors


class RecommendationsOut(OfAYear, CalculationOut):
    """The ministry's rumusan of a stored year, and its open rows ranked by what they give."""

    ranking: list[RankedIndicator]


class Standing(Output):
    """A rank among the villages of a region."""

    region: str = Field(description="its code", examples=["64.02.01"])
    rank: int = Field(description="1 is the highest IDM; equal ones share a rank")
    of: int = Field(description="how many villages have an IDM of that year there")


class Standings(Output):
    """The ranks of one village."""

    district: Standing
    regency: Standing
    province: Standing


class SimulatedSide(Output):
    """Every figure on one side."""

    iks: float
    ike: float
    ikl: float
    idm: float
    points: int = Field(description="k = 12·ΣIKS + 35·ΣIKE + 140·ΣIKL, of 6300")
    status: IdmStatus
    target_status: IdmStatus = Field(description="the next status; mandiri keeps itself")
    target_score: float
    increase_needed: float = Field(description="`target_score` - `idm`; below 0 once it is passed")
    ranks: Standings


class SimulatedChange(Output):
    """A row that moved."""

    indicator: str = Field(examples=["ike_09"])
    name: str = Field(description=_NAME)
    from_: int = Field(alias="from", description="its score before")
    to: int = Field(description="its score after")
    points: int = Field(description="what that adds, in points; below 0 where it falls")
    gain: float = Field(description="what that adds to the IDM")


class SimulationOut(OfAYear):
    """A year as it is, and as it would be."""

    before: SimulatedSide
    after: SimulatedSide
    changes: list[SimulatedChange] = Field(
        description="the rows that moved, in official order; a score that the row has already moves nothing"
    )
