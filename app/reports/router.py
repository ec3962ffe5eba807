"""Reports over HTTP, each in a module of its own."""

from typing import Annotated

import app.reports.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations, Query
from app.http.shapes import CSV_SHEET
from app.reports.legality import LegalityReport, LegalityReportQuery, legality_report
from app.reports.stalled import StalledPage, StalledQuery, stalled_report

operations = Operations("Reports")


@operations.get(
    "/v1/reports/legality",
    summary="How far the cooperatives are",
    tagged=True,
    responses={200: {"model": LegalityReport, "description": "The counts", "content": CSV_SHEET}},
)
async def report_legality(query: Annotated[LegalityReportQuery, Query()], ask: Ask) -> Answer:
    """Cooperatives per stage and per paper by district, each count with what it is of; the stages add up to all.

    `as_of=2025-06-30` counts what had happened by the end of that day, of the cooperatives now in the register. As a
    sheet it has a line a district and the total last; `cooperatives` is what every number in a line is of.
    """
    return await legality_report(ask, query)


@operations.get(
    "/v1/reports/legality-stalled",
    summary="Which cooperatives stand still",
    responses={200: {"model": StalledPage, "description": "Who stands still", "content": CSV_SHEET}},
)
async def report_legality_stalled(query: Annotated[StalledQuery, Query()], ask: Ask) -> Answer:
    """Cooperatives that have been at their stage for more than `days` days and still lack something, in one page.

    The longest first, and before them those of which nothing was told. `stage=berbadan_hukum&lacking=nib`: who has a
    decree but no NIB.
    """
    return await stalled_report(ask, query)
