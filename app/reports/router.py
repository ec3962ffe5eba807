"""Reports over HTTP, each in a module of its own."""

from typing import Annotated

import app.reports.labels  # its labels enter the sheets
import app.reports.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations, Query
from app.http.shapes import SHEETS
from app.reports.idm_status import StatusReport, status_report
from app.reports.idm_transitions import TransitionsQuery, TransitionsReport, transitions_report
from app.reports.inequality import InequalityReport, inequality_report
from app.reports.legality import LegalityReport, LegalityReportQuery, legality_report
from app.reports.proved import OF_LEGALITY, OF_THE_INDEX, OF_TRAININGS, unless_proved
from app.reports.stalled import StalledPage, StalledQuery, stalled_report
from app.reports.training_impact import TrainingImpact, training_impact
from app.reports.years import PeriodQuery, YearQuery

operations = Operations("Reports")


@operations.get(
    "/v1/reports/legality",
    summary="How far the cooperatives are",
    tagged=True,
    responses={200: {"model": LegalityReport, "description": "The counts", "content": SHEETS}},
)
async def report_legality(query: Annotated[LegalityReportQuery, Query()], ask: Ask) -> Answer:
    """Cooperatives per stage and per paper by district, each count with what it is of; the stages add up to all.

    `as_of=2025-06-30` counts what had happened by the end of that day, of the cooperatives now in the register. As a
    sheet it has a line a district and the total last; `cooperatives` is what every number in a line is of.
    """
    return await unless_proved(
        ask, OF_LEGALITY, lambda: legality_report(ask, query), dated=query.as_of is None
    )


@operations.get(
    "/v1/reports/legality-stalled",
    summary="Which cooperatives stand still",
    responses={200: {"model": StalledPage, "description": "Who stands still", "content": SHEETS}},
)
async def report_legality_stalled(query: Annotated[StalledQuery, Query()], ask: Ask) -> Answer:
    """Cooperatives that have been at their stage for more than `days` days and still lack something, in one page.

    The longest first, and before them those of which nothing was told. `stage=berbadan_hukum&lacking=nib`: who has a
    decree but no NIB.
    """
    return await stalled_report(ask, query)


@operations.get(
    "/v1/reports/idm-status",
    summary="How villages stand in the IDM",
    tagged=True,
    responses={200: {"model": StatusReport, "description": "Counts and means", "content": SHEETS}},
)
async def report_idm_status(query: Annotated[YearQuery, Query()], ask: Ask) -> Answer:
    """Villages by status, mean IDM, IKS, IKE and IKL, and who was not measured, by district and all together.

    Each figure of a village counts as published, else as calculated; a mean counts each village once. `desa` are
    those now in the register: of a year without data all of them are `without_idm`. As a sheet it has a line a
    district and the total last.
    """
    return await unless_proved(ask, OF_THE_INDEX, lambda: status_report(ask, query))


@operations.get(
    "/v1/reports/idm-transitions",
    summary="Who rose and who fell between two years",
    tagged=True,
    responses={200: {"model": TransitionsReport, "description": "Who moved", "content": SHEETS}},
)
async def report_idm_transitions(query: Annotated[TransitionsQuery, Query()], ask: Ask) -> Answer:
    """Villages known in both years by status then and status later, and the mean change of each index.

    `from=2023&to=2024`. Villages that have only one of the two years are counted apart. Each figure counts as
    published, else as calculated. Years of different editions are not compared (422 `report.editions_differ`).
    """
    return await unless_proved(ask, OF_THE_INDEX, lambda: transitions_report(ask, query))


@operations.get(
    "/v1/reports/inequality",
    summary="How unequal villages are",
    tagged=True,
    responses={200: {"model": InequalityReport, "description": "Gini and Theil", "content": SHEETS}},
)
async def report_inequality(query: Annotated[YearQuery, Query()], ask: Ask) -> Answer:
    """Gini and Theil's T of IDM and IKE between villages, by district; of all together also where it lies.

    The total's `theil` is the sum of `theil_within` the groups and `theil_between` them. Each village counts once,
    as published, else as calculated. All of one year, so of one edition.
    """
    return await unless_proved(ask, OF_THE_INDEX, lambda: inequality_report(ask, query))


@operations.get(
    "/v1/reports/training-impact",
    summary="Whether villages with a training gained more",
    tagged=True,
    responses={200: {"model": TrainingImpact, "description": "The comparison", "content": SHEETS}},
)
async def report_training_impact(query: Annotated[PeriodQuery, Query()], ask: Ask) -> Answer:
    """Difference in differences: change of IKE and IDM in villages with a training against those without.

    With a training: one that is `selesai`, of a year after `from` and no later than `to`, in the village itself.
    Without: every other village of the region, also one whose trainings were in other years. The interval of 95 % is
    Welch's, with Student's t. With fewer than ten villages in a group there is no effect, and `refusal` says why.
    """
    return await unless_proved(ask, OF_TRAININGS, lambda: training_impact(ask, query))
