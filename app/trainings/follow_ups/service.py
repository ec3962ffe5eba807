"""What the office does after a training: record, amend, remove; nothing is told as done before its day has come."""

from typing import Any

from app.database import Transaction
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.fields import in_future
from app.http.merge import merged
from app.http.problems import Invalid
from app.trainings.below import below
from app.trainings.follow_ups.schemas import FollowUpInput, NewFollowUp
from app.trainings.follow_ups.tables import FOLLOW_UPS
from app.trainings.service import held

MAY_LIE_AHEAD = frozenset({"rencana", "dibatalkan"})


async def record(tx: Transaction, training_id: str, new: NewFollowUp, *, id: str | None = None) -> State:
    """Enter what was done, or is planned, after a training, under an id that was made elsewhere or a new one."""
    _check_day(new, tx.act.today)
    training = await held(tx, training_id)
    place = {name: training[name] for name in ("village_id", "village_code")}
    return await FOLLOW_UPS.create(
        tx, {**new.model_dump(), **place, "id": id or new_id(), "training_id": training_id}
    )


async def amend(
    tx: Transaction, training_id: str, id: str, patch: Any, expected: Expectation | None
) -> State:
    """Change what is known of a follow-up: the plan that was carried out, the note that came later."""
    await held(tx, training_id)
    follow_up = await below(tx, FOLLOW_UPS, training_id, id)
    if expected:
        expected.check(follow_up["version"])
    whole = merged(FOLLOW_UPS, FollowUpInput, follow_up, patch, reach=None)
    _check_day(whole, tx.act.today)
    return await FOLLOW_UPS.update(tx, follow_up, {**follow_up, **whole.model_dump()})


async def remove(tx: Transaction, training_id: str, id: str, expected: Expectation | None) -> State:
    """Take a follow-up out of the register."""
    await held(tx, training_id)
    follow_up = await below(tx, FOLLOW_UPS, training_id, id)
    if expected:
        expected.check(follow_up["version"])
    await FOLLOW_UPS.delete(tx, follow_up)
    return follow_up


def _check_day(said: FollowUpInput, today: str) -> None:
    if said.status not in MAY_LIE_AHEAD and (faults := in_future(today, {"/held_on": said.held_on})):
        raise Invalid(faults)
