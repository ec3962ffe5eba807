"""What the office does with the places of a training: enrol, amend, withdraw.

Law: places are counted on the training's own row, which is held meanwhile, so a full training refuses whoever
hurries.
"""

from typing import Any

from app.database import Transaction
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.merge import merged
from app.http.problems import Conflict, NotFound
from app.trainings.below import below
from app.trainings.enrolments import queries
from app.trainings.enrolments.schemas import EnrolmentInput, NewEnrolment
from app.trainings.enrolments.tables import ENROLMENTS, PARTIES
from app.trainings.service import held
from app.trainings.tables import TRAININGS


async def enrol(tx: Transaction, training_id: str, new: NewEnrolment, *, id: str | None = None) -> State:
    """Give a party one place; the training counts it and is one version up. An id may have been made elsewhere.

    409 `training.cancelled`, `training.already_enrolled` or `training.full`. A party may come from anywhere in
    the register: a training is open to neighbours of its village.
    """
    training = await held(tx, training_id)
    if training["status"] == "dibatalkan":
        raise Conflict("training.cancelled", pointer="/path/id")
    await _admit(tx, training_id, new)
    quota = training["quota"]
    if quota is not None and training["enrolled"] >= quota:
        raise Conflict("training.full", pointer="/path/id", members={"quota": quota}, quota=quota)
    place = {name: training[name] for name in ("village_id", "village_code")}
    enrolment = {**new.model_dump(), **place, "id": id or new_id(), "training_id": training_id}
    written = await ENROLMENTS.create(tx, enrolment)
    await TRAININGS.update(tx, training, {**training, "enrolled": training["enrolled"] + 1})
    return written


async def amend(
    tx: Transaction, training_id: str, id: str, patch: Any, expected: Expectation | None
) -> State:
    """Tell what became of a place: attended, result, role. The party stays; another takes a place of its own."""
    await held(tx, training_id)
    enrolment = await below(tx, ENROLMENTS, training_id, id)
    if expected:
        expected.check(enrolment["version"])
    whole = merged(ENROLMENTS, EnrolmentInput, enrolment, patch, reach=None)
    return await ENROLMENTS.update(tx, enrolment, {**enrolment, **whole.model_dump()})


async def withdraw(tx: Transaction, training_id: str, id: str, expected: Expectation | None) -> State:
    """Give a place back to the training."""
    training = await held(tx, training_id)
    enrolment = await below(tx, ENROLMENTS, training_id, id)
    if expected:
        expected.check(enrolment["version"])
    await ENROLMENTS.delete(tx, enrolment)
    await TRAININGS.update(tx, training, {**training, "enrolled": training["enrolled"] - 1})
    return enrolment


async def _admit(tx: Transaction, training_id: str, new: NewEnrolment) -> None:
    field, party = next((name, id) for name in PARTIES if (id := getattr(new, name)) is not None)
    if await tx.row(queries.party[field], {"party": party}) is None:
        raise NotFound(f"{PARTIES[field].type}.not_found", pointer=f"/{field}")
    if await tx.row(queries.place_of[field], {"party": party, "training_id": training_id}) is not None:
        raise Conflict("training.already_enrolled", pointer=f"/{field}")
