"""What the office does with trainings: register, amend, remove.

A training moves with all that is below it, and its row is held while places are counted, so that whoever asks for
the last place at the same moment waits for the answer.
"""

from collections.abc import Awaitable, Sequence
from typing import Any

from app.database import Database, Transaction
from app.database.references import references
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.merge import merged
from app.http.problems import Conflict, Fault, Invalid, NotFound, told_first
from app.regions.codes import kind_of
from app.trainings import queries
from app.trainings.enrolments.queries import of_training as enrolments_of
from app.trainings.enrolments.tables import ENROLMENTS
from app.trainings.follow_ups.queries import of_training as follow_ups_of
from app.trainings.follow_ups.tables import FOLLOW_UPS
from app.trainings.funding import DANA_DESA, Era, was_desa
from app.trainings.schemas import ChangedTraining, NewTraining, TrainingInput
from app.trainings.tables import TRAININGS
from app.villages import service as villages
from app.villages.followers import PLACE, placed

_BELOW = ((ENROLMENTS, enrolments_of), (FOLLOW_UPS, follow_ups_of))


async def existing(source: Database, id: str) -> str:
    """The id of a training that exists, for what is listed below it; 404 `training.not_found` otherwise."""
    if await source.fetch_key(TRAININGS.one, id) is None:
        raise NotFound("training.not_found", pointer="/path/id")
    return id


async def held(tx: Transaction, id: str) -> State:
    """The training with this id if the actor may touch it, kept from other writers until the transaction ends."""
    training = await TRAININGS.hold(tx, id)
    if training is None or not tx.act.reaches(training["village_code"]):
        raise NotFound("training.not_found", pointer="/path/id")
    return training


async def register(tx: Transaction, new: NewTraining, *, id: str | None = None) -> State:
    """Enter a training of a village, under an id that was made elsewhere or a new one.

    Of its dates only the year must be known.
    """
    place = await _checked(tx, new, _place(tx, code=new.village_code, name=new.village_name))
    return await TRAININGS.create(tx, {**new.model_dump(), **place, "id": id or new_id(), "enrolled": 0})


async def amend(tx: Transaction, id: str, patch: Any, expected: Expectation | None) -> State:
    """Change what is known of a training, or move it with all that is below it to another village within reach."""
    training = await held(tx, id)
    if expected:
        expected.check(training["version"])
    whole = merged(TRAININGS, ChangedTraining, training, patch, reach=None)
    place = await _checked(tx, whole, _place(tx, code=whole.village_code, now=training), before=training)
    if whole.quota is not None and whole.quota < training["enrolled"]:
        taken = {"enrolled": training["enrolled"]}
        raise Conflict("training.quota_below_enrolled", pointer="/quota", members=taken, **taken)
    written = await TRAININGS.update(tx, training, {**training, **whole.model_dump(), **place})
    if written["village_id"] != training["village_id"]:
        await _move_what_is_below(tx, written)
    return written


async def remove(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Take a training out of the register; 409 `training.in_use` names its enrolments and follow-ups."""
    training = await held(tx, id)
    if expected:
        expected.check(training["version"])
    found = await references(tx, "training", id)
    if found:
        raise Conflict("training.in_use", pointer="/path/id", members={"references": found})
    await TRAININGS.delete(tx, training)
    return training


async def _move_what_is_below(tx: Transaction, training: State) -> None:
    place = {name: training[name] for name in ("village_id", "village_code")}
    for register, of_training in _BELOW:
        for row in await tx.fetch(of_training, {"training_id": training["id"]}):
            thing = register.state(row)
            await register.update(tx, thing, {**thing, **place})


async def _place(
    tx: Transaction, *, code: str | None, name: str | None = None, now: State | None = None
) -> State:
    if now is not None and code == now["village_code"]:
        return {name: now[name] for name in ("village_id", *PLACE)}
    return placed(await villages.meant(tx, code=code, name=name))


async def _checked(
    tx: Transaction, said: TrainingInput, place: Awaitable[State], *, before: State | None = None
) -> State:
    """The place, if time and money of the training hold there; raises `Invalid` with every fault found."""
    faults = [Fault("/status", "training.not_over")] if _is_not_over(said, tx.act.today) else []
    with told_first(faults):
        found = await place
    faults += await _wrongly_paid(tx, said, found, before)
    if faults:
        raise Invalid(faults)
    return found


def _is_not_over(said: TrainingInput, today: str) -> bool:
    latest = said.ends_on or said.starts_on or f"{said.year:04}-01-01"
    return said.status == "selesai" and latest > today


async def _wrongly_paid(
    tx: Transaction, said: TrainingInput, place: State, before: State | None
) -> list[Fault]:
    standing: Sequence[Any] = ()
    if before and (before["village_id"], before["year"]) == (place["village_id"], said.year):
        # What stands in the register is not judged again because another field was changed.
        standing = before["funds"]
    asked = [
        (index, fund.fiscal_year or said.year)
        for index, fund in enumerate(said.funds)
        if fund.source == DANA_DESA and fund.model_dump() not in standing
    ]
    eras = await _eras(tx, place) if asked else []
    return [
        Fault(f"/funds/{index}/source", "training.dana_desa_kelurahan")
        for index, year in asked
        if not was_desa(year, eras)
    ]


async def _eras(tx: Transaction, place: State) -> list[Era]:
    rows = await tx.fetch(queries.codes_given_up, {"village_id": place["village_id"]})
    return [
        *(Era(kind_of(code), ended_on) for code, ended_on in rows),
        Era(kind_of(place["village_code"]), None),
    ]
