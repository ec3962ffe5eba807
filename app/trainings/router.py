"""Trainings over HTTP."""

from typing import Annotated

import app.trainings.labels  # its labels enter the sheets
import app.trainings.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, shown
from app.http.shapes import listing_of
from app.trainings import service
from app.trainings.queries import LISTING
from app.trainings.schemas import NewTraining, TrainingOut, TrainingPatch, TrainingQuery
from app.trainings.tables import TRAININGS

operations = Operations("Trainings")


@operations.get("/v1/trainings", summary="List trainings", responses=listing_of(TrainingOut))
async def list_trainings(query: Annotated[TrainingQuery, Query()], ask: Ask) -> Answer:
    """Trainings, the latest year first.

    `region=64.02.04&year=2024` gives those of Anggana in 2024, `focus=kewirausahaan` those for entrepreneurs.
    `format=csv` is a table of the whole filtered set.
    """
    return await listed(ask, LISTING, query)


@operations.get(
    "/v1/trainings/{id}", summary="One training", response_model=TrainingOut, keyed=True, refuses=(404,)
)
async def get_training(id: Identifier, ask: Ask) -> Answer:
    """A training by its id, with the number of its places that are taken."""
    return await ask.show(TRAININGS, id)


@operations.post(
    "/v1/trainings",
    summary="Register a training",
    response_model=TrainingOut,
    permission="trainings:write",
    refuses=(404,),
)
async def register_training(new: NewTraining, ask: Ask) -> Answer:
    """Enter a training: `title`, `focus`, `year` and the village are needed; what is not known stays null.

    A year alone is a valid date. `status` is `rencana` unless told, and `selesai` only once the training is
    over. A fund `dana_desa` is refused where the village was a kelurahan in the fund's year.
    """
    return await ask.write(created(TRAININGS, "/v1/trainings"), service.register, new)


@operations.patch(
    "/v1/trainings/{id}",
    summary="Change a training",
    patch=TrainingPatch,
    response_model=TrainingOut,
    permission="trainings:write",
    refuses=(404, 409, 412, 428),
)
async def amend_training(id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears, `funds` is replaced whole.

    Another `village_code` moves the training with its enrolments and follow-ups. A quota below the places
    already taken is refused (409 `training.quota_below_enrolled`).
    """
    return await ask.write(shown(TRAININGS), service.amend, id, patch, ask.expected)


@operations.delete(
    "/v1/trainings/{id}",
    summary="Delete a training",
    permission="trainings:write",
    refuses=(404, 409, 412, 428),
)
async def remove_training(id: Identifier, ask: Ask) -> Answer:
    """Take a training out of the register; 409 names its enrolments and follow-ups.

    A training that did not happen is `dibatalkan` rather than deleted.
    """
    return await ask.write(gone, service.remove, id, ask.expected)
