"""Users over HTTP: admitted, amended, removed; whatever changes about one ends their sessions."""

import httpx
import pytest

from app.access.first_guesses import FIRST_GUESSES
from app.access.policy import ROLES
from app.access.users.schemas import NewUser
from tests.access.people import ANGGANA, OTHER, PASSWORD, SEPATIN, admitted, signed_in, tried
from tests.conftest import Callers


async def test_a_user_is_admitted_shown_and_listed_without_a_password(office: httpx.AsyncClient) -> None:
    user = await admitted(office)
    await admitted(office, "contoh.kukar", role="viewer", region=None)

    shown = await office.get(f"/v1/users/{user['id']}")
    listed = await office.get("/v1/users?count=exact")
    within = await office.get("/v1/users?region=64.02")

    assert shown.json() == user
    assert shown.headers["cache-control"] == listed.headers["cache-control"] == "no-store"
    assert (user["name"], user["region"], user["version"]) == ("contoh.anggana", ANGGANA, 1)
    assert [one["name"] for one in listed.json()["items"]] == ["contoh.anggana", "contoh.kukar"]
    assert [one["region"] for one in listed.json()["items"]] == [ANGGANA, None]
    assert [one["name"] for one in within.json()["items"]] == ["contoh.anggana"]
    assert "argon2" not in shown.text + listed.text


@pytest.mark.parametrize("name", ["contoh.anggana", "CONTOH Anggana", "Contoh-Anggána"])
async def test_a_name_is_taken_however_it_is_written(name: str, office: httpx.AsyncClient) -> None:
    await admitted(office)

    answer = await office.post("/v1/users", json={"name": name, "password": PASSWORD, "role": "viewer"})

    assert answer.status_code == 409
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [
        ("/name", "user.name_taken")
    ]


@pytest.mark.parametrize(
    ("told", "pointer", "code"),
    [
        ({"password": "1234567"}, "/password", "text.too_short"),
        ({"password": "x" * 257}, "/password", "text.too_long"),
        ({"password": "Password123"}, "/password", "password.common"),
        ({"password": "Contoh Anggana"}, "/password", "password.is_name"),
        ({"password": None}, "/password", "value.text"),
        ({"name": "..."}, "/name", "user.name_unusable"),
        ({"region": "64.02.99"}, "/region", "access.region_unknown"),
        ({"role": "king"}, "/role", "value.choice"),
    ],
)
async def test_a_user_that_cannot_be_meant_is_refused(
    told: dict[str, object], pointer: str, code: str, office: httpx.AsyncClient
) -> None:
    whole = {"name": "contoh.anggana", "password": PASSWORD, "role": "officer", **told}

    answer = await office.post("/v1/users", json=whole)

    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("password", ["x" * 8 + "1", "spasi  dan   tanda!?", "ßäéñ日本語 kata", "z" * 256])
async def test_any_password_long_enough_is_taken_whole(
    password: str, office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office, password=password)

    right = await tried(callers, password=password)
    cut = await tried(callers, password=password[:-1])

    assert (right.status_code, cut.status_code) == (200, 401)


@pytest.mark.parametrize(
    "patch",
    [{"role": "viewer"}, {"region": None}, {"name": "contoh.baru"}, {"password": OTHER}],
    ids=lambda patch: next(iter(patch)),
)
async def test_a_change_ends_every_session_of_the_user_and_of_nobody_else(
    patch: dict[str, object], office: httpx.AsyncClient, callers: Callers
) -> None:
    user, _ = await admitted(office), await admitted(office, "contoh.lain")
    here, there = await signed_in(callers), await signed_in(callers)
    beside = await signed_in(callers, "contoh.lain")

    changed = await office.patch(f"/v1/users/{user['id']}", json=patch)

    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert [(await one.get(SEPATIN)).status_code for one in (here, there, beside)] == [401, 401, 200]
    assert (await office.get("/v1/tokens?kind=session&count=exact")).json()["total"] == 1


