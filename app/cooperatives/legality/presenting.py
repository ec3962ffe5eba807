"""How what became of events, and what they add up to, is answered."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from app.cooperatives.ledger import Case, Claim, Legality, conflicts
from app.cooperatives.ledger_view import describe, describe_case, describe_history
from app.cooperatives.legality import queries
from app.cooperatives.legality.service import Told
from app.cooperatives.legality.standing import resolution_of
from app.cooperatives.legality.tables import EVENTS, RESOLUTIONS
from app.database.register import State
from app.http.answers import PROBLEM, Answer, json_answer, tagged
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.problems import Conflict, NotFound, Refusal, document, errors_in

_COUNTED = {
    "applied": "applied",
    "duplicates": "duplicate",
    "conflicts": "conflict",
    "rejected": "rejected",
    "waiting": "waiting",
}


def applied(ask: Ask, address: str) -> Callable[[Sequence[Told], str | None], Answer]:
    """201 for a new event, 200 for one told before, 409 for another body under its id; raises what rejected it."""

    def present(told: Sequence[Told], reach: str | None) -> Answer:
        (one,) = told
        if one.refusal is not None or one.state is None:
            raise one.refusal or Conflict("conflict.constraint")
        if one.status == "conflict":
            return _kept_beside(ask, one)
        shown = {name: one.state.get(name) for name in EVENTS.fields}
        times = {"version": 1, "created_at": one.state["received_at"], "updated_at": one.state["received_at"]}
        body = {**shown, **{name: shown[name] or first for name, first in times.items()}}
        answer = json_answer({**body, "legality_stage": one.stage, "conflict": one.conflict})
        answer.etag = str(body["version"])
        if one.status != "duplicate":
            answer.status = 201
            answer.headers.append((b"location", f"{address}/{one.state['id']}".encode()))
        return answer

    return present


def _kept_beside(ask: Ask, one: Told) -> Answer:
    # Answered, not raised: the other body is kept, so the transaction is to be committed.
    refusal = Conflict("event.other_body", pointer="/event_id")
    body = document(refusal, instance=ask.url_path, request_id=ask.request_id, language=ask.language)
    return Answer(status=409, body=body, media=PROBLEM, cache=b"no-store")


def pushed(ask: Ask) -> Callable[[Sequence[Told], str | None], Answer]:
    """What became of each event of a batch."""
    language = ask.language

    def present(told: Sequence[Told], reach: str | None) -> Answer:
        counts = Counter(one.status for one in told)
        totals = {name: counts[status] for name, status in _COUNTED.items()}
        return json_answer({**totals, "results": [_result(one, language) for one in told]})

    return present


def _result(one: Told, language: Language) -> dict[str, Any]:
    state = one.state or {}
    result = {
        "index": one.index,
        "event_id": one.event_id,
        "status": one.status,
        "cooperative_id": state.get("cooperative_id"),
        "legality_stage": one.stage,
        "conflict": one.conflict,
    }
    return {**result, "problem": _problem(one.refusal, language)} if one.refusal else result


def _problem(refusal: Refusal, language: Language) -> dict[str, Any]:
    return {"code": refusal.code, "errors": errors_in(refusal, language)}


def standing(ask: Ask, cooperative_id: str, legality: Legality) -> Answer:
    """The legality of a cooperative with its history, in the caller's language."""
    language = ask.language
    told = {
        "cooperative_id": cooperative_id,
        **describe(legality, language),
        "history": describe_history(legality),
    }
    answer = json_answer(told, cache=b"no-cache")
    answer.vary = b"Accept, Accept-Encoding, Accept-Language"
    answer.headers.append((b"content-language", language.encode()))
    return tagged(answer)


async def cases(ask: Ask, *, region: str | None, state: str | None) -> Answer:
    """Every contested number, those with a claimant in a region where one is asked for."""
    rows = await ask.database.fetch(queries.contested, {})
    claims = [Claim(*row[:3]) for row in rows]
    places = {row[2]: row[3] for row in rows}
    decisions = [
        resolution_of(RESOLUTIONS.state(row)) for row in await ask.database.fetch(queries.every_decision, {})
    ]
    chosen = [
        describe_case(case)
        for case in conflicts(claims, decisions)
        if (state is None or case.state == state)
        and (region is None or any(places[one].startswith(region) for one in case.claimants))
    ]
    return tagged(json_answer({"items": chosen, "next_cursor": None}, cache=b"no-cache"))


async def _cases(ask: Ask) -> Sequence[Case]:
    claims = [Claim(*row[:3]) for row in await ask.database.fetch(queries.contested, {})]
    decided = await ask.database.fetch(queries.every_decision, {})
    return conflicts(claims, [resolution_of(RESOLUTIONS.state(row)) for row in decided])


async def one_case(ask: Ask, id: str) -> Answer:
    """One contested number; 404 `conflict.not_found` when nobody contests it."""
    for case in await _cases(ask):
        if case.id == id:
            return json_answer(describe_case(case), cache=b"no-cache")
    raise NotFound("conflict.not_found", pointer="/path/id")


def resolved(decision: State, reach: str | None) -> Answer:
    """201 with the decision, at the address of its case."""
    answer = json_answer({name: decision[name] for name in RESOLUTIONS.fields}, status=201)
    answer.etag = str(decision["version"])
    answer.headers.append((b"location", f"/v1/legality-conflicts/{decision['conflict_id']}".encode()))
    return answer
