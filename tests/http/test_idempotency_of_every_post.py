"""Every POST that stores honours an Idempotency-Key: read off the application, so a new one is held to it too."""

import asyncio
from typing import Any

import httpx
from sqlalchemy import bindparam, distinct, func, select

from app.database import Database, Statement
from app.database.ledgers import audit, kept_answers
from app.http.operation import Operation
from app.main import Berdaya
from tests.access.things import OWN, Things, placed
from tests.conftest import Callers
from tests.http.storing import body_of

NOT_BY_KEY = {
    # Known by the `id` of each operation, without end.
    "/v1/operations",
    # Known by its `webhook-id`, for thirty days.
    "/v1/webhooks/legality/{source}",
}
STATELESS = {
    "/v1/idm/calculations",
    "/v1/index-editions/{edition}/calculations",
    "/v1/villages/{code}/idm/{year}/simulations",
    "/v1/villages/{code}/idm/{year}/plans",
    "/v1/index-editions/{edition}/plans",
    # Signing in gives a secret each time it succeeds; there is nothing to find again.
    "/v1/sessions",
    "/v1/sessions/oauth",
}
OF_A_FILE = {
    # A job: what is answered is how far it is by now. `tests/exchange/imports` holds it to its key.
    "/v1/imports/{kind}",
    "/v1/imports/{id}/undo",
}
OF_A_NOTICE = {
    # Notices are no deeds on the register and leave no row in its trail; `tests/changes/webhooks` holds them to keys.
    "/v1/webhook-subscriptions/{id}/test",
    "/v1/webhook-subscriptions/{id}/replay",
    "/v1/webhook-subscriptions/{id}/deliveries/{delivery_id}/replay",
}
SHOWS_A_SECRET = {"/v1/tokens", "/v1/webhook-subscriptions", "/v1/webhook-subscriptions/{id}/secret"}
UNTOLD = ("x-request-id", "idempotent-replayed")

_done = Statement(
    # A replay that shows somebody's data leaves the row of a reading, which is no effect.
    select(func.count(distinct(audit.c.request_id))).where(
        audit.c.action == bindparam("action"), ~audit.c.after.like('{"read"%')
    )
)
_bodies = Statement(select(kept_answers.c.body))


def posts(application: Berdaya) -> list[Operation]:
    return [one for one in application.operations if "POST" in one.verbs]


async def test_every_post_takes_a_key_unless_it_stores_nothing_or_is_known_otherwise(
    application: Berdaya,
) -> None:
    assert {one.path for one in posts(application) if not one.stores} == NOT_BY_KEY | STATELESS


async def effects(database: Database, operation: Operation) -> int:
    """How many requests to an operation have written something, by the audit trail."""
    return int((await database.fetch(_done, {"action": operation.name}))[0][0])


async def insist(client: httpx.AsyncClient, address: str, key: str, body: Any) -> httpx.Response:
    """The answer that is not about haste."""
    while True:
        answer = await client.post(address, json=body, headers={"idempotency-key": key})
        code = answer.json().get("code")
        if answer.status_code != 503 and code != "idempotency.running":
            return answer
        await asyncio.sleep(0.01)


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """What a caller sees of an answer, apart from whose request it was."""
    headers = {name: value for name, value in answer.headers.items() if name not in UNTOLD}
    return answer.status_code, answer.content, headers


async def holds(
    database: Database,
    office: httpx.AsyncClient,
    other: httpx.AsyncClient,
    operation: Operation,
    things: Things,
) -> dict[str, Any]:
    """What became of a key that was sent six times at once, then with another body, then by another caller."""
    address = things.at(operation.path)
    one, two = [await body_of(operation.path, office, things) for _ in range(2)]
    before = await effects(database, operation)
    answers = await asyncio.gather(*(insist(office, address, "key", one) for _ in range(6)))
    at_once = await effects(database, operation) - before
    changed = await insist(office, address, "key", two)
    theirs = await insist(other, address, "key", two)
    firsts = [
        answer for answer in answers if answer.is_success and "idempotent-replayed" not in answer.headers
    ]
    again = [answer for answer in answers if answer not in firsts]
    return {
        "effects": at_once,
        "firsts": len(firsts),
        "same": all(told(answer) == told(firsts[0]) for answer in again),
        "again": {
            (answer.status_code, answer.json().get("code")) for answer in again if not answer.is_success
        },
        "other body": (changed.status_code, [fault["code"] for fault in changed.json()["errors"]]),
        "other caller": (theirs.is_success, "idempotent-replayed" in theirs.headers),
        "in all": await effects(database, operation) - before,
    }


HELD = {
    "effects": 1,
    "firsts": 1,
    "same": True,
    "again": set(),
    "other body": (422, ["idempotency.other_request"]),
    "other caller": (True, False),
    "in all": 2,
}
ONCE = {**HELD, "same": False, "again": {(409, "secret_shown_once")}}


async def test_a_key_has_one_effect_and_one_answer_at_every_post_that_stores(
    application: Berdaya, database: Database, office: httpx.AsyncClient, callers: Callers
) -> None:
    things = await placed(office, OWN)
    made = await office.post("/v1/webhook-subscriptions", json={"url": "https://8.8.8.8/contoh"})
    things.ids["webhook-subscriptions"] = made.json()["id"]
    other = await callers.holding("admin", name="other")
    apart = OF_A_FILE | OF_A_NOTICE
    storing = [one for one in posts(application) if one.stores and one.path not in apart]

    found = {one.path: await holds(database, office, other, one, things) for one in storing}

    assert found == {one.path: ONCE if one.path in SHOWS_A_SECRET else HELD for one in storing}
    assert not any(
        b"brd_" in bytes(row[0]) or b"whsec_" in bytes(row[0]) for row in await database.fetch(_bodies, {})
    )
