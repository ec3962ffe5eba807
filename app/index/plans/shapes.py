"""The documented shapes of plans: what to raise, what that costs, what it gives, and the proof that it is the best."""

from typing import Literal

from pydantic import Field

from app.http.fields import Output
from app.index.methods.shapes import CalculationWarning
from app.index.shapes import Verdict
from app.trainings.schemas import Source
from app.villages.schemas import IdmStatus

_LANGUAGE = "in the caller's language"


class PlannedChange(Output):
    """A row to raise."""

    indicator: str = Field(examples=["ike_08"])
    name: str = Field(description=_LANGUAGE)
    from_: int = Field(alias="from", description="its present score")
    to: int = Field(description="the score to reach, one that the rubric knows")
    gain: float = Field(description="what that adds to the index")
    cost_idr: int | None = Field(description="null where no costs were told")
    payer: Source | None = Field(
        description="the first of the payers asked for who can act; where none was asked for, the first of "
        "dana_desa, apbd_kabupaten, apbd_provinsi, apbn, csr, lainnya; null where the rubric names nobody"
    )
    now: str | None = Field(description="what the present score says; null for a score outside the rubric")
    goal: str = Field(description="what the score to reach says")
    activity: str | None = Field(description="what can be done, where the rubric names it, up to full marks")


class _Plan(Output):
    summary: str = Field(description=f"the plan as one line, {_LANGUAGE}")
    changes: list[PlannedChange] = Field(description="in official order")
    indicators: int = Field(description="how many are raised")
    points: int = Field(description="by how many points of score in all")
    cost_idr: int | None = Field(description="null where no costs were told")


class IdmPlan(_Plan):
    """One way to raise a village's IDM."""

    idm: float = Field(description="the IDM once it is done")
    status: IdmStatus = Field(description="the status then, decided by whole points")


class EditionPlan(_Plan):
    """One way to raise a village's index."""

    value: float = Field(description="the index once it is done")
    status: str = Field(description="the status then, decided by whole points")
    warnings: list[CalculationWarning] = Field(
        description="the rules that the scores then break: rows that can only rise together with others"
    )


class Proof(Output):
    """What is proven: the search is exact."""

    optimal: bool = Field(
        description="the first plan is the best there is; where the target is not reached, none comes nearer"
    )
    unit: Literal["idr", "indicators"] = Field(
        description="of `bound`: rupiah where costs were told, else indicators"
    )
    bound: int | None = Field(
        description="no plan to the target takes less than this; null where none reaches it at any price"
    )


class PlanReason(Output):
    """Why the target is not reached."""

    code: Literal["plan.over_budget", "plan.prices_missing", "plan.too_few_rows"]
    text: str = Field(description=_LANGUAGE)


class _Plans(Output):
    edition: str = Field(description="the method that was used", examples=["idm-2016"])
    reachable: bool = Field(description="whether the plans reach the target")
    proof: Proof
    unpriced: list[str] = Field(
        description="the rows that could be raised, but were left out because `costs` has no price for them"
    )
    reason: PlanReason | None = Field(description="null where the target is reached")


class IdmPlansOut(_Plans):
    """The best plan to a status and its alternatives, or the furthest one can come."""

    village_code: str = Field(description="the present code", examples=["64.02.08.2008"])
    village_name: str = Field(examples=["Muhuran"])
    year: int = Field(examples=[2024])
    audit: Verdict
    idm: float = Field(description="calculated from the rows, whatever was published")
    status: IdmStatus = Field(description="the present one, calculated from the rows")
    target_status: IdmStatus
    plans: list[IdmPlan] = Field(description="the best one first")


class EditionPlansOut(_Plans):
    """The best plan to a status and its alternatives, or the furthest one can come."""

    index: str = Field(description="which index it is", examples=["indeks_desa"])
    value: float = Field(description="the index of the scores as they are")
    status: str = Field(description="of the scores as they are")
    target_status: str
    plans: list[EditionPlan] = Field(description="the best one first")
