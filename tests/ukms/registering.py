"""UKM for the tests: nothing about them is true of anybody."""

from typing import Any

import httpx

SEPATIN, SUNGAI_MERIAM, TIMBAU = "64.02.04.2001", "64.02.04.2006", "64.02.06.1004"
UKM = {"name": "Usaha Percobaan", "owner_kind": "kelompok", "village_code": SEPATIN}

NOBODY = "/v1/ukms/00000000-0000-7000-8000-000000000000"
BILLION = 1_000_000_000

Told = dict[str, Any]


async def registered(client: httpx.AsyncClient, **fields: Any) -> Told:
    """A UKM that was just registered, as its answer shows it."""
    answer = await client.post("/v1/ukms", json={**UKM, **fields})
    assert answer.status_code == 201, answer.text
    told: Told = answer.json()
    return told


def address(ukm: Told) -> str:
    """Where it is read."""
    return f"/v1/ukms/{ukm['id']}"


def at(ukm: Told, year: int) -> str:
    """Where a year of it is read."""
    return f"{address(ukm)}/years/{year}"


async def scale(client: httpx.AsyncClient, ukm: Told) -> tuple[str | None, str | None, int]:
    """What it shows now: scale, basis and version."""
    told = (await client.get(address(ukm))).json()
    return told["scale"], told["scale_basis"], told["version"]


def faults(answer: httpx.Response) -> list[tuple[str, str]]:
    """What is wrong and where, in order."""
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
