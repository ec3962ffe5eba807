"""Outboxes for the tests: nothing in them is true of anybody."""

from typing import Any, NamedTuple

import httpx
from sqlalchemy import func, select

from app.database import Database, Statement
from app.database.ledgers import audit, changes
from app.database.words import new_id

SEPATIN, SUNGAI_MERIAM, NEW_VILLAGE = "64.02.04.2001", "64.02.04.2006", "64.02.04.2777"
GROUP = {"name": "Kelompok percobaan", "kind": "kelompok_usaha", "village_code": SEPATIN}
UKM = {"name": "UKM percobaan", "owner_kind": "kelompok", "village_code": SEPATIN}
TRAINING = {"title": "Pelatihan percobaan", "focus": "kewirausahaan", "village_code": SEPATIN, "year": 2024}

Told = dict[str, Any]


def operation(action: str, type: str, resource_id: str, data: Told | None = None, **more: Any) -> Told:
    """An operation under an id of its own."""
    given = {} if data is None else {"data": data}
    return {"id": new_id(), "action": action, "type": type, "resource_id": resource_id, **given, **more}


async def sent(client: httpx.AsyncClient, *operations: Any, **headers: str) -> httpx.Response:
    """The answer to an outbox."""
    return await client.post("/v1/operations", json={"operations": operations}, headers=headers)


async def results(client: httpx.AsyncClient, *operations: Any) -> list[Told]:
    """What became of each operation."""
    answer = await sent(client, *operations)
    assert answer.status_code == 200, answer.text
    told: list[Told] = answer.json()["results"]
    return told


async def result(client: httpx.AsyncClient, one: Any) -> Told:
    """What became of a single operation."""
    (told,) = await results(client, one)
    return told


def faults(told: Told) -> list[tuple[str, str]]:
    """What was wrong with an operation, and where."""
    return [(fault["pointer"], fault["code"]) for fault in told["problem"]["errors"]]


class Life(NamedTuple):
    """One thing of a type: how it begins, how it changes, and where a client reads it."""

    type: str
    resource_id: str
    first: Told
    then: Told
    path: str


def lives() -> list[Life]:
    """One thing of every type, each after what it needs."""
    cooperative, ukm, group, training, enrolment, follow_up = (new_id() for _ in range(6))
    months = {"sales_idr": 12_000_000}
    figures = {"published": {"idm": 0.7, "status": "maju"}, "source": "Percobaan"}
    place, done = {"group_id": group}, {"held_on": "2024-11-20", "kind": "pendampingan"}
    return [
        Life(
            "village",
            NEW_VILLAGE,
            {"name": "Percobaan"},
            {"households": 7},
            f"/v1/villages/{NEW_VILLAGE}",
        ),
        Life(
            "cooperative",
            cooperative,
            {"name": "Koperasi Percobaan", "kind": "lainnya", "village_code": SEPATIN},
            {"members_male": 3},
            f"/v1/cooperatives/{cooperative}",
        ),
        Life("ukm", ukm, UKM, {"members": 8}, f"/v1/ukms/{ukm}"),
        Life("ukm_year", f"{ukm}/2024", months, {"sales_idr": 1}, f"/v1/ukms/{ukm}/years/2024"),
        Life("group", group, GROUP, {"members_female": 9}, f"/v1/groups/{group}"),
        Life("training", training, TRAINING, {"quota": 20}, f"/v1/trainings/{training}"),
        Life(
            "enrolment",
            f"{training}/{enrolment}",
            place,
            {"attended": True},
            f"/v1/trainings/{training}/enrolments/{enrolment}",
        ),
        Life(
            "follow_up",
            f"{training}/{follow_up}",
            done,
            {"note": "Percobaan"},
            f"/v1/trainings/{training}/follow-ups/{follow_up}",
        ),
        Life(
            "idm_record",
            f"{NEW_VILLAGE}/2024",
            figures,
            {**figures, "source": "Percobaan lain"},
            f"/v1/villages/{NEW_VILLAGE}/idm/2024",
        ),
    ]


_rows = {
    "changes": Statement(select(func.count()).select_from(changes)),
    "audit": Statement(select(func.count()).select_from(audit)),
}


async def recorded(database: Database) -> dict[str, int]:
    """How many changes and audit rows there are."""
    return {name: (await database.fetch(statement, {}))[0][0] for name, statement in _rows.items()}
