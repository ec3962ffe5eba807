"""Regions over HTTP: read-only, the ministry's table decides."""

from typing import Annotated

import app.regions.labels  # its labels enter the sheets
import app.regions.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.lists import listed
from app.http.operation import Operations, Query
from app.http.shapes import listing_of
from app.regions.codes import Region
from app.regions.queries import LISTING
from app.regions.schemas import RegionOut, RegionQuery
from app.regions.tables import REGIONS

operations = Operations("Regions")


@operations.get("/v1/regions", summary="List regions", responses=listing_of(RegionOut))
async def list_regions(query: Annotated[RegionQuery, Query()], ask: Ask) -> Answer:
    """Provinces, regencies and districts by code.

    `parent=64.02` gives the districts of Kutai Kartanegara, `level=regency` all regencies that are loaded.
    """
    return await listed(ask, LISTING, query)


@operations.get(
    "/v1/regions/{code}", summary="One region", response_model=RegionOut, keyed=True, refuses=(404,)
)
async def get_region(code: Region, ask: Ask) -> Answer:
    """A province, regency or district by its code, dotted or not."""
    return await ask.show(REGIONS, code)
