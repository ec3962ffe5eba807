"""Villages over HTTP."""

from typing import Annotated

import app.villages.labels  # its labels enter the sheets
import app.villages.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, shown
from app.http.shapes import listing_of
from app.regions.codes import VillageCode
from app.villages import service
from app.villages.moved import elsewhere
from app.villages.queries import LISTING
from app.villages.schemas import NewVillage, Recoding, VillageOut, VillagePatch, VillageQuery
from app.villages.tables import VILLAGES

operations = Operations("Villages")


@operations.get("/v1/villages", summary="List villages", responses=listing_of(VillageOut, geojson=True))
async def list_villages(query: Annotated[VillageQuery, Query()], ask: Ask) -> Answer:
    """Villages by code, name, last change or IDM.

    `region=64.02.04` gives those of Anggana; `q=bukit raya` finds by any part of the name. `format=geojson`
    is a map layer of the whole filtered set, `format=csv` a table of it.
    """
    return await listed(ask, LISTING, query, geojson=True)


@operations.get(
    "/v1/villages/{code}", summary="One village", response_model=VillageOut, keyed=True, refuses=(308, 404)
)
async def get_village(code: VillageCode, ask: Ask) -> Answer:
    """A village by its present code, dotted or not.

    A code that was retired answers 308 to the present address: `6402082001` leads to Kedang Ipil.
    """
    return await ask.one(VILLAGES, code) or await elsewhere(ask, code)


@operations.post(
    "/v1/villages",
    summary="Register a village",
    response_model=VillageOut,
    permission="villages:register",
    refuses=(404, 409),
)
async def register_village(new: NewVillage, ask: Ask) -> Answer:
    """Enter a village under its official code.

    The kind follows from the code (1… kelurahan, 2… desa, 3… desa adat) and the district must be in the table
    of regions.
    """
    return await ask.write(created(VILLAGES, "/v1/villages"), service.register, new)


@operations.patch(
    "/v1/villages/{code}",
    summary="Change a village",
    patch=VillagePatch,
    response_model=VillageOut,
    permission="villages:write",
    refuses=(404, 412, 428),
)
async def amend_village(code: VillageCode, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears.

    A new name reaches every cooperative, UKM, group and training of the village, each with a new version.
    """
    return await ask.write(
        shown(VILLAGES), service.amend, code, patch, ask.expected, ask.caller.personal_reach
    )


@operations.post(
    "/v1/villages/{code}/recode",
    summary="Give a village its new code",
    status_code=200,
    response_model=VillageOut,
    permission="villages:recode",
    refuses=(404, 409, 412),
)
async def recode_village(code: VillageCode, recoding: Recoding, ask: Ask) -> Answer:
    """A regulation gave the village another code: it keeps its identity, its records and its series.

    The old code becomes a former code: it still leads here and is understood wherever a code is an input. When the
    kind changes with it, what was recorded before stays as it was: its IDM, its cooperative's name, funds paid then.
    """
    return await ask.write(shown(VILLAGES), service.recode, code, recoding, ask.expected)


@operations.delete(
    "/v1/villages/{code}",
    summary="Delete a village",
    permission="villages:register",
    refuses=(404, 409, 412, 428),
)
async def remove_village(code: VillageCode, ask: Ask) -> Answer:
    """Take a village out of the register; 409 names what still belongs to it."""
    return await ask.write(gone, service.remove, code, ask.expected)
