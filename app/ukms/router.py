"""UKM and their yearly figures over HTTP."""

from typing import Annotated

import app.ukms.labels  # its labels enter the sheets
import app.ukms.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier, PathYear
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, put, shown
from app.http.shapes import listing_of
from app.ukms import service, years
from app.ukms.queries import LISTING, YEARS
from app.ukms.schemas import NewUkm, UkmOut, UkmPatch, UkmQuery, UkmYear, UkmYearOut, UkmYearQuery
from app.ukms.tables import UKM_YEARS, UKMS

operations = Operations("UKM")


@operations.get("/v1/ukms", summary="List UKM", responses=listing_of(UkmOut))
async def list_ukms(query: Annotated[UkmQuery, Query()], ask: Ask) -> Answer:
    """UKM by name, village or last change.

    `region=64.02.04` gives those of Anggana, `scale=mikro` the smallest, `channel=hotel_restoran` those that
    sell to hotels. `format=csv` is a table of the whole filtered set.
    """
    return await listed(ask, LISTING, query)


@operations.get("/v1/ukms/{id}", summary="One UKM", response_model=UkmOut, keyed=True, refuses=(404,))
async def get_ukm(id: Identifier, ask: Ask) -> Answer:
    """A UKM by its id; the owner's name and phone only for those who may see them, `masked` names them otherwise."""
    return await ask.show(UKMS, id)


@operations.post(
    "/v1/ukms", summary="Register a UKM", response_model=UkmOut, permission="ukms:write", refuses=(404,)
)
async def register_ukm(new: NewUkm, ask: Ask) -> Answer:
    """Enter a small business: `name`, `owner_kind` and the village are needed.

    The village is told by `village_code`, or by `village_name` alone where only one village has that name.
    `scale` follows from the figures (PP 7/2021, article 35): the sales of the latest year that has any, else
    `capital_idr`.
    """
    return await ask.write(created(UKMS, "/v1/ukms"), service.register, new)


@operations.patch(
    "/v1/ukms/{id}",
    summary="Change a UKM",
    patch=UkmPatch,
    response_model=UkmOut,
    permission="ukms:write",
    refuses=(404, 412, 428),
)
async def amend_ukm(id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears, a list is replaced whole.

    Another `village_code` moves the UKM to that village.
    """
    return await ask.write(shown(UKMS), service.amend, id, patch, ask.expected, ask.caller.personal_reach)


@operations.delete(
    "/v1/ukms/{id}", summary="Delete a UKM", permission="ukms:write", refuses=(404, 409, 412, 428)
)
async def remove_ukm(id: Identifier, ask: Ask) -> Answer:
    """Take a UKM with all its years out of the register; 409 names the trainings it is enrolled in."""
    return await ask.write(gone, service.remove, id, ask.expected)


@operations.get(
    "/v1/ukms/{id}/years", summary="List a UKM's years", responses=listing_of(UkmYearOut), refuses=(404,)
)
async def list_ukm_years(id: Identifier, query: Annotated[UkmYearQuery, Query()], ask: Ask) -> Answer:
    """The years of a UKM that figures are known for, oldest first."""
    return await listed(ask, YEARS, query, ukm_id=await years.known(ask.database, id))


@operations.get(
    "/v1/ukms/{id}/years/{year}",
    summary="One year of a UKM",
    response_model=UkmYearOut,
    keyed=True,
    refuses=(404,),
)
async def get_ukm_year(id: Identifier, year: PathYear, ask: Ask) -> Answer:
    """The figures of one year."""
    return await ask.one(UKM_YEARS, years.address(id, year)) or await years.missing(ask, id)


@operations.put(
    "/v1/ukms/{id}/years/{year}",
    summary="Record a year of a UKM",
    response_model=UkmYearOut,
    responses={201: {"model": UkmYearOut, "description": "The first record of this year"}},
    permission="ukms:write",
    refuses=(404, 412, 428),
)
async def put_ukm_year(id: Identifier, year: PathYear, figures: UkmYear, ask: Ask) -> Answer:
    """Replace the whole record of a year, or begin it (201): what is not sent is not known.

    `independence` is 1 – village fund support ÷ sales. Sales may change the UKM's `scale`, which is then a new
    version of the UKM. The year must have begun.
    """
    present = put(UKM_YEARS, ask.url_path)
    return await ask.write(present, years.report, id, year, figures, ask.expected_of_put)


@operations.delete(
    "/v1/ukms/{id}/years/{year}",
    summary="Delete a year of a UKM",
    permission="ukms:write",
    refuses=(404, 412, 428),
)
async def remove_ukm_year(id: Identifier, year: PathYear, ask: Ask) -> Answer:
    """Take the figures of one year out of the register; the UKM's `scale` follows."""
    return await ask.write(gone, years.remove, id, year, ask.expected)
