"""What the tests about groups begin with; every name here says that it is a trial."""

from typing import Any

import httpx

SEPATIN, TIMBAU = "64.02.04.2001", "64.02.06.1004"
GROUP = {"name": "Kelompok percobaan", "kind": "kelompok_masyarakat", "village_code": SEPATIN}


async def made(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    """A new group, as the answer shows it."""
    answer = await client.post("/v1/groups", json={**GROUP, **fields})
    assert answer.status_code == 201, answer.text
    group: dict[str, Any] = answer.json()
    return group


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    """The pointer and code of every fault."""
    return {(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]}
