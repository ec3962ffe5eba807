"""Where a replica takes reads, whoever wrote reads what they wrote.

An answer to a write says where in the log it stands (`Berdaya-Read-After`); who sends that along is answered from there
on, by the replica or the primary. Who sends nothing reads from the primary until no replica in use can lack it.
Law: only operations that ask for the permission to read, and are not told to be `newest`, go to the replica.
"""

import re
import time

from app.database.replica import Replicated
from app.database.standby import STALE_SECONDS
from app.http.answers import Answer, Header
from app.http.ask import Ask

HEADER = "Berdaya-Read-After"
_RAW = HEADER.lower().encode()
_FORM = re.compile(rb"[0-9A-F]{1,16}")


async def answer_beside(ask: Ask, replicated: Replicated) -> Answer:
    """The answer of an operation, where there is a replica."""
    operation = ask.operation
    if operation.beside:
        ask.source = replicated.beside(_after(ask))
        return await operation.answer(ask)
    if not operation.writes:
        return await operation.answer(ask)
    try:
        answer = await operation.answer(ask)
    finally:
        # Also of a write that failed: its commit may have been on its way.
        if ask.caller.id:
            ask.place.limits.note(_wrote(ask), now=time.time())
    answer.headers += await _position(replicated)
    return answer


def _after(ask: Ask) -> int | None:
    """From where the caller must see everything: 0 from anywhere, None what was committed last.

    What is no position of ours asks for the last, which is right for whatever it was meant to be.
    """
    given = ask.raw.get(_RAW)
    if given is not None:
        return int(given, 16) if _FORM.fullmatch(given) else None
    caller = ask.caller.id
    if caller and time.time() - ask.place.limits.noted(_wrote(ask)) < STALE_SECONDS:
        return None
    return 0


def _wrote(ask: Ask) -> str:
    return f"wrote {ask.caller.id}"


async def _position(replicated: Replicated) -> list[Header]:
    position = await replicated.position()
    return [] if position is None else [(_RAW, f"{position:X}".encode())]
