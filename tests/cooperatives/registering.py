"""Cooperatives for the tests: their names follow the rule, nothing else about them is true of anybody."""

from typing import Any

import httpx

SEPATIN, TANI_BARU, SUNGAI_MERIAM = "64.02.04.2001", "64.02.04.2003", "64.02.04.2006"
BUKIT_RAYA = "64.02.13.2016"
TIMBAU = "64.02.06.1004"

OF_SEPATIN = {
    "name": "Koperasi Desa Merah Putih Sepatin",
    "kind": "desa_merah_putih",
    "village_code": SEPATIN,
}
OTHER = {"name": "Koperasi Percobaan", "kind": "lainnya", "village_code": SEPATIN}

NOBODY = "/v1/cooperatives/00000000-0000-7000-8000-000000000000"
RECODING = {"new_code": "64.02.04.2099", "effective_on": "2026-01-01", "legal_basis": "Percobaan 1/2026"}

Told = dict[str, Any]


async def registered(client: httpx.AsyncClient, base: Told = OTHER, **fields: Any) -> Told:
    """A cooperative that was just registered, as its answer shows it."""
    answer = await client.post("/v1/cooperatives", json={**base, **fields})
    assert answer.status_code == 201, answer.text
    told: Told = answer.json()
    return told


def address(cooperative: Told) -> str:
    """Where it is read."""
    return f"/v1/cooperatives/{cooperative['id']}"


def faults(answer: httpx.Response) -> list[tuple[str, str]]:
    """What is wrong and where, in order."""
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
