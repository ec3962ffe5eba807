"""What the tests about trainings begin with; every name here says that it is a trial."""

from typing import Any

import httpx

SEPATIN, SUNGAI_MERIAM = "64.02.04.2001", "64.02.04.2006"
TIMBAU = "64.02.06.1004"
"""A kelurahan."""
NOBODY = "00000000-0000-7000-8000-000000000000"
TRAINING = {
    "title": "Pelatihan percobaan",
    "focus": "kewirausahaan",
    "village_code": SEPATIN,
    "year": 2024,
}


async def training(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    """A new training, as the answer shows it."""
    return await _made(client, "/v1/trainings", {**TRAINING, **fields})


async def group(client: httpx.AsyncClient, name: str = "Kelompok percobaan", **fields: Any) -> str:
    """The id of a new group."""
    new = {"name": name, "kind": "kelompok_usaha", "village_code": SEPATIN, **fields}
    id: str = (await _made(client, "/v1/groups", new))["id"]
    return id


async def parties(client: httpx.AsyncClient) -> dict[str, str]:
    """One new party of each kind: its id by the field of an enrolment that names it."""
    ukm = {"name": "UKM percobaan", "village_code": SEPATIN, "owner_kind": "kelompok"}
    cooperative = {"name": "Koperasi percobaan", "village_code": SEPATIN, "kind": "lainnya"}
    return {
        "ukm_id": (await _made(client, "/v1/ukms", ukm))["id"],
        "group_id": await group(client),
        "cooperative_id": (await _made(client, "/v1/cooperatives", cooperative))["id"],
    }


async def enrolment(client: httpx.AsyncClient, training_id: str, **fields: Any) -> dict[str, Any]:
    """A new enrolment, as the answer shows it; of a new group unless a party is named."""
    new = (
        fields
        if any(name.endswith("_id") for name in fields)
        else {**fields, "group_id": await group(client)}
    )
    return await _made(client, address(training_id), new)


async def enrolled(client: httpx.AsyncClient, training_id: str, party: str) -> httpx.Response:
    """The answer to a group that asks for a place, and asks again while a crowded server says 503."""
    while True:
        answer = await client.post(
            address(training_id),
            json={"group_id": party},
            headers={"idempotency-key": party},
        )
        if answer.status_code != 503 and answer.json().get("code") != "idempotency.running":
            return answer


async def follow_up(client: httpx.AsyncClient, training_id: str, **fields: Any) -> dict[str, Any]:
    """A new follow-up, as the answer shows it."""
    new = {"held_on": "2024-11-20", "kind": "pendampingan", **fields}
    return await _made(client, f"/v1/trainings/{training_id}/follow-ups", new)


async def recode(client: httpx.AsyncClient, code: str, new_code: str, *, effective_on: str) -> None:
    """The village gets a new code."""
    recoding = {"new_code": new_code, "effective_on": effective_on, "legal_basis": "Percobaan"}
    answer = await client.post(f"/v1/villages/{code}/recode", json=recoding)
    assert answer.status_code == 200, answer.text


def address(training_id: str) -> str:
    """Where the enrolments of a training are."""
    return f"/v1/trainings/{training_id}/enrolments"


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    """The pointer and code of every fault."""
    return {(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]}


async def _made(client: httpx.AsyncClient, address: str, new: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(address, json=new)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made
