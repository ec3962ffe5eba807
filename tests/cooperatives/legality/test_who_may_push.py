"""Who may tell events, of which cooperatives, and what becomes of what cannot be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.conftest import Callers
from tests.cooperatives.legality.pushing import (
    BATCHES,
    OF_MERIAM,
    about,
    event,
    legality,
    new,
    push,
    shown,
    tell,
)
from tests.cooperatives.registering import NOBODY, OF_SEPATIN, OTHER, RECODING, SEPATIN, TANI_BARU, faults

FORMED = event("a", "musdesus", "2025-05-20")


def comes_in(minutes: float) -> dict[str, Any]:
    """An event at an instant so many minutes from now."""
    at = (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()
    return {"event_id": "soon", "milestone": "musdesus", "outcome": "achieved", "occurred_at": at}


@pytest.mark.parametrize("batch", ["single", "batch"])
async def test_strangers_and_viewers_tell_nothing(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers, batch: str
) -> None:
    id = await new(office)
    viewer = await callers.holding("viewer")
    address = BATCHES if batch == "batch" else f"/v1/cooperatives/{id}/legality-events"
    body = {"events": [about(FORMED, id=id)]} if batch == "batch" else FORMED

    answers = [await client.post(address, json=body) for client in (visitor, viewer)]

    assert [answer.status_code for answer in answers] == [401, 403]
    assert (await legality(office, id))["history"] == []


@pytest.mark.parametrize("role", ["integrator", "operator", "officer", "admin"])
async def test_whoever_has_the_right_tells_events_and_reads_them(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers, role: str
) -> None:
    id = await new(office)
    sender = await callers.holding(role, region="64.02.04", source="dinas")

    answer = await tell(sender, id, FORMED)

    assert answer.status_code == 201
    (listed,) = (await visitor.get(f"/v1/cooperatives/{id}/legality-events")).json()["items"]
    assert listed["source"] == "dinas"
    assert (await visitor.get(answer.headers["location"])).json() == listed


async def test_out_of_reach_is_as_if_it_were_not_there(office: httpx.AsyncClient, callers: Callers) -> None:
    id = await new(office)
    elsewhere = await callers.holding("integrator", region="64.02.05")
    missing = NOBODY.rpartition("/")[2]

    alone = [(await tell(elsewhere, one, FORMED)).json() for one in (id, missing)]
    results = (await push(elsewhere, about(FORMED, id=id), about(FORMED, id=missing)))["results"]
    villages = (
        await push(
            elsewhere, about(FORMED, village_code=SEPATIN), about(FORMED, village_code="64.02.04.2098")
        )
    )["results"]

    same = ("instance", "request_id")
    first, second = ({name: value for name, value in one.items() if name not in same} for one in alone)
    assert (first["status"], first["code"]) == (404, "cooperative.not_found")
    assert first == second
    for one, other in (results, villages):
        assert one["status"] == "rejected"
        assert {**one, "index": 0} == {**other, "index": 0}
    assert (await legality(office, id))["history"] == []


async def test_a_receipt_is_its_senders_own(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    id = await new(office)
    sender = await callers.holding("integrator", source="dinas")
    other = await callers.holding("integrator", source="notaris")
    await tell(sender, id, FORMED)
    address = "/v1/legality-events/receipts/a"

    answers = [await client.get(address) for client in (visitor, other, sender)]

    assert [answer.status_code for answer in answers] == [401, 404, 200]
    assert answers[-1].json()["events"][0]["legality_stage"] == "terbentuk"


async def test_nobody_says_whose_source_it_is(office: httpx.AsyncClient) -> None:
    id = await new(office)

    answer = await tell(office, id, {**FORMED, "source": "notaris"})

    assert faults(answer) == [("/source", "field.unknown")]


async def test_a_cooperative_with_events_is_dissolved_not_deleted(office: httpx.AsyncClient) -> None:
    id = await new(office)
    await tell(office, id, FORMED)

    refused = await office.delete(f"/v1/cooperatives/{id}")
    await tell(office, id, event("z", "pembubaran", "2025-07-01"))

    assert (refused.status_code, refused.json()["code"]) == (409, "cooperative.has_events")
    assert (await shown(office, id))["legality_stage"] == "dibubarkan"


async def test_what_has_not_happened_yet_is_refused_with_five_minutes_of_grace(
    office: httpx.AsyncClient,
) -> None:
    id = await new(office)
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()

    answers = [
        await tell(office, id, comes_in(6)),
        await tell(office, id, event("day", "musdesus", tomorrow)),
        await tell(office, id, comes_in(4)),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 201]
    assert [faults(answer) for answer in answers[:2]] == [
        [("/occurred_at", "value.date_future")],
        [("/occurred_on", "value.date_future")],
    ]


async def test_a_batch_holds_one_to_a_thousand_events(office: httpx.AsyncClient) -> None:
    id = await new(office)
    many = [about(event(str(number), "rat", "2025-05-20"), id=id) for number in range(1001)]

    none = await office.post(BATCHES, json={"events": []})
    too_many = await office.post(BATCHES, json={"events": many})
    before = (await legality(office, id))["history"]
    enough = await push(office, *many[:1000])

    assert faults(none) == [("/events", "list.too_short")]
    assert faults(too_many) == [("/events", "list.too_long")]
    assert before == []
    assert enough["applied"] == len(enough["results"]) == 1000


async def test_one_bad_event_among_999_blocks_none(office: httpx.AsyncClient) -> None:
    ids = [await new(office, base) for base in (OF_SEPATIN, OF_MERIAM)]
    events: list[Any] = [
        about(event(str(number), "rat", "2025-05-20"), id=ids[number % 2]) for number in range(999)
    ]
    events.insert(500, {"event_id": "bad", "milestone": "nib", "cooperative": {"id": ids[0]}})

    outcome = await push(office, *events)

    assert (outcome["applied"], outcome["rejected"]) == (999, 1)
    assert [one["index"] for one in outcome["results"]] == list(range(1000))
    bad = outcome["results"][500]
    assert (bad["event_id"], bad["cooperative_id"]) == ("bad", None)
    assert {(one["pointer"], one["code"]) for one in bad["problem"]["errors"]} == {
        ("/outcome", "field.required"),
        ("/occurred_on", "event.one_time"),
    }


@pytest.mark.parametrize(
    "bad", [None, 1, "x", [], {}, {"event_id": "\u0000"}, {"event_id": 5, "cooperative": []}]
)
async def test_whatever_stands_in_a_batch_has_a_result(office: httpx.AsyncClient, bad: Any) -> None:
    id = await new(office)

    outcome = await push(office, bad, about(FORMED, id=id))

    assert [one["status"] for one in outcome["results"]] == ["rejected", "applied"]
    assert outcome["results"][0]["problem"]["errors"]


async def test_events_follow_their_village_to_its_new_code(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    id = await new(office)
    await tell(office, id, FORMED)

    await office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING)

    (listed,) = (await visitor.get(f"/v1/cooperatives/{id}/legality-events")).json()["items"]
    assert (listed["village_code"], listed["version"]) == (RECODING["new_code"], 2)
    assert (await tell(office, id, FORMED)).status_code == 200


async def test_events_follow_their_cooperative_to_another_village_and_find_what_waits_there(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    made = await office.post("/v1/cooperatives", json=OTHER)
    id = made.json()["id"]
    await tell(office, id, FORMED)
    await push(office, about(event("b", "akta", "2025-05-21"), village_code=TANI_BARU))

    moved = await office.patch(f"/v1/cooperatives/{id}", json={"village_code": TANI_BARU})

    listed = (await visitor.get(f"/v1/cooperatives/{id}/legality-events")).json()["items"]
    assert [(one["event_id"], one["village_code"]) for one in listed] == [("a", TANI_BARU), ("b", TANI_BARU)]
    assert moved.json()["legality_stage"] == "akta_terbit"
    assert (await office.delete(f"/v1/villages/{SEPATIN}")).status_code == 204


async def test_events_are_listed_by_when_they_took_effect(office: httpx.AsyncClient) -> None:
    id = await new(office)
    for number, day in enumerate(("2025-05-20", "2025-05-10", "2025-05-15")):
        await tell(office, id, event(str(number), "rat", day))
    address = f"/v1/cooperatives/{id}/legality-events"

    page = (await office.get(f"{address}?limit=2&count=exact")).json()
    rest = (await office.get(f"{address}?limit=2&cursor={page['next_cursor']}")).json()
    received = (await office.get(f"{address}?sort=received_at")).json()

    assert [one["event_id"] for one in (*page["items"], *rest["items"])] == ["1", "2", "0"]
    assert page["total"] == 3
    assert [one["event_id"] for one in received["items"]] == ["0", "1", "2"]
    assert (await office.get(f"{NOBODY}/legality-events")).status_code == 404
