"""Tokens and users on the command line: the same verbs as over HTTP, with the same trail, beside a running server."""

import asyncio

import httpx
import pytest
from sqlalchemy import select

from app.database import Database, Statement
from app.database.ledgers import audit
from tests.access.people import PASSWORD, SEPATIN, admitted, bearing, signed_in, tried
from tests.conftest import Callers
from tests.operation.running import berdaya

_trail = Statement(
    select(audit.c.actor, audit.c.type, audit.c.action)
    .where(audit.c.actor == "system:cli")
    .order_by(audit.c.position)
)


async def run(url: str, *words: str, typed: str = "") -> tuple[int, str, str]:
    """Exit status, stdout and stderr of the command, while the application goes on beside it."""
    done = await asyncio.to_thread(berdaya, *words, url=url, typed=typed)
    return done.returncode, done.stdout, done.stderr


async def test_a_token_is_made_listed_and_revoked_beside_a_running_server(
    database_url: str, database: Database, callers: Callers
) -> None:
    create = (
        "tokens",
        "create",
        "--role",
        "officer",
        "--name",
        "Contoh",
        "--region",
        "640204",
        "--days",
        "9",
    )
    _, token, _ = await run(database_url, *create)
    holder = bearing(callers, token.strip())
    before = await holder.get(SEPATIN)

    _, listed, _ = await run(database_url, "tokens", "list")
    (line,) = [line.split("\t") for line in listed.splitlines()]
    status, _, _ = await run(database_url, "tokens", "revoke", line[0])
    after = await holder.get(SEPATIN)
    again, _, told = await run(database_url, "tokens", "revoke", line[0])

    trail = await database.fetch(_trail, {})
    assert (before.status_code, after.status_code, status, again) == (200, 401, 0, 2)
    assert line[1:6] == ["token", "Contoh", "officer", "64.02.04", "Contoh"]
    assert token.strip() not in listed
    assert "no such token" in told
    assert [tuple(row)[:2] for row in trail] == [("system:cli", "token")] * 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "officer", "--name", "x", "--region", "64.02.99"), "No region or village"),
        (("--role", "officer", "--name", " "), "must not be blank"),
        (("--role", "officer", "--name", "x", "--days", "0"), "at least 1"),
    ],
)
async def test_a_token_that_cannot_be_meant_is_refused_in_words(
    words: tuple[str, ...], said: str, database_url: str
) -> None:
    status, out, told = await run(database_url, "tokens", "create", *words)

    assert (status, out) == (2, "")
    assert said in " ".join(told.replace("│", " ").split())


async def test_a_user_is_admitted_with_a_password_from_the_input_and_removed(
    database_url: str, callers: Callers
) -> None:
    create = ("users", "create", "--name", "contoh.anggana", "--role", "officer", "--region", "64.02.04")
    status, id, said = await run(database_url, *create, typed=f"{PASSWORD}\n")
    session = await signed_in(callers)

    _, listed, _ = await run(database_url, "users", "list")
    removed, _, _ = await run(database_url, "users", "remove", id.strip())

    assert (status, said, removed) == (0, "", 0)
    assert listed == f"{id.strip()}\tcontoh.anggana\tofficer\t64.02.04\n"
    assert (await session.get(SEPATIN)).status_code == 401
    assert (await tried(callers)).status_code == 401


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("short\n", "at least 8"),
        ("password123\n", "tried first"),
        ("", "at least 8"),
        (PASSWORD, "has this name"),
    ],
)
async def test_a_user_that_cannot_be_meant_is_refused_in_words(
    typed: str, said: str, database_url: str, office: httpx.AsyncClient
) -> None:
    await admitted(office)

    status, out, told = await run(
        database_url, "users", "create", "--name", "contoh.anggana", "--role", "viewer", typed=typed
    )

    assert status != 0
    assert out == ""
    assert said in " ".join(told.replace("│", " ").split())
    assert PASSWORD not in told
