"""Follow-ups over HTTP."""

from typing import Annotated

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, shown
from app.http.shapes import listing_of
from app.trainings.below import shown_below
from app.trainings.follow_ups import service
from app.trainings.follow_ups.queries import LISTING
from app.trainings.follow_ups.schemas import FollowUpOut, FollowUpPatch, FollowUpQuery, NewFollowUp
from app.trainings.follow_ups.tables import FOLLOW_UPS
from app.trainings.service import existing

operations = Operations("Trainings")


@operations.get(
    "/v1/trainings/{id}/follow-ups",
    summary="List the follow-ups of a training",
    responses=listing_of(FollowUpOut),
    refuses=(404,),
)
async def list_follow_ups(id: Identifier, query: Annotated[FollowUpQuery, Query()], ask: Ask) -> Answer:
    """What was done after a training, by day."""
    return await listed(ask, LISTING, query, training_id=await existing(ask.database, id))


@operations.get(
    "/v1/trainings/{id}/follow-ups/{follow_up_id}",
    summary="One follow-up",
    response_model=FollowUpOut,
    refuses=(404,),
)
async def get_follow_up(id: Identifier, follow_up_id: Identifier, ask: Ask) -> Answer:
    """A follow-up of this training by its id."""
    return await shown_below(ask, FOLLOW_UPS, id, follow_up_id)


@operations.post(
    "/v1/trainings/{id}/follow-ups",
    summary="Record a follow-up",
    response_model=FollowUpOut,
    permission="trainings:write",
    refuses=(404,),
)
async def record_follow_up(id: Identifier, new: NewFollowUp, ask: Ask) -> Answer:
    """Mentoring, monitoring, tools, marketing: what was done after a training, on which day.

    A day in the future is for what is planned: `status` is then `rencana`.
    """
    return await ask.write(created(FOLLOW_UPS, f"/v1/trainings/{id}/follow-ups"), service.record, id, new)


@operations.patch(
    "/v1/trainings/{id}/follow-ups/{follow_up_id}",
    summary="Change a follow-up",
    patch=FollowUpPatch,
    response_model=FollowUpOut,
    permission="trainings:write",
    refuses=(404, 412, 428),
)
async def amend_follow_up(id: Identifier, follow_up_id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears."""
    return await ask.write(shown(FOLLOW_UPS), service.amend, id, follow_up_id, patch, ask.expected)


@operations.delete(
    "/v1/trainings/{id}/follow-ups/{follow_up_id}",
    summary="Delete a follow-up",
    permission="trainings:write",
    refuses=(404, 412, 428),
)
async def remove_follow_up(id: Identifier, follow_up_id: Identifier, ask: Ask) -> Answer:
    """Take a follow-up out of the register."""
    return await ask.write(gone, service.remove, id, follow_up_id, ask.expected)
