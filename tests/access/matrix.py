"""How each operation is asked in the matrix, and what it answers to whoever may do it and reaches the thing.

Law: every operation under /v1 has a line. A write is asked so that it is refused behind the question of who may do it
(412 by an If-Match that no version has, 409 by what is there already), or makes a thing that is in nobody's way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.people import OTHER, PASSWORD
from tests.access.things import MISSING, NUMBERS, SCORES, Things

Body = Callable[[Things], Any]


@dataclass(frozen=True, slots=True)
class Line:
    """What an operation answers where it is allowed (`reached`), and what is sent to it.

    `placed`: the caller's region bounds it, so beyond that it answers as for what is missing. `thing`: its address
    names a thing that may be missing.
    """

    reached: int
    body: Body | None = None
    placed: bool = False
    thing: bool = False
    query: str = ""


def _reading(*, thing: bool = False, query: str = "", reached: int = 200) -> Line:
    return Line(reached, thing=thing, query=query)


def _writing(body: Any = None, reached: int = 412, *, thing: bool = True) -> Line:
    told = body if body is None or callable(body) else lambda things: body
    return Line(reached, told, placed=True, thing=thing)


def _new(**told: Any) -> Body:
    return lambda things: {"village_code": things.village, **told}


def _event(things: Things) -> dict[str, Any]:
    told = {"milestone": "rat", "outcome": "achieved", "occurred_on": "2025-06-30"}
    return {"event_id": f"contoh-{next(NUMBERS)}", **told}


def _batch(things: Things) -> dict[str, Any]:
    return {"events": [{**_event(things), "cooperative": {"id": things.ids["cooperatives"]}}]}


def _named(**told: Any) -> Body:
    return lambda things: {"name": f"contoh {next(NUMBERS)}", **told}


UNDONE = {"id": MISSING, "action": "delete", "type": "ukm", "resource_id": MISSING, "expected_version": 1}
TARGET = {"target_status": "mandiri"}
VILLAGE, YEAR = "/v1/villages/{code}", "/v1/villages/{code}/idm/{year}"
COOPERATIVE, UKM, TRAINING = "/v1/cooperatives/{id}", "/v1/ukms/{id}", "/v1/trainings/{id}"
ENROLMENT, FOLLOW_UP = f"{TRAINING}/enrolments/{{enrolment_id}}", f"{TRAINING}/follow-ups/{{follow_up_id}}"

LINES: dict[str, Line] = {
    **dict.fromkeys(
        (
            "GET /v1/regions",
            "GET /v1/regions/{code}",
            "GET /v1/villages",
            "GET /v1/cooperatives",
            "GET /v1/legality-conflicts",
            "GET /v1/ukms",
            "GET /v1/groups",
            "GET /v1/trainings",
            "GET /v1/changes",
            "GET /v1/imports",
            "GET /v1/imports/{kind}/template.xlsx",
            "GET /v1/changes/snapshot",
            "GET /v1/index-editions",
            "GET /v1/index-editions/{edition}",
            "GET /v1/idm/audits",
            "GET /v1/reports/legality-stalled",
            "GET /v1/reports/legality.svg",
            "GET /v1/tokens",
            "GET /v1/webhook-subscriptions",
            "GET /v1/users",
            "GET /v1/audit",
            "GET /v1/changes",
            "GET /v1/changes/snapshot",
        ),
        _reading(),
    ),
    **dict.fromkeys(
        (
            f"GET {VILLAGE}",
            f"GET {VILLAGE}/idm",
            f"GET {YEAR}",
            f"GET {YEAR}/audit",
            f"GET {YEAR}/evidence",
            f"GET {YEAR}/explanation",
            f"GET {YEAR}/recommendations",
            f"GET {COOPERATIVE}",
            f"GET {COOPERATIVE}/legality",
            f"GET {COOPERATIVE}/legality-events",
            f"GET {COOPERATIVE}/legality-events/{{event_id}}",
            "GET /v1/legality-conflicts/{id}",
            f"GET {UKM}",
            f"GET {UKM}/years",
            f"GET {UKM}/years/{{year}}",
            "GET /v1/groups/{id}",
            f"GET {TRAINING}",
            f"GET {TRAINING}/enrolments",
            f"GET {ENROLMENT}",
            f"GET {TRAINING}/follow-ups",
            f"GET {FOLLOW_UP}",
        ),
        _reading(thing=True),
    ),
    **dict.fromkeys(
        (
            "GET /v1/reports/idm-status",
            "GET /v1/reports/idm-status.svg",
            "GET /v1/reports/inequality",
        ),
        _reading(query="?year=2024"),
    ),
    **dict.fromkeys(
        (
            "GET /v1/reports/idm-transitions",
            "GET /v1/reports/idm-transitions.svg",
            "GET /v1/reports/training-impact",
        ),
        _reading(query="?from=2023&to=2024"),
    ),
    "GET /v1/reports/legality": _reading(query="?as_of=2025-12-31"),
    # There is none of these, so whoever may ask learns only that.
    **dict.fromkeys(
        (
            "GET /v1/legality-events/receipts/{event_id}",
            "GET /v1/tokens/{id}",
            "GET /v1/webhook-subscriptions/{id}",
            "GET /v1/webhook-subscriptions/{id}/deliveries",
            "GET /v1/users/{id}",
            "GET /v1/imports/{id}",
            "GET /v1/imports/{id}/annotated",
        ),
        _reading(reached=404),
    ),
    "POST /v1/idm/calculations": Line(200, lambda things: SCORES),
    "POST /v1/index-editions/{edition}/calculations": Line(200, lambda things: {"scores": SCORES}),
    f"POST {YEAR}/simulations": Line(200, lambda things: {"changes": {"ikl_02": 5}}, thing=True),
    f"POST {YEAR}/plans": Line(200, lambda things: TARGET, thing=True),
    "POST /v1/index-editions/{edition}/plans": Line(200, lambda things: {**TARGET, "scores": SCORES}),
    "POST /v1/villages": _writing(
        lambda things: {"code": things.village, "name": "Contoh"}, 409, thing=False
    ),
    f"PATCH {VILLAGE}": _writing({"households": 1}),
    f"POST {VILLAGE}/recode": _writing(
        lambda things: {"new_code": things.village, "effective_on": "2026-01-01", "legal_basis": "Contoh"}
    ),
    f"DELETE {VILLAGE}": _writing(),
    f"PUT {YEAR}": _writing({**SCORES, "source": "Contoh"}),
    f"DELETE {YEAR}": _writing(),
    "POST /v1/cooperatives": _writing(
        lambda things: {
            "name": f"Koperasi Contoh {things.village}",
            "kind": "lainnya",
            "village_code": things.village,
        },
        409,
        thing=False,
    ),
    f"PATCH {COOPERATIVE}": _writing({"members_male": 1}),
    f"DELETE {COOPERATIVE}": _writing(),
    f"POST {COOPERATIVE}/legality-events": _writing(_event, 201),
    "POST /v1/legality-events": Line(200, _batch),
    "POST /v1/webhooks/legality/{source}": Line(401, _batch),
    "POST /v1/legality-conflicts/{id}/resolution": _writing(
        lambda things: {"holder": things.ids.get("cooperatives", MISSING), "reason": "Contoh"}, 201
    ),
    "POST /v1/ukms": _writing(_new(name="Contoh", owner_kind="kelompok"), 201, thing=False),
    f"PATCH {UKM}": _writing({"members": 1}),
    f"DELETE {UKM}": _writing(),
    f"PUT {UKM}/years/{{year}}": _writing({"sales_idr": 2}),
    f"DELETE {UKM}/years/{{year}}": _writing(),
    "POST /v1/groups": _writing(_new(name="Contoh", kind="kelompok_usaha"), 201, thing=False),
    "PATCH /v1/groups/{id}": _writing({"members_male": 1}),
    "DELETE /v1/groups/{id}": _writing(),
    "POST /v1/trainings": _writing(_new(title="Contoh", focus="kewirausahaan", year=2024), 201, thing=False),
    f"PATCH {TRAINING}": _writing({"topic": "Contoh"}),
    f"DELETE {TRAINING}": _writing(),
    f"POST {TRAINING}/enrolments": _writing(lambda things: {"ukm_id": things.ids.get("ukms", MISSING)}, 409),
    f"PATCH {ENROLMENT}": _writing({"attended": True}),
    f"DELETE {ENROLMENT}": _writing(),
    f"POST {TRAINING}/follow-ups": _writing({"held_on": "2024-11-20", "kind": "pendampingan"}, 201),
    f"PATCH {FOLLOW_UP}": _writing({"note": "Contoh"}),
    f"DELETE {FOLLOW_UP}": _writing(),
    # Each operation is judged alone, by the rules of the single request; see tests/exchange.
    "POST /v1/operations": Line(200, lambda things: {"operations": [UNDONE]}),
    "POST /v1/imports/{kind}": Line(415, _batch),
    "POST /v1/imports/{id}/undo": Line(404),
    "POST /v1/webhook-subscriptions": Line(201, lambda things: {"url": "https://8.8.8.8/contoh"}),
    "PATCH /v1/webhook-subscriptions/{id}": Line(404, lambda things: {"enabled": False}),
    "DELETE /v1/webhook-subscriptions/{id}": Line(404),
    "POST /v1/webhook-subscriptions/{id}/secret": Line(404, lambda things: {}),
    "POST /v1/webhook-subscriptions/{id}/test": Line(404),
    "POST /v1/webhook-subscriptions/{id}/replay": Line(404, lambda things: {}),
    "POST /v1/webhook-subscriptions/{id}/deliveries/{delivery_id}/replay": Line(404),
    "POST /v1/tokens": Line(201, _named(role="viewer")),
    "DELETE /v1/tokens/{id}": Line(404),
    "POST /v1/users": Line(201, _named(role="viewer", password=PASSWORD)),
    "PATCH /v1/users/{id}": Line(404, lambda things: {"role": "viewer"}),
    "DELETE /v1/users/{id}": Line(404),
    # A token is no session: nobody has signed in with it, so there is nothing to change or to end.
    "PUT /v1/users/me/password": Line(404, lambda things: {"current": PASSWORD, "new": OTHER}),
    "POST /v1/sessions": Line(401, _named(password=PASSWORD)),
    # It takes a form, and this is none.
    "POST /v1/sessions/oauth": Line(415, _named(password=PASSWORD)),
    "DELETE /v1/sessions/current": Line(404),
}
