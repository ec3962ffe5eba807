"""Plans over HTTP: a question that is told in a body and stores nothing."""

from typing import Annotated

from pydantic import Field

import app.index.plans.texts
import app.index.texts  # noqa: F401  # their codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.caller import READ
from app.http.fields import PathYear
from app.http.operation import Operations
from app.index.plans import answering
from app.index.plans.schemas import EditionPlanOptions, IdmPlanOptions
from app.index.plans.shapes import EditionPlansOut, IdmPlansOut
from app.regions.codes import VillageCode

operations = Operations("Village index")

EditionName = Annotated[str, Field(max_length=40, examples=["idm-2016"])]


@operations.post(
    "/v1/villages/{code}/idm/{year}/plans",
    summary="The cheapest way to a status",
    permission=READ,
    stores=False,
    status_code=200,
    response_model=IdmPlansOut,
    refuses=(404, 409),
)
async def plan_idm_year(code: VillageCode, year: PathYear, options: IdmPlanOptions, ask: Ask) -> Answer:
    r"""Which rows to raise, and how far, to reach a status: the best plan by exact search, and its alternatives.

    What is the cheapest way to maju for Muhuran with village funds only?

        curl http://localhost:8000/v1/villages/64.02.08.2008/idm/2024/plans \
          -H 'Content-Type: application/json' -d '{"target_status": "maju", "payers": ["dana_desa"]}'

    With `costs` the best plan is the cheapest one, then that with the fewest indicators, then the fewest points of
    score; without costs it is the fewest indicators, then the fewest points. What is still equal goes by official
    order, so the same question has the same answer. Scores only rise, and only to scores of the rubric.

    `costs`: a number is the price of each point, an object the price of reaching each score from the present one.
    Once costs are told, a row without a price is not used; `unpriced` names those. `payers` leaves only the rows
    on which one of them can act, `exclude` leaves rows out, `budget_idr` is the most a plan may cost.
    `alternatives` adds so many next-best plans; each does without an indicator of every plan before it, since a
    plan that only adds to an earlier one is none.

    Where the target is not reached, `reachable` is false, `plans` has the one that comes nearest, and `reason` says
    why. `proof.bound` is the least that any plan to the target takes. At or above the target nothing changes.
    Calculated from the rows, whatever was published. 409 without rows.
    """
    return await answering.for_year(ask, code, year, options)


@operations.post(
    "/v1/index-editions/{edition}/plans",
    summary="The cheapest way to a status, for scores of your own",
    permission=READ,
    stores=False,
    status_code=200,
    response_model=EditionPlansOut,
    refuses=(404,),
)
async def plan_by_edition(edition: EditionName, options: EditionPlanOptions, ask: Ask) -> Answer:
    """The same question by any edition, for `scores` in the body, of which each must be one its rubric knows.

    `scores` has a list for each dimension of the edition, in official order. Everything else is as for a village.
    Each row is judged by itself: `warnings` of a plan name the rules that its scores would break, which means that
    other rows have to rise with them. Indeks Desa names nobody who acts, so there `payers` is a fault.
    """
    return await answering.for_scores(ask, edition, options)
