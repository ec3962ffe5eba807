"""One of everything in each of three villages, with people whose data is personal, for the matrix; nobody is real."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import httpx

from app.index.editions import EDITIONS
from tests.personal import EMAIL, OWNER, PHONE

OWN, NEXT, ELSEWHERE, NOWHERE = "64.02.04.2001", "64.02.04.2006", "64.02.05.2001", "64.02.04.2998"
"""The village of a caller's token, another in its district, one in another district, and none at all."""
MISSING = "00000000-0000-7000-8000-000000000000"
_ROWS = [sorted(known)[-2] for known in EDITIONS["idm-2016"].admissible]
SCORES = {"iks": _ROWS[:35], "ike": _ROWS[35:47], "ikl": _ROWS[47:]}
"""The second best of each row of the rubric."""
NUMBERS = itertools.count(1)
"""So that no two requests make the same thing."""

Told = dict[str, Any]


@dataclass(slots=True)
class Things:
    """The things of one village: `ids` by the collection of their addresses, and what stands below them."""

    village: str
    ids: dict[str, str] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """An address of the document with these things in it."""
        collection = path.split("/")[2]
        names = {"id": self.ids.get(collection, MISSING), "code": self.village, "year": "2024", **self.below}
        if collection == "regions":
            names["code"] = "64.02.04"
        return path.format_map(names)


NOTHING = Things(NOWHERE, below=dict.fromkeys(("enrolment_id", "follow_up_id", "event_id"), MISSING))
FIXED = {"delivery_id": MISSING, "edition": "idm-2016", "source": "contoh", "kind": "legality-events"}
"""What stands in an address wherever the thing is."""


async def placed(office: httpx.AsyncClient, village: str) -> Things:
    """One of everything in a village."""
    things = Things(village, below=dict(FIXED))

    async def made(collection: str, **told: Any) -> str:
        return await _made(office, f"/v1/{collection}", {"village_code": village, **told})

    name = f"Contoh {village}"
    held = {"phone": PHONE, "email": EMAIL, "kind": "lainnya"}
    things.ids["cooperatives"] = await made("cooperatives", name=f"Koperasi {name}", **held)
    rival = await made("cooperatives", name=f"Koperasi Lain {name}", kind="lainnya")
    things.ids["ukms"] = await made("ukms", name=name, owner_kind="perorangan", owner_name=OWNER, phone=PHONE)
    things.ids["groups"] = await made("groups", name=name, kind="kelompok_usaha")
    things.ids["trainings"] = await made("trainings", title=name, focus="kewirausahaan", year=2024)
    await _put(office, things.at("/v1/ukms/{id}/years/{year}"), {"sales_idr": 1})
    await _put(office, things.at("/v1/villages/{code}/idm/{year}"), {**SCORES, "source": "Contoh"})
    training = f"/v1/trainings/{things.ids['trainings']}"
    things.below["enrolment_id"] = await _made(
        office, f"{training}/enrolments", {"ukm_id": things.ids["ukms"]}
    )
    following = {"held_on": "2024-11-20", "kind": "pendampingan"}
    things.below["follow_up_id"] = await _made(office, f"{training}/follow-ups", following)
    for cooperative in (things.ids["cooperatives"], rival):
        told = {
            "event_id": cooperative,
            "milestone": "nib",
            "outcome": "achieved",
            "occurred_on": "2025-06-30",
        }
        number = "9" * 3 + village.replace(".", "")
        pushed = f"/v1/cooperatives/{cooperative}/legality-events"
        answer = await office.post(pushed, json={**told, "number": number})
        assert answer.is_success, answer.text
    events = (await office.get(f"/v1/cooperatives/{things.ids['cooperatives']}/legality-events")).json()
    things.below["event_id"] = events["items"][0]["id"]
    cases = (await office.get(f"/v1/legality-conflicts?region={village}")).json()
    things.ids["legality-conflicts"] = cases["items"][0]["id"]
    return things


async def _made(office: httpx.AsyncClient, address: str, told: Told) -> str:
    answer = await office.post(address, json=told)
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


async def _put(office: httpx.AsyncClient, address: str, told: Told) -> None:
    answer = await office.put(address, json=told)
    assert answer.status_code == 201, answer.text
