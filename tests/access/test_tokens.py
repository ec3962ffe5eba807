"""Tokens over HTTP: shown once, listed without their secret, and gone at once wherever they are tried."""

import re

import httpx
import pytest

from app.access.last_use import LastUse
from app.database import Database
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.access.people import ANGGANA, MUARA_KAMAN, SEPATIN, admitted, bearing, signed_in
from tests.conftest import Callers

NEW = {"name": "Contoh Petugas", "role": "officer", "region": "640204"}


async def test_a_token_is_shown_once_and_works_at_once_within_its_region(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    made = await office.post("/v1/tokens", json=NEW)

    told = made.json()
    secret = told.pop("token")
    shown = await office.get(made.headers["location"])
    holder = bearing(callers, secret)
    assert made.status_code == 201
    assert made.headers["cache-control"] == shown.headers["cache-control"] == "no-store"
    assert re.fullmatch(r"brd_[A-Za-z0-9_-]{51}", secret)
    assert shown.json() == told
    assert shown.headers["etag"] == made.headers["etag"]
    assert (told["region"], told["source"], told["kind"], told["version"]) == (
        ANGGANA,
        "Contoh Petugas",
        "token",
        1,
    )
    assert (await holder.patch(SEPATIN, json={"households": 1})).status_code == 200
    assert (await holder.patch(MUARA_KAMAN, json={"households": 1})).status_code == 404


async def test_the_list_holds_no_secret_and_no_session_unless_asked(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    first = (await office.post("/v1/tokens", json=NEW)).json()
    second = (await office.post("/v1/tokens", json={**NEW, "name": "Contoh Kedua", "role": "viewer"})).json()

    listed = await office.get("/v1/tokens?count=exact")
    found = await office.get("/v1/tokens?q=kedua")
    by_role = await office.get("/v1/tokens?role=officer")
    sheet = await office.get("/v1/tokens?format=csv")
    sessions = await office.get("/v1/tokens?kind=session")

    assert [one["name"] for one in listed.json()["items"]] == ["Contoh Kedua", "Contoh Petugas", "office"]
    assert listed.json()["total"] == 3
    assert [one["id"] for one in found.json()["items"]] == [second["id"]]
    assert [one["id"] for one in by_role.json()["items"]] == [first["id"]]
    assert sessions.json()["items"] == []
    for answer in (listed, sheet):
        assert answer.headers["cache-control"] == "no-store"
        assert first["token"] not in answer.text
        assert "hash" not in answer.text


async def test_the_next_page_of_tokens_is_of_the_same_kind(office: httpx.AsyncClient) -> None:
    for number in range(3):
        await office.post("/v1/tokens", json={**NEW, "name": f"Contoh {number}"})

    first = await office.get("/v1/tokens?limit=2&sort=name")
    second = await office.get(first.links["next"]["url"])

    names = [one["name"] for page in (first, second) for one in page.json()["items"]]
    assert names == ["Contoh 0", "Contoh 1", "Contoh 2", "office"]


async def test_a_revoked_token_opens_nothing_from_the_next_request_on(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    made = (await office.post("/v1/tokens", json=NEW)).json()
    holder = bearing(callers, made["token"])
    before = await holder.get(SEPATIN)

    gone = await office.delete(f"/v1/tokens/{made['id']}")

    assert (before.status_code, gone.status_code) == (200, 204)
    assert (await holder.get(SEPATIN)).status_code == 401
    assert (await office.get(f"/v1/tokens/{made['id']}")).status_code == 404
    assert (await office.delete(f"/v1/tokens/{made['id']}")).status_code == 404


async def test_a_revocation_holds_at_once_in_another_server_and_after_a_restart(
    office: httpx.AsyncClient, settings: Settings
) -> None:
    made = (await office.post("/v1/tokens", json=NEW)).json()
    statuses = []

    other: Berdaya = create_app(settings)
    async with other.router.lifespan_context(other):
        callers = Callers(other)
        holder = bearing(callers, made["token"])
        statuses.append((await holder.get(SEPATIN)).status_code)
        await office.delete(f"/v1/tokens/{made['id']}")
        statuses.append((await holder.get(SEPATIN)).status_code)
        await callers.leave()
    restarted: Berdaya = create_app(settings)
    async with restarted.router.lifespan_context(restarted):
        callers = Callers(restarted)
        statuses.append((await bearing(callers, made["token"]).get(SEPATIN)).status_code)
        await callers.leave()

    assert statuses == [200, 401, 401]


async def test_a_request_sent_again_makes_no_second_token_and_shows_no_secret(
    office: httpx.AsyncClient,
) -> None:
    key = {"idempotency-key": "contoh-1"}

    first = await office.post("/v1/tokens", json=NEW, headers=key)
    again = await office.post("/v1/tokens", json=NEW, headers=key)
    other = await office.post("/v1/tokens", json={**NEW, "name": "Contoh Lain"}, headers=key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 409, 422)
    assert again.json()["code"] == "secret_shown_once"
    assert first.json()["token"] not in again.text
    assert (await office.get("/v1/tokens?count=exact&q=contoh")).json()["total"] == 1


@pytest.mark.parametrize(
    ("told", "pointer", "code"),
    [
        ({"role": "king"}, "/role", "value.choice"),
        ({"region": "64.02.99"}, "/region", "access.region_unknown"),
        ({"region": "64.02.04.2999"}, "/region", "access.region_unknown"),
        ({"region": "6402."}, "/region", "region.malformed"),
        ({"region": ""}, "/region", "region.malformed"),
        ({"days": 0}, "/days", "value.too_small"),
        ({"days": 1, "expires_at": "2999-01-01T00:00:00Z"}, "/days", "token.two_ends"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at", "token.ends_in_past"),
        ({"name": " "}, "/name", "text.blank"),
        ({"hash": "x"}, "/hash", "field.unknown"),
    ],
)
async def test_a_token_that_cannot_be_meant_is_refused(
    told: dict[str, object], pointer: str, code: str, office: httpx.AsyncClient
) -> None:
    answer = await office.post("/v1/tokens", json={**NEW, **told})

    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


async def test_a_token_ends_when_it_was_to(office: httpx.AsyncClient) -> None:
    by_day = (await office.post("/v1/tokens", json={**NEW, "days": 30})).json()
    by_instant = (
        await office.post("/v1/tokens", json={**NEW, "expires_at": "2999-01-01T07:00:00+07:00"})
    ).json()

    assert by_day["expires_at"][11:] == by_day["created_at"][11:]
    assert by_instant["expires_at"] == "2999-01-01T00:00:00.000000Z"


async def test_a_region_that_gave_up_its_code_is_meant_by_it_and_shown_as_it_is_now(
    office: httpx.AsyncClient,
) -> None:
    recoding = {"new_code": "64.02.04.2777", "effective_on": "2026-01-01", "legal_basis": "Contoh"}
    await office.post(f"{SEPATIN}/recode", json=recoding)

    made = await office.post("/v1/tokens", json={**NEW, "region": "64.02.04.2001"})

    assert made.json()["region"] == "64.02.04.2777"


async def test_whoever_reaches_one_village_reaches_it_under_its_new_code(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    made = (await office.post("/v1/tokens", json={**NEW, "region": "64.02.04.2001"})).json()
    user = await admitted(office, region="64.02.04.2001")
    holder, session = bearing(callers, made["token"]), await signed_in(callers)

    recoding = {"new_code": "64.02.04.2777", "effective_on": "2026-01-01", "legal_basis": "Contoh"}
    await office.post(f"{SEPATIN}/recode", json=recoding)
    changed = [
        (await one.patch("/v1/villages/64.02.04.2777", json={"households": n})).status_code
        for n, one in enumerate((holder, session), start=1)
    ]

    token = (await office.get(f"/v1/tokens/{made['id']}")).json()
    person = (await office.get(f"/v1/users/{user['id']}")).json()
    assert changed == [200, 200]
    assert (
        (token["region"], token["version"]) == (person["region"], person["version"]) == ("64.02.04.2777", 2)
    )


async def test_only_an_administrator_manages_tokens(callers: Callers) -> None:
    officer = await callers.holding("officer")
    some = "/v1/tokens/00000000-0000-7000-8000-000000000000"

    statuses = [
        (await officer.get("/v1/tokens")).status_code,
        (await officer.get(some)).status_code,
        (await officer.post("/v1/tokens", json=NEW)).status_code,
        (await officer.delete(some)).status_code,
        (await callers.anybody().get("/v1/tokens")).status_code,
    ]

    assert statuses == [403, 403, 403, 403, 401]


async def test_the_last_use_is_told_by_the_hour_without_a_new_version(
    office: httpx.AsyncClient, application: Berdaya, database: Database, callers: Callers
) -> None:
    made = (await office.post("/v1/tokens", json=NEW)).json()
    unused = await office.get(f"/v1/tokens/{made['id']}")
    last_use = LastUse(application.place)
    await bearing(callers, made["token"]).get(SEPATIN)

    await last_use.write()
    used = await office.get(f"/v1/tokens/{made['id']}")
    await bearing(callers, made["token"]).get(SEPATIN)
    await last_use.write()
    again = await office.get(f"/v1/tokens/{made['id']}")
    not_modified = await office.get(
        f"/v1/tokens/{made['id']}", headers={"if-none-match": unused.headers["etag"]}
    )
    gone = await office.delete(f"/v1/tokens/{made['id']}", headers={"if-match": used.headers["etag"]})

    assert unused.json()["last_used_at"] is None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:00:00\.000000Z", used.json()["last_used_at"])
    assert used.json() == {**unused.json(), "last_used_at": used.json()["last_used_at"]}
    assert again.json() == used.json()
    assert not_modified.status_code == 200
    assert gone.status_code == 204


async def test_a_stale_version_revokes_nothing(office: httpx.AsyncClient) -> None:
    made = (await office.post("/v1/tokens", json=NEW)).json()

    answer = await office.delete(f"/v1/tokens/{made['id']}", headers={"if-match": '"7"'})

    assert answer.status_code == 412
