"""What became of an outbox, as its sender is told: each operation at its place, with its problem or its conflicts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import orjson

from app.database.register import Register, State
from app.exchange.operations.applying import Effect, Outcome, Stale
from app.exchange.operations.differing import Difference
from app.exchange.operations.reading import Read, Sent
from app.http.answers import Answer, json_answer
from app.http.ask import Ask
from app.http.catalogue import TEXTS, Language
from app.http.problems import Refusal, errors_in
from app.http.readings import note, reading_of

_COUNTED = {"applied": "applied", "replayed": "replayed", "conflicts": "conflict", "refused": "refused"}


def told(ask: Ask, outbox: Sequence[Read], outcomes: Sequence[Outcome]) -> Answer:
    """The answer with a result for every operation."""
    results = [_result(ask, one, outcome) for one, outcome in zip(outbox, outcomes, strict=True)]
    counts = Counter(result["status"] for result in results)
    return json_answer({**{name: counts[fate] for name, fate in _COUNTED.items()}, "results": results})


async def put_on_record(ask: Ask, outbox: Sequence[Read], outcomes: Sequence[Outcome]) -> None:
    """Leave the audit rows of what the conflicts show of people; what an operation wrote has its row already."""
    shown: dict[Register, list[State]] = defaultdict(list)
    for one, outcome in zip(outbox, outcomes, strict=True):
        if isinstance(one.found, Sent) and isinstance(outcome, Stale):
            register = one.found.kind.register
            personal = (found for found in outcome.differences if found.field in register.personal)
            if any(found.theirs is not None for found in personal):
                shown[register].append(outcome.state)
    for register, states in shown.items():
        await note(ask, reading_of(register, states))


def _result(ask: Ask, one: Read, outcome: Outcome) -> dict[str, Any]:
    head = {"index": one.index, "id": one.id}
    about = {"type": one.type, "resource_id": one.resource_id}
    if isinstance(outcome, Refusal):
        problem = _problem(outcome, ask.language)
        return {**head, "status": "refused", **about, "version": None, "problem": problem}
    if isinstance(outcome, Stale):
        found = [_difference(one) for one in outcome.differences]
        version = outcome.state["version"]
        return {**head, "status": "conflict", **about, "version": version, "conflicts": found}
    status = "replayed" if outcome.replayed else "applied"
    result = {**head, "status": status, **about, "version": outcome.done.version}
    return {**result, **_shown(ask, one, outcome)}


def _shown(ask: Ask, one: Read, effect: Effect) -> dict[str, Any]:
    if effect.state is None or not isinstance(one.found, Sent):
        return {}
    register, state = one.found.kind.register, effect.state
    clear = register.reveals(state, ask.caller.personal_reach)
    document = register.clear_document(state) if clear else register.document(state)
    return {"data": orjson.Fragment(document)}


def _difference(found: Difference) -> dict[str, Any]:
    shown = {"field": found.field, "yours": found.yours, "theirs": found.theirs}
    if found.base:
        shown["base"] = found.base[0]
    return {**shown, "masked": True} if found.masked else shown


def _problem(refusal: Refusal, language: Language) -> dict[str, Any]:
    return {
        "status": refusal.status,
        "code": refusal.code,
        "detail": TEXTS[refusal.code].say(language, refusal.facts),
        "errors": errors_in(refusal, language),
        **refusal.members,
    }