async def test_what_changes_nothing_ends_nothing(office: httpx.AsyncClient, callers: Callers) -> None:
    user = await admitted(office)
    session = await signed_in(callers)

    same = await office.patch(f"/v1/users/{user['id']}", json=user)

    assert same.json() == user
    assert (await session.get(SEPATIN)).status_code == 200


async def test_a_forgotten_password_is_set_anew_and_never_cleared(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    user = await admitted(office)

    changed = await office.patch(f"/v1/users/{user['id']}", json={"password": OTHER})
    cleared = await office.patch(f"/v1/users/{user['id']}", json={"password": None})

    assert changed.json()["password_changed_at"] > user["password_changed_at"]
    assert [(one["pointer"], one["code"]) for one in cleared.json()["errors"]] == [
        ("/password", "field.null")
    ]
    assert (await tried(callers)).status_code == 401
    assert (await tried(callers, password=OTHER)).status_code == 200


async def test_a_removed_user_is_gone_with_every_session(office: httpx.AsyncClient, callers: Callers) -> None:
    user = await admitted(office)
    session = await signed_in(callers)

    gone = await office.delete(f"/v1/users/{user['id']}", headers={"if-match": '"1"'})

    assert gone.status_code == 204
    assert (await session.get(SEPATIN)).status_code == 401
    assert (await tried(callers)).status_code == 401
    assert (await office.get(f"/v1/users/{user['id']}")).status_code == 404
    assert (await office.delete(f"/v1/users/{user['id']}")).status_code == 404


async def test_a_stale_version_changes_nobody(office: httpx.AsyncClient) -> None:
    user = await admitted(office)

    statuses = [
        (await office.patch(f"/v1/users/{user['id']}", json={"role": "viewer"}, headers={"if-match": '"9"'})),
        (await office.delete(f"/v1/users/{user['id']}", headers={"if-match": '"9"'})),
    ]

    assert [one.status_code for one in statuses] == [412, 412]


async def test_users_change_their_own_password_with_the_present_one(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    await admitted(office, role="viewer")
    session = await signed_in(callers)
    own = "/v1/users/me/password"

    wrong = await session.put(own, json={"current": OTHER, "new": OTHER})
    name = await session.put(own, json={"current": PASSWORD, "new": "contoh.anggana"})
    changed = await session.put(own, json={"current": PASSWORD, "new": OTHER})

    assert [(one["pointer"], one["code"]) for one in wrong.json()["errors"]] == [
        ("/current", "user.wrong_password")
    ]
    assert [(one["pointer"], one["code"]) for one in name.json()["errors"]] == [("/new", "password.is_name")]
    assert changed.status_code == 204
    assert (await session.get(SEPATIN)).status_code == 401
    assert (await tried(callers, password=OTHER)).status_code == 200


async def test_a_token_has_no_password_to_change(office: httpx.AsyncClient, callers: Callers) -> None:
    new = {"current": PASSWORD, "new": OTHER}

    by_token = await office.put("/v1/users/me/password", json=new)
    by_nobody = await callers.anybody().put("/v1/users/me/password", json=new)

    assert (by_token.status_code, by_token.json()["code"]) == (404, "user.not_found")
    assert by_nobody.status_code == 401


async def test_only_an_administrator_manages_users(office: httpx.AsyncClient, callers: Callers) -> None:
    user = f"/v1/users/{(await admitted(office))['id']}"
    officer = await callers.holding("officer")
    new = {"name": "contoh.lain", "password": PASSWORD, "role": "admin"}

    statuses = [
        (await officer.get("/v1/users")).status_code,
        (await officer.get(user)).status_code,
        (await officer.post("/v1/users", json=new)).status_code,
        (await officer.patch(user, json={"role": "admin"})).status_code,
        (await officer.delete(user)).status_code,
    ]

    assert statuses == [403] * 5


def test_the_roles_at_the_door_are_those_of_the_policy() -> None:
    told = NewUser.model_json_schema()["properties"]["role"]["enum"]

    assert set(told) == ROLES.keys()


def test_every_first_guess_would_otherwise_be_long_enough() -> None:
    assert len(FIRST_GUESSES) > 100
    assert {word for word in FIRST_GUESSES if len(word) < 8 or word != word.casefold()} == set()
