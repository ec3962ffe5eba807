"""How the tests of the audits enter a year."""

from typing import Any

import httpx

from tests.index.told import at

AUDITS = "/v1/idm/audits"
OTHER = "64.02.01.2002"


async def told(office: httpx.AsyncClient, code: str, year: int, said: dict[str, Any]) -> None:
    answer = await office.put(at(code, year), json=said)
    assert answer.status_code in (200, 201), answer.text
