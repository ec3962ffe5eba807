"""Who may do what: 401 before 403 before 422 before 404, and what lies beyond one's region does not exist."""

import httpx
import pytest
from sqlalchemy import delete

from app.access.policy import PERMISSIONS, ROLES
from app.access.tables import tokens
from app.access.tokens import keep, new_token
from app.database import Database, Statement, Transaction
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.conftest import Callers, act_of

ANGGANA, SEPATIN = "64.02.04", "/v1/villages/64.02.04.2001"
ELSEWHERE = "/v1/villages/64.02.05.2001"
NEW = {"code": "64.02.04.2777", "name": "Uji"}
RECODING = {"new_code": "64.02.04.2778", "effective_on": "2026-01-01", "legal_basis": "Uji"}

_revoke = Statement(delete(tokens))

ALLOWED: dict[str, tuple[int, int, int, int]] = {
    # role: statuses of PATCH, POST, recode, DELETE
    "viewer": (403, 403, 403, 403),
    "integrator": (403, 403, 403, 403),
    "operator": (200, 403, 403, 403),
    "officer": (200, 201, 200, 204),
    "admin": (200, 201, 200, 204),
}


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_may_do_what_the_table_says(role: str, callers: Callers) -> None:
    client = await callers.holding(role)

    statuses = (
        (await client.patch(SEPATIN, json={"households": 1})).status_code,
        (await client.post("/v1/villages", json=NEW)).status_code,
        (await client.post("/v1/villages/64.02.04.2002/recode", json=RECODING)).status_code,
        (await client.delete("/v1/villages/64.02.04.2003")).status_code,
    )

    assert statuses == ALLOWED[role]
    assert (await client.get(SEPATIN)).status_code == 200


def test_no_role_has_a_permission_that_nobody_declared() -> None:
    assert ROLES.keys() == ALLOWED.keys()
    assert ROLES["viewer"] <= ROLES["operator"] < ROLES["officer"] < ROLES["admin"] <= PERMISSIONS


async def test_a_token_that_is_not_one_of_ours_opens_nothing_not_even_what_is_open(
    visitor: httpx.AsyncClient,
) -> None:
    good = new_token()
    wrong = [
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        good,
        f"Bearer {good}",
        f"Bearer {good[:-1]}",
        f"Bearer {good[:-1]}{'0' if good[-1] != '0' else '1'}",
        f"Bearer {good} {good}",
        f"Token {good}",
        "Bearer brd_" + "x" * 51,
        "Bearer " + "9" * 5000,
        "Bearer brd_'; DROP TABLE tokens; --",
    ]

    for header in wrong:
        answer = await visitor.get(SEPATIN, headers={"authorization": header})

        assert answer.status_code == 401, header
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_in_two_lines_is_none(callers: Callers) -> None:
    client = await callers.holding("admin")
    header = client.headers.pop("authorization")

    answer = await client.get(SEPATIN, headers=[("authorization", header), ("authorization", header)])

    assert answer.status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [("2000-01-01T00:00:00.000000Z", 401), (None, 200)])
async def test_a_token_works_until_it_expires(
    seconds: str | None, status: int, database: Database, callers: Callers
) -> None:
    token = new_token()

    async def unit(tx: Transaction) -> None:
        await keep(tx, token, role="admin", name="short", region="", source="x", expires_at=seconds)

    await database.write(act_of("token"), unit)

    answer = await callers.anybody().patch(
        SEPATIN, json={"households": 1}, headers={"authorization": f"Bearer {token}"}
    )

    assert answer.status_code == status


async def test_a_revoked_token_opens_nothing_from_then_on(database: Database, callers: Callers) -> None:
    client = await callers.holding("admin")
    before = await client.get(SEPATIN)

    async def unit(tx: Transaction) -> None:
        await tx.execute(_revoke, {})

    await database.write(act_of("revoke"), unit)

    assert before.status_code == 200
    assert (await client.get(SEPATIN)).status_code == 401
    assert (await client.patch(SEPATIN, json={})).status_code == 401


async def test_beyond_the_region_is_the_same_as_missing(callers: Callers) -> None:
    officer = await callers.holding("officer", region=ANGGANA)
    missing = "/v1/villages/64.02.04.2998"

    async def refusals(address: str) -> list[tuple[int, object, object]]:
        answers = [
            await officer.patch(address, json={"households": 1}),
            await officer.post(f"{address}/recode", json=RECODING),
            await officer.delete(address),
        ]
        return [(a.status_code, a.json()["code"], a.json()["errors"]) for a in answers]

    beyond = await refusals(ELSEWHERE)

    assert beyond == await refusals(missing)
    assert {status for status, _, _ in beyond} == {404}
    assert (await officer.patch(SEPATIN, json={"households": 1})).status_code == 200
    assert (await officer.get(ELSEWHERE)).json()["version"] == 1


async def test_nothing_is_moved_or_made_beyond_the_region(callers: Callers) -> None:
    officer = await callers.holding("officer", region=ANGGANA)

    made = await officer.post("/v1/villages", json={"code": "64.02.05.2777", "name": "Uji"})
    moved = await officer.post(f"{SEPATIN}/recode", json={**RECODING, "new_code": "64.02.05.2777"})
    within = await officer.post("/v1/villages", json=NEW)

    assert (made.status_code, made.json()["errors"][0]["pointer"]) == (404, "/code")
    assert (moved.status_code, moved.json()["errors"][0]["pointer"]) == (404, "/new_code")
    assert within.status_code == 201


async def test_a_refusal_comes_in_the_order_of_the_contract(callers: Callers) -> None:
    viewer, officer = await callers.holding("viewer"), await callers.holding("officer", region=ANGGANA)
    bad: dict[str, object] = {"households": -1}

    assert (await callers.anybody().patch(ELSEWHERE, json=bad)).status_code == 401
    assert (await viewer.patch(ELSEWHERE, json=bad)).status_code == 403
    assert (await officer.patch(ELSEWHERE, json=bad)).status_code == 422
    assert (await officer.patch(ELSEWHERE, json={})).status_code == 404


async def test_reading_can_be_kept_for_those_with_a_token(settings: Settings) -> None:
    application: Berdaya = create_app(settings.model_copy(update={"public_read": False}))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        stranger, viewer = callers.anybody(), await callers.holding("viewer")

        closed = [(await stranger.get(path)).status_code for path in (SEPATIN, "/v1/villages", "/v1/regions")]
        opened = [(await viewer.get(path)).status_code for path in (SEPATIN, "/v1/villages", "/v1/regions")]
        always = [
            (await stranger.get(path)).status_code for path in ("/health/live", "/docs", "/openapi.json")
        ]
        await callers.leave()

    assert (closed, opened, always) == ([401] * 3, [200] * 3, [200] * 3)
