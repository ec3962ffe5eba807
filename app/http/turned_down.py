"""A write that the database turned down is a refusal like any other, in the words of the feature that it concerns."""

import structlog

from app.database import ConstraintBroken, Unfit
from app.http.ask import Ask
from app.http.problems import Conflict, Refusal, invalid

_log = structlog.get_logger("berdaya.request")


def turned_down(ask: Ask, raised: ConstraintBroken | Unfit) -> Refusal:
    """The refusal for a broken constraint, or for a value that the engine cannot hold."""
    if isinstance(raised, Unfit):
        return invalid("", "value.invalid")
    told = ask.place.constraints.get(raised.name)
    if told is None:
        _log.warning("constraint", request_id=ask.request_id, constraint=raised.name)
        return Conflict("conflict.constraint")
    code, _, pointer = told.partition(" ")
    return Conflict(code, pointer=pointer)
