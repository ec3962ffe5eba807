"""One event, a batch, and what they add up to, over HTTP."""

from typing import Any

import httpx
import pytest

from tests.conftest import Callers
from tests.cooperatives.registering import OF_SEPATIN

SK = "AHU-0000001.AH.01.29.TAHUN 2025"


async def cooperative(office: httpx.AsyncClient, **more: Any) -> str:
    made = await office.post("/v1/cooperatives", json={**OF_SEPATIN, **more})
    assert made.status_code == 201, made.text
    id: str = made.json()["id"]
    return id


def event(event_id: str, milestone: str, day: str, **more: Any) -> dict[str, Any]:
    return {"event_id": event_id, "milestone": milestone, "outcome": "achieved", "occurred_on": day, **more}


async def test_an_event_moves_its_cooperative_and_the_same_event_again_does_not(
    office: httpx.AsyncClient,
) -> None:
    id = await cooperative(office)
    address = f"/v1/cooperatives/{id}/legality-events"

    first = await office.post(address, json=event("a", "musdesus", "2025-05-20"))
    again = await office.post(address, json=event("a", "musdesus", "2025-05-20"))
    other = await office.post(address, json=event("a", "musdesus", "2025-05-21"))
    shown = (await office.get(f"/v1/cooperatives/{id}")).json()

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json()["legality_stage"] == "terbentuk"
    assert other.json()["code"] == "event.other_body"
    assert (shown["legality_stage"], shown["version"]) == ("terbentuk", 2)
    assert (await office.get(address)).json()["items"].__len__() == 2


async def test_a_number_that_two_claim_is_held_by_neither_until_an_officer_decides(
    office: httpx.AsyncClient,
) -> None:
    one = await cooperative(office)
    two = await cooperative(
        office, name="Koperasi Desa Merah Putih Sungai Meriam", village_code="64.02.04.2006"
    )
    await office.post(
        f"/v1/cooperatives/{one}/legality-events", json=event("a", "sk_ahu", "2025-06-01", number=SK)
    )
    claimed = await office.post(
        f"/v1/cooperatives/{two}/legality-events", json=event("b", "sk_ahu", "2025-06-02", number=SK.lower())
    )

    contested = [(await office.get(f"/v1/cooperatives/{id}")).json() for id in (one, two)]
    (case,) = (await office.get("/v1/legality-conflicts")).json()["items"]
    decided = await office.post(
        f"/v1/legality-conflicts/{case['id']}/resolution",
        json={"holder": one, "reason": "Salinan SK dilihat"},
    )
    after = [(await office.get(f"/v1/cooperatives/{id}")).json() for id in (one, two)]

    assert claimed.json()["conflict"] == case["id"]
    assert [shown["sk_number"] for shown in contested] == [None, None]
    assert [shown["legality_stage"] for shown in contested] == ["berbadan_hukum", "berbadan_hukum"]
    assert decided.status_code == 201
    assert [shown["sk_number"] for shown in after] == [SK, None]


async def test_a_batch_tells_what_became_of_each_event(office: httpx.AsyncClient, callers: Callers) -> None:
    id = await cooperative(office)
    sender = await callers.holding("integrator", source="simkopdes")
    reference = {"cooperative": {"village_code": "6402042001"}}

    answer = await sender.post(
        "/v1/legality-events",
        json={
            "events": [
                {**event("1", "musdesus", "2025-05-20"), **reference},
                {**event("1", "musdesus", "2025-05-20"), **reference},
                {**event("2", "sk_ahu", "2025-06-20", number=SK), **reference},
                {**event("3", "nib", "2025-06-21", number="1234567890123"), "cooperative": {"sk_number": SK}},
                {**event("4", "nib", "2099-06-21"), **reference},
                {**event("5", "musdesus", "2025-05-20"), "cooperative": {"village_code": "64.02.04.2006"}},
                "nonsense",
            ]
        },
    )
    receipt = await sender.get("/v1/legality-events/receipts/3")

    assert answer.status_code == 200
    told = answer.json()
    assert [one["status"] for one in told["results"]] == [
        "applied",
        "duplicate",
        "applied",
        "applied",
        "rejected",
        "waiting",
        "rejected",
    ]
    assert (told["applied"], told["rejected"], told["waiting"]) == (3, 2, 1)
    assert receipt.json()["events"][0]["cooperative_id"] == id
    assert (await office.get(f"/v1/cooperatives/{id}")).json()["nib"] == "1234567890123"


async def test_what_waited_counts_when_its_cooperative_appears(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    sender = await callers.holding("integrator", source="simkopdes")
    pushed = {**event("1", "musdesus", "2025-05-20"), "cooperative": {"village_code": "6402042001"}}
    waiting = await sender.post("/v1/legality-events", json={"events": [pushed]})

    id = await cooperative(office)

    assert waiting.json()["results"][0]["status"] == "waiting"
    assert (await office.get(f"/v1/cooperatives/{id}")).json()["legality_stage"] == "terbentuk"


@pytest.mark.parametrize(
    ("query", "stage"), [("as_of=2025-05-31", "terbentuk"), ("known_at=2025-06-01", "belum_terbentuk")]
)
async def test_what_held_and_what_was_known_at_another_time(
    office: httpx.AsyncClient, query: str, stage: str
) -> None:
    id = await cooperative(office)
    address = f"/v1/cooperatives/{id}/legality-events"
    await office.post(address, json=event("a", "musdesus", "2025-05-20"))
    await office.post(address, json=event("b", "sk_ahu", "2025-06-20", number=SK))

    answer = await office.get(f"/v1/cooperatives/{id}/legality?{query}")

    assert answer.json()["legality_stage"] == stage
