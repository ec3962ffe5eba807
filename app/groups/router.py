"""Groups over HTTP."""

from typing import Annotated

import app.groups.labels  # its labels enter the sheets
import app.groups.texts  # noqa: F401  # its codes enter the catalogue
from app.groups import service
from app.groups.queries import LISTING
from app.groups.schemas import GroupOut, GroupPatch, GroupQuery, NewGroup
from app.groups.tables import GROUPS
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, shown
from app.http.shapes import listing_of

operations = Operations("Groups")


@operations.get("/v1/groups", summary="List groups", responses=listing_of(GroupOut))
async def list_groups(query: Annotated[GroupQuery, Query()], ask: Ask) -> Answer:
    """Groups (kelompok) by name, village or last change.

    `region=64.02.04` gives those of Anggana, `kind=rumah_tangga_miskin` those of poor households. `format=csv`
    is a table of the whole filtered set.
    """
    return await listed(ask, LISTING, query)


@operations.get("/v1/groups/{id}", summary="One group", response_model=GroupOut, keyed=True, refuses=(404,))
async def get_group(id: Identifier, ask: Ask) -> Answer:
    """A group by its id."""
    return await ask.show(GROUPS, id)


@operations.post(
    "/v1/groups",
    summary="Register a group",
    response_model=GroupOut,
    permission="groups:write",
    refuses=(404,),
)
async def register_group(new: NewGroup, ask: Ask) -> Answer:
    """Enter a group of people in a village: `name`, `kind` and the village are needed.

    Only counts are kept, never a person's name. The village is told by `village_code`, or by `village_name`
    alone where only one village has that name. A name may be borne by several groups.
    """
    return await ask.write(created(GROUPS, "/v1/groups"), service.register, new)


@operations.patch(
    "/v1/groups/{id}",
    summary="Change a group",
    patch=GroupPatch,
    response_model=GroupOut,
    permission="groups:write",
    refuses=(404, 412, 428),
)
async def amend_group(id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears.

    Another `village_code` moves the group to that village.
    """
    return await ask.write(shown(GROUPS), service.amend, id, patch, ask.expected)


@operations.delete(
    "/v1/groups/{id}", summary="Delete a group", permission="groups:write", refuses=(404, 409, 412, 428)
)
async def remove_group(id: Identifier, ask: Ask) -> Answer:
    """Take a group out of the register; 409 names the trainings it is enrolled in."""
    return await ask.write(gone, service.remove, id, ask.expected)
