"""Telling events over HTTP: single ones, batches, and senders who send again when the server asks them to wait."""

import asyncio
from typing import Any

import httpx

from tests.cooperatives.registering import OF_SEPATIN, SUNGAI_MERIAM, TANI_BARU

Told = dict[str, Any]

SK, OTHER_SK = "AHU-0000001.AH.01.29.TAHUN 2025", "AHU-0000002.AH.01.29.TAHUN 2025"
NIB = "1234567890123"
NPWP = "0123456789012345"
NIK_KOPERASI = "6402990000001"
BATCHES = "/v1/legality-events"
OF_MERIAM = {**OF_SEPATIN, "name": "Koperasi Desa Merah Putih Sungai Meriam", "village_code": SUNGAI_MERIAM}
OF_TANI_BARU = {**OF_SEPATIN, "name": "Koperasi Desa Merah Putih Tani Baru", "village_code": TANI_BARU}


def event(event_id: str, milestone: str, day: str, outcome: str = "achieved", **more: Any) -> Told:
    """One event on a whole day."""
    return {"event_id": event_id, "milestone": milestone, "outcome": outcome, "occurred_on": day, **more}


def about(told: Told, **reference: str) -> Told:
    """The event for a batch, with the cooperative it is about."""
    return {**told, "cooperative": reference}


async def patiently(client: httpx.AsyncClient, address: str, body: Told) -> httpx.Response:
    """The answer to a POST, sent again while the server says 503, as it asks its senders to."""
    for _ in range(50):
        answer = await client.post(address, json=body)
        if answer.status_code != 503:
            return answer
        assert "retry-after" in answer.headers
        await asyncio.sleep(0.05)
    raise AssertionError("503 to the end")


async def tell(client: httpx.AsyncClient, cooperative: str, told: Told) -> httpx.Response:
    """One event, posted below its cooperative."""
    return await patiently(client, f"/v1/cooperatives/{cooperative}/legality-events", told)


async def push(client: httpx.AsyncClient, *events: Any) -> Told:
    """A batch and what became of it."""
    answer = await patiently(client, BATCHES, {"events": list(events)})
    assert answer.status_code == 200, answer.text
    outcome: Told = answer.json()
    return outcome


async def new(office: httpx.AsyncClient, base: Told = OF_SEPATIN) -> str:
    """The id of a new cooperative."""
    made = await office.post("/v1/cooperatives", json=base)
    assert made.status_code == 201, made.text
    id: str = made.json()["id"]
    return id


async def shown(client: httpx.AsyncClient, cooperative: str) -> Told:
    """What a cooperative shows."""
    told: Told = (await client.get(f"/v1/cooperatives/{cooperative}")).json()
    return told


async def legality(client: httpx.AsyncClient, cooperative: str, query: str = "") -> Told:
    """Its legality."""
    answer = await client.get(f"/v1/cooperatives/{cooperative}/legality{query}")
    assert answer.status_code == 200, answer.text
    told: Told = answer.json()
    return told
