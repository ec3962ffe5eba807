"""How the state that a service gives back becomes the answer to a write."""

from collections.abc import Callable
from typing import NamedTuple

from app.database.register import Register, State
from app.http.answers import Answer, Present, representation


def created(register: Register, path: str) -> Present:
    """201 with the representation and its address below `path`."""

    def present(state: State, reach: str | None) -> Answer:
        answer = representation(register, state, reach, status=201)
        answer.headers.append((b"location", f"{path}/{state[register.key]}".encode()))
        return answer

    return present


def shown(register: Register) -> Present:
    """200 with the representation."""

    def present(state: State, reach: str | None) -> Answer:
        return representation(register, state, reach)

    return present


class Put(NamedTuple):
    """The state after a PUT, and whether it was the first there."""

    state: State
    first: bool


def put(register: Register, address: str) -> Callable[[Put, str | None], Answer]:
    """201 with its address the first time, 200 from then on."""

    def present(written: Put, reach: str | None) -> Answer:
        answer = representation(register, written.state, reach, status=201 if written.first else 200)
        if written.first:
            answer.headers.append((b"location", address.encode()))
        return answer

    return present


def gone(state: object, reach: str | None) -> Answer:
    """204 with nothing."""
    return Answer(status=204, cache=b"no-store")
