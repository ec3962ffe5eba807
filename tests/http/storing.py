"""For every POST that stores, requests that each have an effect: nobody and nothing in them is real."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from tests.access.matrix import LINES
from tests.access.things import NUMBERS, Things

Body = dict[str, Any]
Builder = Callable[[httpx.AsyncClient, Things], Awaitable[Body]]


async def _village(office: httpx.AsyncClient, things: Things) -> Body:
    return {"code": f"64.02.04.2{500 + next(NUMBERS)}", "name": "Contoh"}


async def _recoding(office: httpx.AsyncClient, things: Things) -> Body:
    new = f"64.02.04.2{500 + next(NUMBERS)}"
    return {"new_code": new, "effective_on": "2026-01-01", "legal_basis": "Contoh"}


async def _cooperative(office: httpx.AsyncClient, things: Things) -> Body:
    return {"name": f"Koperasi {next(NUMBERS)}", "kind": "lainnya", "village_code": things.village}


async def _enrolment(office: httpx.AsyncClient, things: Things) -> Body:
    group = {"name": "Contoh", "kind": "kelompok_usaha", "village_code": things.village}
    return {"group_id": (await office.post("/v1/groups", json=group)).json()["id"]}


async def _resolution(office: httpx.AsyncClient, things: Things) -> Body:
    return {"holder": things.ids["cooperatives"], "reason": f"Contoh {next(NUMBERS)}"}


async def _subscription(office: httpx.AsyncClient, things: Things) -> Body:
    return {"url": f"https://8.8.8.8/{next(NUMBERS)}"}


async def _rotation(office: httpx.AsyncClient, things: Things) -> Body:
    return {"overlap_hours": next(NUMBERS) % 700}


_OWN: dict[str, Builder] = {
    "/v1/villages": _village,
    "/v1/webhook-subscriptions": _subscription,
    "/v1/webhook-subscriptions/{id}/secret": _rotation,
    "/v1/villages/{code}/recode": _recoding,
    "/v1/cooperatives": _cooperative,
    "/v1/trainings/{id}/enrolments": _enrolment,
    "/v1/legality-conflicts/{id}/resolution": _resolution,
}
_NAMED = {
    "/v1/ukms": "name",
    "/v1/groups": "name",
    "/v1/trainings": "title",
    "/v1/trainings/{id}/follow-ups": "note",
}


async def body_of(path: str, office: httpx.AsyncClient, things: Things) -> Body:
    """What can be sent to a storing POST, another thing each time; the matrix of access knows most of it."""
    if path in _OWN:
        return await _OWN[path](office, things)
    line = LINES[f"POST {path}"]
    assert line.body is not None, f"the matrix says what is sent to {path}"
    body: Body = line.body(things)
    return {**body, _NAMED[path]: f"Contoh {next(NUMBERS)}"} if path in _NAMED else body
