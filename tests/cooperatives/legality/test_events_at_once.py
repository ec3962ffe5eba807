"""Many senders at once: one effect, nothing lost, no fault of the server; who is asked to wait sends again."""

import asyncio
from collections import Counter

import httpx

from tests.conftest import Callers
from tests.cooperatives.legality.pushing import (
    OF_MERIAM,
    SK,
    about,
    event,
    legality,
    new,
    push,
    shown,
    tell,
)
from tests.cooperatives.registering import OF_SEPATIN, RECODING, SEPATIN


async def test_two_senders_who_claim_one_number_at_once_make_one_case(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    ids = [await new(office, base) for base in (OF_SEPATIN, OF_MERIAM)]
    senders = [await callers.holding("integrator", source=source) for source in ("dinas", "notaris")]

    answers = await asyncio.gather(
        *(
            tell(sender, id, event(f"sk {number}", "sk_ahu", f"2025-06-{number + 1:02}", number=SK))
            for number in range(10)
            for sender, id in zip(senders, ids, strict=True)
        )
    )

    assert {answer.status_code for answer in answers} == {201}
    (case,) = (await office.get("/v1/legality-conflicts")).json()["items"]
    assert case["claimants"] == sorted(ids)
    assert [(await shown(office, id))["sk_number"] for id in ids] == [None, None]
    assert [len((await legality(office, id))["history"]) for id in ids] == [10, 10]


async def test_an_event_sent_fifty_times_at_once_is_told_once(office: httpx.AsyncClient) -> None:
    id = await new(office)
    told = event("a", "sk_ahu", "2025-06-01", number=SK)

    answers = await asyncio.gather(*(tell(office, id, told) for _ in range(50)))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 49}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await legality(office, id))["history"]) == 1
    assert ((await shown(office, id))["sk_number"], (await shown(office, id))["version"]) == (SK, 2)


async def test_two_bodies_under_one_id_at_once_leave_one_that_counts(office: httpx.AsyncClient) -> None:
    id = await new(office)
    bodies = [event("a", milestone, "2025-06-01") for milestone in ("musdesus", "akta")]

    answers = await asyncio.gather(*(tell(office, id, bodies[number % 2]) for number in range(20)))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 9, 409: 10}
    assert Counter(one["fate"] for one in (await legality(office, id))["history"]) == {
        "folded": 1,
        "conflicting": 1,
    }


async def test_batches_that_race_single_events_lose_none(office: httpx.AsyncClient) -> None:
    ids = [await new(office, base) for base in (OF_SEPATIN, OF_MERIAM)]
    events = [
        (ids[number % 2], event(str(number), "rat", f"2025-06-{number % 28 + 1:02}")) for number in range(40)
    ]

    outcomes = await asyncio.gather(
        push(office, *(about(told, id=id) for id, told in events)),
        *(tell(office, id, told) for id, told in events),
        push(office, *(about(told, id=id) for id, told in reversed(events))),
    )

    batches = [one for one in outcomes if isinstance(one, dict)]
    singles = Counter(one.status_code for one in outcomes if isinstance(one, httpx.Response))
    assert set(singles) <= {200, 201}
    assert sum(one["applied"] for one in batches) + singles[201] == 40
    assert sum(one["duplicates"] for one in batches) + singles[200] == 80
    assert [len((await legality(office, id))["history"]) for id in ids] == [20, 20]


async def test_a_village_that_is_recoded_while_events_come_loses_none(office: httpx.AsyncClient) -> None:
    id = await new(office)
    singles = [tell(office, id, event(str(number), "rat", "2025-06-01")) for number in range(10)]
    batch = push(
        office,
        *(about(event(str(number), "rat", "2025-06-01"), village_code=SEPATIN) for number in range(20)),
    )

    pushing = asyncio.gather(batch, *singles)
    recoded, _ = await asyncio.gather(office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING), pushing)

    assert recoded.status_code in (200, 503)
    listed = (await office.get(f"/v1/cooperatives/{id}/legality-events?limit=500")).json()["items"]
    assert len(listed) == 20
    code = (await shown(office, id))["village_code"]
    assert {one["village_code"] for one in listed} == {code}


async def test_a_cooperative_that_appears_while_its_events_come_has_them_all(
    office: httpx.AsyncClient,
) -> None:
    told = [about(event(str(number), "musdesus", "2025-05-20"), village_code=SEPATIN) for number in range(12)]

    pushing = asyncio.gather(*(push(office, one) for one in told))
    id, _ = await asyncio.gather(new(office), pushing)

    assert len((await legality(office, id))["history"]) == 12
    assert (await shown(office, id))["legality_stage"] == "terbentuk"


async def test_a_number_decided_while_it_is_claimed_has_one_holder_at_most(office: httpx.AsyncClient) -> None:
    ids = [await new(office, base) for base in (OF_SEPATIN, OF_MERIAM)]
    for number, id in enumerate(ids):
        await tell(office, id, event(str(number), "sk_ahu", "2025-06-01", number=SK))
    (case,) = (await office.get("/v1/legality-conflicts")).json()["items"]

    decided = await asyncio.gather(
        *(
            office.post(
                f"/v1/legality-conflicts/{case['id']}/resolution", json={"holder": id, "reason": "Salinan SK"}
            )
            for id in ids * 3
        ),
        *(tell(office, id, event(f"more {id}", "musdesus", "2025-05-01")) for id in ids),
    )

    assert {answer.status_code for answer in decided} <= {201, 503}
    (case,) = (await office.get("/v1/legality-conflicts")).json()["items"]
    numbers = {id: (await shown(office, id))["sk_number"] for id in ids}
    assert numbers == {id: SK if id == case["holder"] else None for id in ids}
