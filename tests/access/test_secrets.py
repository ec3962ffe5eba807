"""A secret is in the one answer that gives it and nowhere else: no table, no log, no problem."""

import hashlib
import sqlite3
from contextlib import closing

import asyncpg
import httpx
import orjson
import pytest
from structlog.testing import capture_logs

from app.access.last_use import LastUse
from app.access.tokens import hash_of
from app.main import Berdaya
from app.settings import Settings
from tests.access.people import OTHER, PASSWORD, admitted, bearing, tried
from tests.conftest import Callers


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Everything is logged."""
    return Settings(database_url=database_url, log_level="debug", log_requests="all")


async def everything(url: str) -> str:
    """The text of every row of every table."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = [row for name in names for row in file.execute(f'SELECT * FROM "{name}"')]  # noqa: S608  # our own tables
        return "\n".join(map(repr, rows))
    connection = await asyncpg.connect(url)
    names = [
        row[0]
        for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    rows = [
        tuple(row)
        for name in names
        for row in await connection.fetch(f'SELECT * FROM "{name}"')  # noqa: S608  # our own tables
    ]
    await connection.close()
    return "\n".join(map(repr, rows))


async def test_no_secret_is_stored_logged_or_told_again(
    settings: Settings,
    application: Berdaya,
    office: httpx.AsyncClient,
    callers: Callers,
    caplog: pytest.LogCaptureFixture,
) -> None:
    new = {"name": "Contoh", "role": "viewer"}
    with capture_logs() as logged:
        made = await office.post("/v1/tokens", json=new, headers={"idempotency-key": "contoh-9"})
        again = await office.post("/v1/tokens", json=new, headers={"idempotency-key": "contoh-9"})
        user = await admitted(office)
        begun = await tried(callers)
        wrong = await tried(callers, password=OTHER)
        session = bearing(callers, begun.json()["token"])
        changed = await session.put("/v1/users/me/password", json={"current": PASSWORD, "new": OTHER})
        refused = await office.post("/v1/users", json={**user, "password": PASSWORD})
        await office.patch(f"/v1/users/{user['id']}", json={"password": PASSWORD})
        await LastUse(application.place).write()

    secrets = [made.json()["token"], begun.json()["token"], PASSWORD, OTHER]
    stored, told = await everything(settings.database_url), repr(logged) + caplog.text
    problems = again.text + wrong.text + refused.text
    unknown = [line for line in logged if line.get("status") == 401]
    assert (made.status_code, changed.status_code, refused.status_code) == (201, 204, 422)
    assert hash_of(secrets[0]) in stored, "the search sees what is there"
    assert "/v1/sessions" in told, "the log is seen"
    assert [one for one in secrets if one in stored + told + problems] == []
    assert "argon2" not in told
    assert unknown
    assert "contoh.anggana" not in repr(unknown) + wrong.text


async def test_an_idempotency_key_keeps_nothing_by_which_a_password_could_be_guessed(
    settings: Settings, office: httpx.AsyncClient
) -> None:
    new = {"name": "contoh.anggana", "password": PASSWORD, "role": "viewer"}
    key = {"idempotency-key": "contoh-8", "content-type": "application/json"}
    body = orjson.dumps(new)

    made = await office.post("/v1/users", content=body, headers=key)
    again = await office.post("/v1/users", content=body, headers=key)
    other = await office.post("/v1/users", json={**new, "name": "contoh.lain"}, headers=key)

    of_all = hashlib.sha256(b"\n".join((b"POST /v1/users", b"", body))).hexdigest()
    stored = await everything(settings.database_url)
    assert (made.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.content == made.content
    assert "contoh-8" in stored
    assert of_all not in stored


async def test_no_hash_stands_in_changes_or_in_the_trail(
    settings: Settings, office: httpx.AsyncClient, callers: Callers
) -> None:
    made = (await office.post("/v1/tokens", json={"name": "Contoh", "role": "viewer"})).json()
    await admitted(office)
    await tried(callers)
    await office.delete(f"/v1/tokens/{made['id']}")

    stored = await everything(settings.database_url)

    assert stored.count("$argon2id$") == 1, "in the row of the user alone"
    assert stored.count(hash_of(made["token"])) == 0, "gone with the token"
