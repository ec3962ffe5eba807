"""Cooperatives over HTTP."""

from typing import Annotated

import app.cooperatives.labels  # its labels enter the sheets
import app.cooperatives.texts  # noqa: F401  # its codes enter the catalogue
from app.cooperatives import service
from app.cooperatives.queries import LISTING
from app.cooperatives.schemas import CooperativeOut, CooperativePatch, CooperativeQuery, NewCooperative
from app.cooperatives.tables import COOPERATIVES
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, shown
from app.http.shapes import listing_of

operations = Operations("Cooperatives")


@operations.get("/v1/cooperatives", summary="List cooperatives", responses=listing_of(CooperativeOut))
async def list_cooperatives(query: Annotated[CooperativeQuery, Query()], ask: Ask) -> Answer:
    """Cooperatives by name, village, last change or founding day.

    `region=64.02.04` gives those seated in Anggana, `kind=kelurahan_merah_putih` those of kelurahan, `q=bukit
    raya` finds by any part of the name. `format=csv` is a table of the whole filtered set.
    """
    return await listed(ask, LISTING, query)


@operations.get(
    "/v1/cooperatives/{id}",
    summary="One cooperative",
    response_model=CooperativeOut,
    keyed=True,
    refuses=(404,),
)
async def get_cooperative(id: Identifier, ask: Ask) -> Answer:
    """A cooperative by its id; phone and e-mail only for those who may see them, `masked` names them otherwise."""
    return await ask.show(COOPERATIVES, id)


@operations.post(
    "/v1/cooperatives",
    summary="Register a cooperative",
    response_model=CooperativeOut,
    permission="cooperatives:write",
    refuses=(404, 409),
)
async def register_cooperative(new: NewCooperative, ask: Ask) -> Answer:
    """Enter a cooperative: `name`, `kind` and the village are needed.

    The village is told by `village_code`, or by `village_name` alone where only one village has that name. The
    two Merah Putih kinds bear their village's name, with the district's behind it where the regency has several
    villages so called: `Koperasi Desa Merah Putih Bukit Raya Kecamatan Samboja`. A name that does not follow is
    refused with the one that does, as `expected_name`.
    """
    return await ask.write(created(COOPERATIVES, "/v1/cooperatives"), service.register, new)


@operations.patch(
    "/v1/cooperatives/{id}",
    summary="Change a cooperative",
    patch=CooperativePatch,
    response_model=CooperativeOut,
    permission="cooperatives:write",
    refuses=(404, 409, 412, 428),
)
async def amend_cooperative(id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears, a list is replaced whole.

    Another `village_code` moves the seat. The name is judged when name, kind or seat change: a cooperative keeps
    its legal name when its village takes another.
    """
    return await ask.write(
        shown(COOPERATIVES), service.amend, id, patch, ask.expected, ask.caller.personal_reach
    )


@operations.delete(
    "/v1/cooperatives/{id}",
    summary="Delete a cooperative",
    permission="cooperatives:write",
    refuses=(404, 409, 412, 428),
)
async def remove_cooperative(id: Identifier, ask: Ask) -> Answer:
    """Take a cooperative out of the register; 409 names what refers to it."""
    return await ask.write(gone, service.remove, id, ask.expected)
