"""What is asked of a plan; a row, a price or a score that the edition does not know is a fault at its place."""

from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.http.fields import Input, Places, Rupiah, each_once, fault, several
from app.index.editions import Edition
from app.index.methods.schemas import EditionScores
from app.index.plans.raising import Price, Wish, payer_of
from app.index.schemas import IDM
from app.trainings.schemas import Source
from app.villages.schemas import IdmStatus

MOST_IDR = 1_000_000_000_000
"""A price up to here, so that the cost of any plan is a number every client holds exactly."""

_Idr = Annotated[int, Field(ge=0, le=MOST_IDR)]


def _wrong(price: Any) -> PydanticCustomError | None:
    if type(price) is not int:
        return fault("value.integer")
    if price < 0:
        return fault("value.too_small", limit=0)
    return fault("value.too_large", limit=MOST_IDR) if price > MOST_IDR else None


def _priced(given: Any) -> Any:
    if isinstance(given, dict):
        judged = {(level,): _wrong(price) for level, price in given.items()}
        found: Places = {at: wrong for at, wrong in judged.items() if wrong}
        if found:
            raise several(found)
        return given
    wrong = _wrong(given)
    if wrong:
        raise wrong if type(given) is int else fault("plan.price")
    return given


Cost = Annotated[_Idr | dict[str, _Idr], BeforeValidator(_priced)]


def _price(cost: int | dict[str, int]) -> Price:
    return cost if isinstance(cost, int) else {int(score): idr for score, idr in cost.items()}


class PlanOptions(Input):
    """Which plans are wanted."""

    costs: dict[str, Cost] | None = Field(
        default=None,
        description="rupiah by indicator: a number is the price of each point of score, an object the price of "
        "reaching each score from the present one. A row without a price is not used, nor a score that its object "
        "does not name",
        examples=[{"ike_08": 25_000_000, "ikl_03": {"3": 40_000_000, "5": 90_000_000}}],
    )
    payers: Annotated[list[Source], Field(min_length=1), each_once()] | None = Field(
        default=None,
        description="only rows on which one of these can act, the one to ask first at the front; the rubric names "
        "executors by level: dana_desa is desa, apbd_kabupaten kabupaten, apbd_provinsi provinsi, apbn pusat",
        examples=[["dana_desa"]],
    )
    exclude: Annotated[list[str], each_once()] | None = Field(
        default=None, description="indicators to leave as they are", examples=[["iks_20"]]
    )
    budget_idr: Rupiah | None = Field(
        default=None, description="the most that a plan may cost; needs `costs`", examples=[150_000_000]
    )
    alternatives: Annotated[int, Field(ge=1, le=5)] | None = Field(
        default=None, description="how many next-best plans to give after the best one"
    )

    def wish(self, target: str) -> Wish:
        """What the optimiser is asked."""
        return Wish(
            target=target,
            costs=None if self.costs is None else {name: _price(cost) for name, cost in self.costs.items()},
            payers=self.payers,
            exclude=frozenset(self.exclude or ()),
            budget=self.budget_idr,
            alternatives=self.alternatives or 0,
        )


class IdmPlanOptions(PlanOptions):
    """The status aimed at, and which plans to it are wanted."""

    target_status: IdmStatus = Field(examples=["maju"])

    @model_validator(mode="wrap")
    @classmethod
    def _known(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        unknown = unknown_to(IDM, given) if isinstance(given, dict) else {}
        try:
            options = read(given)
        except ValidationError as wrong:
            raise several(unknown, beside=wrong) from wrong
        if unknown:
            raise several(unknown)
        return options


class EditionPlanOptions(PlanOptions, EditionScores):
    """The scores of a village, the status aimed at, and which plans to it are wanted."""

    # Judged by `unfit_for`, once the path has said by which edition.
    target_status: str = Field(max_length=40, examples=["maju"])


def unknown_to(edition: Edition, told: dict[str, Any]) -> Places:
    """What an edition does not know of the options as they were sent, and a budget without costs."""
    found: Places = {}
    stranger = fault("plan.unknown_indicator", edition=edition.id)
    costs, exclude = told.get("costs"), told.get("exclude")
    for name, price in costs.items() if isinstance(costs, dict) else ():
        at = edition.position.get(name)
        if at is None:
            found["costs", name] = stranger
        elif isinstance(price, dict):
            known = [str(level.score) for level in edition.indicators[at].levels]
            outside = fault("idm.score_outside_rubric", indicator=name, expected=", ".join(known))
            found |= {("costs", name, level): outside for level in price if level not in known}
    for place, name in enumerate(exclude if isinstance(exclude, list) else ()):
        if isinstance(name, str) and name not in edition.position:
            found["exclude", place] = stranger
    if told.get("payers") and not any(payer_of(row, None) for row in edition.indicators):
        found["payers",] = fault("plan.nobody_named", edition=edition.id)
    if told.get("budget_idr") is not None and costs is None:
        found["budget_idr",] = fault("plan.budget_without_costs")
    return found


def unfit_for(edition: Edition, options: EditionPlanOptions) -> Places:
    """What an edition does not know of options that have the right form; its scores are judged elsewhere."""
    found = unknown_to(edition, options.model_dump())
    names = [status.id for status in edition.statuses]
    if options.target_status not in names:
        found["target_status",] = fault("value.choice", expected=", ".join(names))
    return found
