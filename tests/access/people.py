"""Made-up users of the tests, and signing in as one of them."""

from typing import Any

import httpx

from tests.conftest import Callers
from tests.personal import PASSWORDS

PASSWORD, OTHER = PASSWORDS
ANGGANA, SEPATIN, MUARA_KAMAN = "64.02.04", "/v1/villages/64.02.04.2001", "/v1/villages/64.02.05.2001"


async def admitted(office: httpx.AsyncClient, name: str = "contoh.anggana", **told: Any) -> dict[str, Any]:
    """A new user, an officer of Anggana unless told otherwise."""
    given = {"name": name, "password": PASSWORD, "role": "officer", "region": ANGGANA, **told}
    answer = await office.post("/v1/users", json=given)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def tried(
    callers: Callers, name: str = "contoh.anggana", password: str = PASSWORD, **options: Any
) -> httpx.Response:
    """What an attempt to sign in is answered."""
    return await callers.anybody().post("/v1/sessions", json={"name": name, "password": password}, **options)


async def signed_in(
    callers: Callers, name: str = "contoh.anggana", password: str = PASSWORD
) -> httpx.AsyncClient:
    """A client that has signed in."""
    answer = await tried(callers, name, password)
    assert answer.status_code == 200, answer.text
    return bearing(callers, answer.json()["token"])


def bearing(callers: Callers, token: str) -> httpx.AsyncClient:
    """A client with this token."""
    client = callers.anybody()
    client.headers["authorization"] = f"Bearer {token}"
    return client
