"""Notices arrive: signed, in order per thing, at least once, and never past what a receiver says."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.changes.webhooks.conftest import Desk
from tests.changes.webhooks.receiving import HANG, OK, Heard, Receiver


async def test_a_change_is_told_and_its_signature_holds_for_the_published_library(
    desk: Desk, there: Receiver
) -> None:
    made = await desk.subscribed(there.url)
    group = await desk.group()

    await desk.turns(1)

    [heard] = there.heard
    Webhook(made["secret"]).verify(heard["body"].decode(), heard["headers"])
    assert heard["type"] == "group.created"
    assert heard["data"]["resource_id"] == group
    assert heard["data"]["data"] == (await desk.office.get(f"/v1/groups/{group}")).json()
    assert heard["headers"]["webhook-id"] == heard["data"]["id"]
    [delivery] = await desk.deliveries(made["id"])
    assert (delivery["status"], delivery["last_status"], delivery["attempts"]) == ("delivered", 204, 1)


async def test_what_changed_before_the_subscription_is_not_told(desk: Desk, there: Receiver) -> None:
    await desk.group()
    await desk.subscribed(there.url)

    await desk.turns(2)

    assert there.heard == []


async def test_kinds_and_region_bound_what_is_told(desk: Desk, there: Receiver) -> None:
    await desk.subscribed(f"{there.url}/kind", types=["ukm"])
    await desk.subscribed(f"{there.url}/place", region="64.02.05")
    await desk.subscribed(f"{there.url}/both", types=["group"], region="64.02.04.2001")
    await desk.group()

    await desk.turns(1)

    assert [one["path"] for one in there.heard] == ["/notices/both"]


async def test_a_receiver_that_fails_half_the_time_is_told_all_in_order_and_with_the_same_ids(
    desk: Desk, there: Receiver
) -> None:
    failing = iter([True, False] * 500)
    there.reply = lambda heard: "500 No" if next(failing) else OK
    made = await desk.subscribed(there.url)
    groups = [await desk.group() for _ in range(5)]
    for group in groups:
        await desk.office.patch(f"/v1/groups/{group}", json={"members_male": 1})
        await desk.office.delete(f"/v1/groups/{group}")

    await desk.turns(30, hours=2)

    assert {one["status"] for one in await desk.deliveries(made["id"])} == {"delivered"}
    for group in groups:
        told = [one["data"] for one in there.taken if one["data"]["resource_id"] == group]
        assert [one["version"] for one in told] == [1, 2, 3]
        assert told[-1]["data"] is None
    ids = {one["headers"]["webhook-id"] for one in there.heard}
    assert len(ids) == len(there.taken) == 15


async def test_a_receiver_that_always_fails_is_given_up_after_ten_attempts_within_76_hours(
    desk: Desk, there: Receiver
) -> None:
    there.reply = lambda heard: "500 No"
    made = await desk.subscribed(there.url)
    await desk.group()

    began = datetime.fromisoformat(desk.now.at)
    for _ in range(9):
        await desk.turns(1)
        [pending] = await desk.deliveries(made["id"])
        desk.now.at = str(pending["next_attempt_at"])
    await desk.turns(2, hours=24)

    [dead] = await desk.deliveries(made["id"], status="dead")
    assert (dead["attempts"], dead["last_error"], dead["next_attempt_at"]) == (10, "status", None)
    assert len(there.heard) == 10
    assert datetime.fromisoformat(str(dead["finished_at"])) - began < timedelta(hours=76)


async def test_a_thing_that_hangs_keeps_no_other_thing_waiting(desk: Desk, there: Receiver) -> None:
    stuck = await desk.group()
    desk.dispatcher = desk.another(timeout=3)
    there.reply = lambda heard: HANG if heard["data"]["resource_id"] == stuck else OK
    made = await desk.subscribed(there.url)
    await desk.office.patch(f"/v1/groups/{stuck}", json={"members_male": 1})
    others = [await desk.group() for _ in range(3)]

    await desk.turns(1)

    assert sorted(one["data"]["resource_id"] for one in there.taken) == sorted(others)
    [waiting] = await desk.deliveries(made["id"], status="pending")
    assert (waiting["last_error"], waiting["attempts"]) == ("timeout", 1)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_a_failure_and_never_followed(desk: Desk, there: Receiver, status: str) -> None:
    there.reply = lambda heard: f"{status}\r\nlocation: {there.url}/elsewhere"
    made = await desk.subscribed(there.url)
    await desk.group()

    await desk.turns(1)

    assert [one["path"] for one in there.heard] == ["/notices"]
    [pending] = await desk.deliveries(made["id"])
    assert (pending["status"], pending["last_error"]) == ("pending", "redirect")


async def test_410_turns_the_subscription_off_and_what_changes_then_is_told_once_it_is_on_again(
    desk: Desk, there: Receiver
) -> None:
    there.reply = lambda heard: "410 Gone"
    made = await desk.subscribed(there.url)
    await desk.group()
    await desk.turns(1)
    missed = await desk.group()
    await desk.turns(2)
    address = f"/v1/webhook-subscriptions/{made['id']}"
    off = (await desk.office.get(address)).json()
    there.reply = lambda heard: OK

    await desk.office.patch(address, json={"enabled": True})
    await desk.turns(1)

    assert off["enabled"] is False
    assert [one["data"]["resource_id"] for one in there.taken] == [missed]
    assert [one["last_error"] for one in await desk.deliveries(made["id"], status="dead")] == ["gone"]


@pytest.mark.parametrize("status", ["429 Slow", "502 Bad", "503 Later", "504 Late"])
async def test_an_overloaded_receiver_is_left_alone_for_as_long_as_it_asks(
    desk: Desk, there: Receiver, status: str
) -> None:
    there.reply = lambda heard: f"{status}\r\nretry-after: 7200"
    await desk.subscribed(there.url)
    await desk.group()
    await desk.turns(1)
    await desk.group()
    await desk.turns(3, hours=0.5)
    asked = len(there.heard)
    there.reply = lambda heard: OK

    await desk.turns(3, hours=1)

    assert asked == 1
    assert len(there.taken) == 2


async def test_a_dispatcher_that_was_killed_in_the_middle_is_followed_by_one_that_sends_again(
    desk: Desk, there: Receiver
) -> None:
    there.reply = lambda heard: HANG
    await desk.subscribed(there.url)
    await desk.group()
    desk.now.move(minutes=1)
    await desk.dispatcher.turn()
    async with asyncio.timeout(10):
        await there.called.wait()
    await desk.dispatcher.stop()
    there.reply = lambda heard: OK
    desk.dispatcher = desk.another()

    await desk.turns(1)

    first, second = there.heard
    assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"]


async def test_two_dispatchers_tell_each_change_once(desk: Desk, there: Receiver) -> None:
    await desk.subscribed(there.url)
    other = desk.another()
    groups = [await desk.group() for _ in range(10)]
    desk.now.move(minutes=1)

    for _ in range(3):
        await asyncio.gather(desk.dispatcher.turn(), other.turn())
        await asyncio.gather(desk.dispatcher.settled(), other.settled())

    assert sorted(one["data"]["resource_id"] for one in there.heard) == sorted(groups)


async def test_a_new_secret_and_the_old_one_both_hold_until_the_overlap_ends(
    desk: Desk, there: Receiver
) -> None:
    made = await desk.subscribed(there.url)
    address = f"/v1/webhook-subscriptions/{made['id']}/secret"
    rotated = (await desk.office.post(address, json={"overlap_hours": 24})).json()
    await desk.group()
    await desk.turns(1)
    desk.now.move(hours=25)
    await desk.group()
    await desk.turns(1)

    during, after = there.heard

    for secret in (made["secret"], rotated["secret"]):
        assert _holds(secret, during)
    assert not _holds(made["secret"], after)
    assert len(after["headers"]["webhook-signature"].split()) == 1


def _holds(secret: str, heard: Heard) -> bool:
    try:
        # The clock of the test runs ahead of the library's, which judges it only after the signature is made.
        signed = heard["headers"]["webhook-signature"].split()
        library = Webhook(secret)
        at = int(heard["headers"]["webhook-timestamp"])
        return any(one == _sign(library, heard, at) for one in signed)
    except WebhookVerificationError:
        return False


def _sign(library: Webhook, heard: Heard, at: int) -> str:
    return library.sign(
        heard["headers"]["webhook-id"], datetime.fromtimestamp(at, UTC), heard["body"].decode()
    )


async def test_a_dead_delivery_a_single_one_and_the_feed_from_a_cursor_are_told_again(
    desk: Desk, there: Receiver
) -> None:
    there.reply = lambda heard: "500 No"
    made = await desk.subscribed(there.url)
    begin = (await desk.office.get("/v1/changes/snapshot?types=group&limit=1")).json()["changes_after"]
    await desk.group()
    await desk.turns(100, hours=1)
    there.reply = lambda heard: OK
    there.heard.clear()
    address = f"/v1/webhook-subscriptions/{made['id']}"

    revived = (await desk.office.post(f"{address}/replay", json={})).json()
    await desk.turns(1)
    [delivery] = await desk.deliveries(made["id"])
    again = await desk.office.post(f"{address}/deliveries/{delivery['id']}/replay")
    await desk.turns(1)
    moved = await desk.office.post(f"{address}/replay", json={"after": begin})
    await desk.turns(1)

    assert revived == {"deliveries": 1, "changes_after": None}
    assert again.json()["status"] == "pending"
    assert moved.json()["changes_after"] == begin
    assert len({one["headers"]["webhook-id"] for one in there.taken}) == 1
    assert len(there.taken) == 3


async def test_a_ping_arrives_and_what_waits_is_measured(desk: Desk, there: Receiver) -> None:
    made = await desk.subscribed(there.url)
    pinged = await desk.office.post(f"/v1/webhook-subscriptions/{made['id']}/test")
    depths: list[float] = []
    desk.dispatcher._depth = depths.append
    there.reply = lambda heard: "500 No"

    await desk.turns(2)

    assert pinged.status_code == 201
    assert there.heard[0]["type"] == "ping"
    assert depths[-1] == 1
    assert "berdaya_outbox_depth" in (await desk.office.get("/metrics")).text


async def test_delivered_ones_are_forgotten_after_thirty_days(
    desk: Desk, there: Receiver, office: httpx.AsyncClient
) -> None:
    made = await desk.subscribed(there.url)
    await desk.group()
    await desk.turns(1)
    kept = len(await desk.deliveries(made["id"]))
    desk.now.move(days=31)

    await desk.turns(1)

    assert (kept, await desk.deliveries(made["id"])) == (1, [])
