"""Signing in: the same answer for a wrong name and a wrong password, few attempts, and a token that ends."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from sqlalchemy import bindparam, select, update

from app.access import passwords
from app.access.sessions.attempts import ADDRESS, NAME, NAME_AT_ADDRESS
from app.access.tables import TOKENS, tokens
from app.database import Database, Statement, Transaction
from app.database.ledgers import audit
from app.database.words import Instant, Word
from app.http.fair_use import Policy
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.access.people import (
    ANGGANA,
    MUARA_KAMAN,
    OTHER,
    PASSWORD,
    SEPATIN,
    admitted,
    bearing,
    signed_in,
    tried,
)
from tests.conftest import Callers, act_of

_deeds = Statement(
    select(audit.c.action, audit.c.type, audit.c.role, audit.c.actor_name)
    .where(audit.c.actor == bindparam("actor", type_=Word))
    .order_by(audit.c.position)
)
_end = Statement(update(tokens).values(expires_at=bindparam("at", type_=Instant)))


async def test_who_signs_in_may_do_what_their_role_and_region_allow(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    user = await admitted(office)

    answer = await tried(callers, "Contoh Anggana")

    told = answer.json()
    session = bearing(callers, told["token"])
    listed = (await office.get("/v1/tokens?kind=session")).json()["items"]
    assert answer.headers["cache-control"] == "no-store"
    assert told["token"].startswith("brs_")
    assert told["token_type"] == "Bearer"  # noqa: S105  # the kind, not a secret
    assert (told["name"], told["role"], told["region"]) == ("contoh.anggana", "officer", ANGGANA)
    assert [(one["id"], one["user_id"], one["name"]) for one in listed] == [
        (told["id"], user["id"], "contoh.anggana")
    ]
    assert (await session.patch(SEPATIN, json={"households": 1})).status_code == 200
    assert (await session.patch(MUARA_KAMAN, json={"households": 1})).status_code == 404


async def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office)

    wrong = [
        await tried(callers, password=OTHER),
        await tried(callers, "contoh.nobody"),
        await tried(callers, "..."),
        await tried(callers, password="x"),  # noqa: S106  # wrong on purpose
    ]

    bodies = [{**answer.json(), "request_id": ""} for answer in wrong]
    headers = [{**answer.headers, "x-request-id": ""} for answer in wrong]
    assert [answer.status_code for answer in wrong] == [401] * 4
    assert [body["code"] for body in bodies] == ["access.wrong_credentials"] * 4
    assert all(body == bodies[0] for body in bodies)
    assert [len(answer.content) for answer in wrong] == [len(wrong[0].content)] * 4
    assert [header.keys() for header in headers] == [headers[0].keys()] * 4


async def test_an_unknown_name_costs_the_same_hash() -> None:
    stored, nobody = (
        extract_parameters(await passwords.hashed(PASSWORD)),
        extract_parameters(passwords.NOBODY),
    )

    assert stored == nobody
    assert (nobody.type, nobody.memory_cost, nobody.time_cost) == (Type.ID, 19_456, 2)
    assert not await passwords.matches(None, PASSWORD)
    assert not await passwords.matches("no hash at all", PASSWORD)


async def test_a_session_ends_when_its_user_signs_out(office: httpx.AsyncClient, callers: Callers) -> None:
    await admitted(office, role="integrator")
    here, there = await signed_in(callers), await signed_in(callers)

    gone = await here.delete("/v1/sessions/current")

    assert gone.status_code == 204
    assert [(await one.get(SEPATIN)).status_code for one in (here, there)] == [401, 200]
    assert (await here.delete("/v1/sessions/current")).status_code == 401


async def test_whoever_signs_in_is_the_actor_of_what_they_do(
    office: httpx.AsyncClient, database: Database, callers: Callers
) -> None:
    user = await admitted(office)
    session = await signed_in(callers)
    await session.patch(SEPATIN, json={"households": 1})
    await session.delete("/v1/sessions/current")

    rows = await database.fetch(_deeds, {"actor": user["id"]})

    assert [tuple(row) for row in rows] == [
        ("sign_in", "token", "officer", "contoh.anggana"),
        ("amend_village", "village", "officer", "contoh.anggana"),
        ("sign_out", "token", "officer", "contoh.anggana"),
    ]


async def test_a_token_cannot_be_signed_out(office: httpx.AsyncClient, callers: Callers) -> None:
    by_token = await office.delete("/v1/sessions/current")
    by_nobody = await callers.anybody().delete("/v1/sessions/current")

    assert (by_token.status_code, by_token.json()["code"]) == (404, "session.not_found")
    assert by_nobody.status_code == 401
    assert (await office.get("/v1/tokens")).status_code == 200


async def test_an_administrator_ends_a_session_as_any_token(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office)
    session = await signed_in(callers)
    (listed,) = (await office.get("/v1/tokens?kind=session")).json()["items"]

    gone = await office.delete(f"/v1/tokens/{listed['id']}")

    assert gone.status_code == 204
    assert (await session.get(SEPATIN)).status_code == 401


async def test_a_session_past_its_time_opens_nothing_and_goes_when_its_user_comes_again(
    settings: Settings, office: httpx.AsyncClient, database: Database, callers: Callers
) -> None:
    await admitted(office)
    token = (await tried(callers)).json()["token"]
    office_token = office.headers["authorization"].removeprefix("Bearer ")

    async def end(tx: Transaction) -> None:
        await tx.execute(_end, {"at": "2020-01-01T00:00:00.000000Z"})

    async def hold(tx: Transaction) -> None:
        await tx.execute(_end, {"at": "2999-01-01T00:00:00.000000Z"})

    await database.write(act_of("end"), end)
    past = (await bearing(callers, token).get(SEPATIN)).status_code
    again = await tried(callers)
    await database.write(act_of("hold"), hold)

    listed = await bearing(callers, office_token).get("/v1/tokens?kind=session&count=exact")
    assert (past, again.status_code) == (401, 200)
    assert [one["id"] for one in listed.json()["items"]] == [again.json()["id"]]


async def test_a_session_lasts_as_long_as_is_set(settings: Settings) -> None:
    application: Berdaya = create_app(settings.model_copy(update={"session_hours": 2}))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        await admitted(await callers.holding("admin"))
        told = (await tried(callers)).json()
        state = await TOKENS.find(application.place.database, told["id"])
        await callers.leave()

    assert state is not None
    assert int(told["expires_at"][11:13]) == (int(state["created_at"][11:13]) + 2) % 24
    assert told["expires_at"][13:] == state["created_at"][13:]


async def test_the_form_of_an_oauth_client_signs_in_too(office: httpx.AsyncClient, callers: Callers) -> None:
    await admitted(office)
    form = {"grant_type": "password", "username": "contoh.anggana", "password": PASSWORD}
    at = "/v1/sessions/oauth"

    answer = await callers.anybody().post(at, data=form)
    refused = [
        await callers.anybody().post(at, data={**form, "password": OTHER}),
        await callers.anybody().post(at, data={**form, "grant_type": "client_credentials"}),
        await callers.anybody().post(at, data={"grant_type": "password", "username": "contoh"}),
        await callers.anybody().post(at, json=form),
        await callers.anybody().post(
            at, content=b"\xff=%ff", headers={"content-type": "application/x-www-form-urlencoded"}
        ),
    ]

    told = answer.json()
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 12 * 3600)
    assert (await bearing(callers, told["access_token"]).get(SEPATIN)).status_code == 200
    assert [one.status_code for one in refused] == [401, 422, 422, 415, 422]


async def test_guessing_one_name_is_stopped_whether_it_exists_or_not(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office)
    most = NAME_AT_ADDRESS.most

    known = [await tried(callers, password=OTHER) for _ in range(most + 1)]
    unknown = [await tried(callers, "contoh.nobody") for _ in range(most + 1)]
    right = await tried(callers)
    by_form = await callers.anybody().post(
        "/v1/sessions/oauth",
        data={"grant_type": "password", "username": "CONTOH anggana", "password": PASSWORD},
    )

    assert [one.status_code for one in known] == [one.status_code for one in unknown] == [401] * most + [429]
    assert known[-1].json()["code"] == "access.too_many_attempts"
    assert 1 <= int(known[-1].headers["retry-after"]) <= 90
    assert (right.status_code, by_form.status_code) == (429, 429)


@pytest.mark.parametrize(("policy", "who"), [(ADDRESS, "127.0.0.1"), (NAME, "contoh anggana")])
async def test_guessing_many_names_from_one_address_or_one_name_from_many_is_stopped(
    policy: Policy, who: str, application: Berdaya, office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office)
    now = time.monotonic()
    for _ in range(policy.most - 1):
        application.place.limits.spend(policy, who, now=now)

    statuses = [(await tried(callers)).status_code for _ in range(2)]

    assert statuses == [200, 429]


async def test_guessing_ones_own_present_password_is_counted_with_signing_in(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office)
    session = await signed_in(callers)
    wrong = {"current": OTHER, "new": OTHER}

    statuses = [
        (await session.put("/v1/users/me/password", json=wrong)).status_code
        for _ in range(NAME_AT_ADDRESS.most)
    ]

    assert statuses == [422] * (NAME_AT_ADDRESS.most - 1) + [429]


@pytest.fixture
async def beside(settings: Settings) -> AsyncIterator[Callers]:
    """Callers of another server on the same database."""
    other: Berdaya = create_app(settings)
    async with other.router.lifespan_context(other):
        callers = Callers(other)
        yield callers
        await callers.leave()


async def test_a_session_holds_in_every_server_and_ends_in_all(
    office: httpx.AsyncClient, callers: Callers, beside: Callers
) -> None:
    user = await admitted(office)
    token = (await tried(callers)).json()["token"]

    before = (await bearing(beside, token).get(SEPATIN)).status_code
    await office.patch(f"/v1/users/{user['id']}", json={"role": "viewer"})
    after = (await bearing(beside, token).get(SEPATIN)).status_code

    assert (before, after) == (200, 401)


async def test_no_session_outlives_a_change_that_ends_them_all(
    office: httpx.AsyncClient, callers: Callers, beside: Callers
) -> None:
    user = await admitted(office)

    *begun, changed = await asyncio.gather(
        *(tried(one) for one in (callers, beside) * 3),
        office.patch(f"/v1/users/{user['id']}", json={"role": "viewer"}),
    )

    roles = {
        (await role_of_session(office, answer.json()["id"])) for answer in begun if answer.status_code == 200
    } - {None}
    assert changed.status_code == 200
    assert {answer.status_code for answer in begun} <= {200, 401}
    assert roles <= {"viewer"}


async def role_of_session(office: httpx.AsyncClient, id: str) -> str | None:
    answer = await office.get(f"/v1/tokens/{id}")
    return answer.json()["role"] if answer.status_code == 200 else None
