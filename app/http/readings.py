"""What an answer shows of people is put on record before its first byte leaves; what it hides costs nothing."""

from collections.abc import Sequence

from app.database.readings import OF_A_LIST, Reading, record, region_of
from app.database.register import Register, State
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.conditional import unchanged


def reading_of(register: Register, states: Sequence[State]) -> Reading | None:
    """The reading of a list that shows these states in the clear; None when it shows none."""
    if not states:
        return None
    codes = [None if register.village_code is None else state[register.village_code] for state in states]
    return Reading(
        type=register.type,
        fields=register.personal,
        id="",
        version=OF_A_LIST,
        village_code=region_of(codes),
        ids=tuple(state[register.identity] for state in states),
    )


async def leave(ask: Ask, answer: Answer) -> None:
    """Put on record what an answer shows in the clear, unless no body goes out; raises `Unavailable`."""
    if answer.reading is None:
        return
    tag = answer.etag if ask.method == "GET" and answer.status == 200 else None
    if not (tag and unchanged(ask.raw.get(b"if-none-match"), tag)):
        await note(ask, answer.reading)


async def note(ask: Ask, reading: Reading | None) -> None:
    """Put a reading on record, unless only the headers were asked for."""
    if reading is not None and ask.method != "HEAD":
        await record(ask.database, ask.act, reading)
