"""The audits over HTTP: the years in which something was found, and the audit of one year."""

from typing import Annotated

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import PathYear
from app.http.operation import Operations, Query
from app.http.shapes import listing_of
from app.index.audits.presenting import audited_year, audited_years
from app.index.audits.schemas import AuditedYearOut, AuditQuery
from app.regions.codes import VillageCode

operations = Operations("Village index")


@operations.get(
    "/v1/idm/audits",
    summary="List what audits of the IDM found",
    responses=listing_of(AuditedYearOut),
)
async def list_idm_audits(query: Annotated[AuditQuery, Query()], ask: Ask) -> Answer:
    """The village-years in which something was found, by village code; without `finding` the inconsistent ones.

    `inconsistent`: a published figure is more than 0.00005 off its own rows, or the status is another.
    `status_would_change`: the status by the rows is another than the published one.
    `label_contradicts_value`: the published status is not that of the published index. Four decimals next to a
    cut-off may stand for either side; that is no finding.
    `borderline`: the smallest point (12 of 6300, one point of the IKS) more or less is another status: 3080 to
    3103, 3762 to 3785, 4444 to 4467 and 5126 to 5149 points, by the rows, or by the published index where the
    rows are not known.
    `any`: at least one of these.

    `correction_request` is a letter to the ministry, always in Bahasa Indonesia. It names a cause only where one
    is known; in 2024 that is the pair of internet rows, of which only the sum is certain.
    """
    return await audited_years(ask, query)


@operations.get(
    "/v1/villages/{code}/idm/{year}/audit",
    summary="The audit of a village's IDM of one year",
    tagged=True,
    response_model=AuditedYearOut,
    refuses=(308, 404),
)
async def get_idm_audit(code: VillageCode, year: PathYear, ask: Ask) -> Answer:
    """What was found in this year, as an item of `GET /v1/idm/audits`; `findings` may be empty."""
    return await audited_year(ask, code, year)
