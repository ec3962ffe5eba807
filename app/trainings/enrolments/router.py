"""Enrolments over HTTP."""

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
from app.trainings.enrolments import service
from app.trainings.enrolments.queries import LISTING
from app.trainings.enrolments.schemas import EnrolmentOut, EnrolmentPatch, EnrolmentQuery, NewEnrolment
from app.trainings.enrolments.tables import ENROLMENTS
from app.trainings.service import existing

operations = Operations("Trainings")


@operations.get(
    "/v1/trainings/{id}/enrolments",
    summary="List the enrolments of a training",
    responses=listing_of(EnrolmentOut),
    refuses=(404,),
)
async def list_enrolments(id: Identifier, query: Annotated[EnrolmentQuery, Query()], ask: Ask) -> Answer:
    """Who takes part, in the order of enrolling."""
    return await listed(ask, LISTING, query, training_id=await existing(ask.database, id))


@operations.get(
    "/v1/trainings/{id}/enrolments/{enrolment_id}",
    summary="One enrolment",
    response_model=EnrolmentOut,
    refuses=(404,),
)
async def get_enrolment(id: Identifier, enrolment_id: Identifier, ask: Ask) -> Answer:
    """An enrolment of this training by its id."""
    return await shown_below(ask, ENROLMENTS, id, enrolment_id)


@operations.post(
    "/v1/trainings/{id}/enrolments",
    summary="Enrol a UKM, group or cooperative",
    response_model=EnrolmentOut,
    permission="trainings:write",
    refuses=(404, 409),
)
async def enrol(id: Identifier, new: NewEnrolment, ask: Ask) -> Answer:
    """One place for one party: exactly one of `ukm_id`, `group_id` and `cooperative_id`.

    A full training refuses (409 `training.full`, with its `quota`), however many ask for the last place at
    once. So does a cancelled one, and one in which the party has a place already.
    """
    return await ask.write(created(ENROLMENTS, f"/v1/trainings/{id}/enrolments"), service.enrol, id, new)


@operations.patch(
    "/v1/trainings/{id}/enrolments/{enrolment_id}",
    summary="Tell what became of an enrolment",
    patch=EnrolmentPatch,
    response_model=EnrolmentOut,
    permission="trainings:write",
    refuses=(404, 412, 428),
)
async def amend_enrolment(id: Identifier, enrolment_id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch of `role`, `attended` and `result`; the party is read-only."""
    return await ask.write(shown(ENROLMENTS), service.amend, id, enrolment_id, patch, ask.expected)


@operations.delete(
    "/v1/trainings/{id}/enrolments/{enrolment_id}",
    summary="Withdraw an enrolment",
    permission="trainings:write",
    refuses=(404, 412, 428),
)
async def withdraw_enrolment(id: Identifier, enrolment_id: Identifier, ask: Ask) -> Answer:
    """The place is free again."""
    return await ask.write(gone, service.withdraw, id, enrolment_id, ask.expected)
