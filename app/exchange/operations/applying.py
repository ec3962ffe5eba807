"""Each operation of an outbox is tried in a transaction of its own, in order, by the verbs of the single endpoints.

Law: what is remembered of an operation is written with its effect. What had no effect, a refusal or a conflict, is
judged anew whenever it is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.database import ConstraintBroken, Outrun, Transaction, Unfit
from app.database.register import State
from app.exchange.operations import keeping
from app.exchange.operations.differing import Difference, differences
from app.exchange.operations.keeping import Done
from app.exchange.operations.reading import Read, Sent
from app.http.ask import Ask
from app.http.conditional import Expectation
from app.http.problems import Conflict, Fault, PreconditionFailed, PreconditionRequired, Refusal
from app.http.turned_down import turned_down


@dataclass(frozen=True, slots=True)
class Effect:
    """What an operation did, now or when it was sent before; `state` where it wrote one now."""

    done: Done
    replayed: bool = False
    state: State | None = None


class Stale(Exception):
    """The thing is no longer at the version that the operation expects, and says something else than it wants."""

    def __init__(self, state: State, found: Sequence[Difference]) -> None:
        super().__init__()
        self.state = state
        self.differences = found


_PLACES = {"": "", "/header/If-Match": "/expected_version", "/header/Idempotency-Key": "/id"}

Outcome = Effect | Stale | Refusal


async def applied(ask: Ask, outbox: Sequence[Read]) -> list[Outcome]:
    """What becomes of each operation; raises `Unavailable` in the middle when the database does."""
    ids = [one.found.id for one in outbox if isinstance(one.found, Sent)]
    known = await keeping.known(ask.database, ask.caller.id, ids)
    return [await _outcome(ask, one, known.get(one.id or "")) for one in outbox]


async def _outcome(ask: Ask, one: Read, known: Done | None) -> Outcome:
    sent = one.found
    if isinstance(sent, Refusal):
        return sent
    try:
        if known is not None:
            return _again(sent, known)
        expected = _expectation(ask, sent)
        return await ask.database.write(ask.act, lambda tx: _once(tx, ask, one, sent, expected))
    except Stale as outcome:
        return outcome
    except Refusal as refusal:
        return _in_the_operation(refusal)
    except (ConstraintBroken, Unfit) as raised:
        return _in_the_operation(turned_down(ask, raised))


def _in_the_operation(refusal: Refusal) -> Refusal:
    """The refusal of the single request, its pointers turned to where the same stands in an operation."""
    refusal.faults = tuple(Fault(_place(one.pointer), one.code, one.facts) for one in refusal.faults)
    return refusal


def _place(pointer: str) -> str:
    if pointer.startswith("/path/"):
        return "/resource_id"
    return _PLACES.get(pointer, f"/data{pointer}")


def _again(sent: Sent, known: Done) -> Effect:
    if not known.is_told_by(sent.fingerprint):
        raise Conflict("operation.other_body", pointer="/header/Idempotency-Key")
    return Effect(known, replayed=True)


async def _once(tx: Transaction, ask: Ask, one: Read, sent: Sent, expected: Expectation | None) -> Effect:
    known = await keeping.recall(tx, ask.caller.id, sent.id)
    if known is not None:
        return _again(sent, known)
    state, written = await _performed(tx, sent, expected, ask.caller.personal_reach)
    version = state["version"] + (sent.action == "delete")
    done = Done(sent.fingerprint, one.type or "", one.resource_id or "", version)
    await keeping.keep(tx, ask.caller.id, sent.id, done)
    return Effect(done, state=state if written else None)


async def _performed(
    tx: Transaction, sent: Sent, expected: Expectation | None, reach: str | None
) -> tuple[State, bool]:
    """The state after the operation, of a delete the one before it; and whether the operation wrote that state."""
    kind = sent.kind
    if sent.action == "create":
        return await kind.create(tx, sent.address, sent.told), True
    try:
        if sent.action == "delete":
            return await kind.remove(tx, sent.address, expected), False
        state = await kind.amend(tx, sent.address, sent.told, expected, reach)
        return state, state["updated_at"] == tx.act.at
    except PreconditionFailed:
        now = await kind.find(tx, sent.address)
        if now is None:
            raise Outrun from None  # removed since the verb looked: it looks again and says so
        found = await differences(tx, sent, now, reach)
        if found or sent.action == "delete":
            raise Stale(now, found) from None
        return now, False  # somebody else has brought about what the client wants


def _expectation(ask: Ask, sent: Sent) -> Expectation | None:
    if sent.expected_version is not None:
        return Expectation(any=False, versions=frozenset({sent.expected_version}))
    if sent.action != "create" and ask.place.settings.require_if_match:
        raise PreconditionRequired("operation.version_required", pointer="/header/If-Match")
    return None
