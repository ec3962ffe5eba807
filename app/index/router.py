"""The village index over HTTP: a calculation for anybody, and the IDM of each village, year by year."""

from typing import Annotated

import app.index.labels  # its labels enter the sheets
import app.index.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import PathYear
from app.http.operation import Operations, Query
from app.http.presenting import gone
from app.http.shapes import listing_of
from app.index import presenting, service
from app.index.schemas import IdmRecord, IdmScores, IdmYear, SeriesQuery
from app.index.shapes import CalculationOut, IdmRecordOut, IdmYearOut
from app.regions.codes import VillageCode

operations = Operations("Village index")


@operations.post(
    "/v1/idm/calculations",
    summary="Calculate an IDM",
    permission=None,
    stores=False,
    status_code=200,
    response_model=CalculationOut,
)
async def calculate_idm(scores: IdmScores, ask: Ask) -> Answer:
    """The IDM of fifty scores in official order; nothing is stored and no token is needed.

    Exact by Permendesa PDTT 2/2016: k = 12·ΣIKS + 35·ΣIKE + 140·ΣIKL, IDM = k / 6300, and the status follows
    from k: up to 3091 sangat_tertinggal, 3773 tertinggal, 4455 berkembang, 5137 maju, above that mandiri.
    Each indicator tells what its score means, what can be done, by whom, and what full marks would add, in
    English or, with `Accept-Language: id`, in Bahasa Indonesia. A score its indicator cannot have is a fault.
    """
    return presenting.calculated(scores, ask.language)


@operations.get(
    "/v1/villages/{code}/idm",
    summary="A village's IDM over the years",
    responses=listing_of(IdmYearOut),
    refuses=(308, 404),
)
async def list_idm_years(code: VillageCode, query: Annotated[SeriesQuery, Query()], ask: Ask) -> Answer:
    """All years of a village, oldest first, also those under codes it had before.

    The items are the facts without the texts of the fifty indicators; one year has them. A kelurahan has none.
    """
    return await presenting.series_of(ask, code, query)


@operations.get(
    "/v1/villages/{code}/idm/{year}",
    summary="A village's IDM of one year",
    response_model=IdmRecordOut,
    refuses=(308, 404),
)
async def get_idm_year(code: VillageCode, year: PathYear, ask: Ask) -> Answer:
    """The scores, what follows from them, and the published figures beside them, with the audit of both.

    Where the ministry published figures without scores, all that is calculated is null. Texts are in the
    caller's language (`Accept-Language`), and the ETag is of that language.
    """
    return await presenting.year_of(ask, code, year)


@operations.put(
    "/v1/villages/{code}/idm/{year}",
    summary="Store a village's IDM of one year",
    response_model=IdmRecordOut,
    responses={201: {"model": IdmRecordOut, "description": "The year is new"}},
    permission="idm:write",
    refuses=(404, 409, 412, 428),
)
async def put_idm_year(code: VillageCode, year: IdmYear, record: IdmRecord, ask: Ask) -> Answer:
    """Replace the whole record of a year, 2016 to 2024; 201 the first time, 200 after that.

    Give the rows (`iks`, `ike`, `ikl`), the published figures, or both: they are kept side by side, and `audit`
    says whether they agree. A score the rubric does not know is a fault, but beside published figures it is
    kept and named in `audit.warnings`. The village shows its latest year. A kelurahan has no IDM (409).
    """
    return await ask.write(presenting.put(ask.language), service.put, code, year, record, ask.expected_of_put)


@operations.delete(
    "/v1/villages/{code}/idm/{year}",
    summary="Delete a village's IDM of one year",
    permission="idm:write",
    refuses=(404, 412, 428),
)
async def remove_idm_year(code: VillageCode, year: PathYear, ask: Ask) -> Answer:
    """Take a year out; the village then shows the latest one that is left."""
    return await ask.write(gone, service.remove, code, year, ask.expected)
