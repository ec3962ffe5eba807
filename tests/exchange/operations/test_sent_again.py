"""An operation has its effect once, however often, by whomever and with what else it is sent."""

import asyncio

import httpx
from sqlalchemy import select

from app.database import Database, Statement
from app.database.words import new_id
from app.exchange.operations.tables import operations_done
from app.subjects.erasing import erase
from tests.conftest import Callers, act_of
from tests.exchange.operations.outbox import (
    GROUP,
    SEPATIN,
    UKM,
    faults,
    lives,
    operation,
    recorded,
    result,
    results,
    sent,
)
from tests.personal import OTHER_OWNER, OWNER, PHONE, VALUES

_done = Statement(select(*operations_done.c))


async def test_an_outbox_sent_again_is_replayed_without_effect(
    database: Database, office: httpx.AsyncClient
) -> None:
    outbox = [operation("create", one.type, one.resource_id, one.first) for one in lives()]
    first = await results(office, *outbox)
    before = await recorded(database)

    again = [await sent(office, *outbox) for _ in range(3)]

    for answer in again:
        told = answer.json()
        assert (told["replayed"], told["applied"]) == (len(outbox), 0)
        assert [(one["id"], one["version"]) for one in told["results"]] == [
            (one["id"], one["version"]) for one in first
        ]
    assert await recorded(database) == before


async def test_a_replay_tells_the_version_of_then_whatever_came_after(office: httpx.AsyncClient) -> None:
    group = new_id()
    made = operation("create", "group", group, GROUP)
    await results(office, made, operation("update", "group", group, {"members_male": 2}, expected_version=1))

    again = await result(office, made)
    await results(office, operation("delete", "group", group))
    later = await result(office, made)

    assert (again["status"], again["version"]) == ("replayed", 1)
    assert (later["status"], later["version"]) == ("replayed", 1)
    assert (await office.get(f"/v1/groups/{group}")).status_code == 404


async def test_an_operation_is_known_by_its_value_not_its_spelling(office: httpx.AsyncClient) -> None:
    one = operation("create", "group", new_id(), GROUP)
    await results(office, one)

    again = await result(office, dict(reversed(one.items())))

    assert again["status"] == "replayed"


async def test_another_body_under_a_done_id_is_refused(office: httpx.AsyncClient) -> None:
    one = operation("create", "group", new_id(), GROUP)
    await results(office, one)

    others = await results(
        office,
        {**one, "data": {**GROUP, "name": "Lain"}},
        {**one, "resource_id": new_id()},
        {**one, "action": "update", "data": {"members_male": 1}},
    )
    twice = await results(
        office, two := operation("create", "group", new_id(), GROUP), two, {**two, "resource_id": new_id()}
    )

    assert {one["status"] for one in others} == {"refused"}
    assert [faults(one) for one in others] == [[("/id", "operation.other_body")]] * 3
    assert [one["status"] for one in twice] == ["applied", "replayed", "refused"]


async def test_the_id_of_an_operation_belongs_to_its_caller(callers: Callers) -> None:
    one, two = await callers.holding("officer", name="one"), await callers.holding("officer", name="two")
    id = new_id()

    first = await result(one, {**operation("create", "group", new_id(), GROUP), "id": id})
    second = await result(two, {**operation("create", "group", new_id(), GROUP), "id": id})

    assert [first["status"], second["status"]] == ["applied", "applied"]


async def test_what_had_no_effect_is_judged_anew(office: httpx.AsyncClient) -> None:
    group = new_id()
    update = operation("update", "group", group, {"members_male": 1})

    refused = await result(office, update)
    await results(office, operation("create", "group", group, GROUP))
    applied = await result(office, update)
    again = await result(office, update)

    assert [one["status"] for one in (refused, applied, again)] == ["refused", "applied", "replayed"]


async def test_an_outbox_that_many_send_at_once_is_done_once(
    database: Database, office: httpx.AsyncClient
) -> None:
    before = await recorded(database)
    outbox = [
        operation("create", "group", new_id(), {**GROUP, "name": f"Percobaan {number}"})
        for number in range(10)
    ]

    async def insist() -> list[str]:
        while True:
            answer = await sent(office, *outbox)
            if answer.status_code == 200:
                return [one["status"] for one in answer.json()["results"]]
            assert answer.status_code == 503

    told = await asyncio.gather(*(insist() for _ in range(8)))

    fates = [fate for one in told for fate in one]
    assert set(fates) <= {"applied", "replayed"}
    assert {name: count - before[name] for name, count in (await recorded(database)).items()} == {
        "changes": 10,
        "audit": 10,
    }


async def test_what_is_remembered_of_an_operation_holds_nothing_personal(
    database: Database, office: httpx.AsyncClient
) -> None:
    await results(office, operation("create", "ukm", new_id(), {**UKM, "owner_name": OWNER, "phone": PHONE}))

    kept = str([list(row) for row in await database.fetch(_done, {})])

    assert kept.count("ukm") == 1
    assert not any(value in kept for value in VALUES)


async def test_an_erasure_takes_the_fingerprint_and_the_operation_stays_done(
    database: Database, office: httpx.AsyncClient
) -> None:
    ukm = new_id()
    one = operation("create", "ukm", ukm, {**UKM, "owner_name": OWNER})
    await results(office, one)
    await database.write(act_of("erase"), lambda tx: erase(tx, "ukm", ukm, "Percobaan"))

    again = await results(office, one, {**one, "data": {**UKM, "owner_name": OTHER_OWNER}})

    assert [(told["status"], told["version"]) for told in again] == [("replayed", 1)] * 2
    assert [row[2] for row in await database.fetch(_done, {})] == [None]
    assert (await office.get(f"/v1/ukms/{ukm}")).json()["owner_name"] is None


async def test_an_idempotency_key_beside_it_is_not_needed_and_does_no_harm(office: httpx.AsyncClient) -> None:
    one, two = (operation("update", "village", SEPATIN, {"households": number}) for number in (5, 6))

    first = await sent(office, one, **{"idempotency-key": "k-1"})
    second = await sent(office, two, **{"idempotency-key": "k-1"})

    assert [answer.json()["applied"] for answer in (first, second)] == [1, 1]
