"""Subscriptions are made, shown without their secret, changed and ended by whoever may."""

import httpx
import pytest

from app.settings import Settings
from tests.changes.reading import code_of
from tests.conftest import Callers

ALL = "/v1/webhook-subscriptions"
MADE = {"url": "https://8.8.8.8/notices", "types": ["village"], "region": "64.02.04"}


@pytest.fixture
def settings(database_url: str) -> Settings:
    """The rules of an installation that set nothing."""
    return Settings(database_url=database_url, webhooks=False)


async def test_the_secret_is_shown_once(office: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "one"}
    made = await office.post(ALL, json=MADE, headers=key)

    again = await office.post(ALL, json=MADE, headers=key)

    assert made.json()["secret"].startswith("whsec_")
    assert (again.status_code, again.json()["code"]) == (409, "secret_shown_once")
    shown = (await office.get(made.headers["location"])).json()
    assert "secret" not in shown
    assert [one["id"] for one in (await office.get(ALL)).json()["items"]] == [shown["id"]]


async def test_a_subscription_is_changed_and_ended(office: httpx.AsyncClient) -> None:
    address = (await office.post(ALL, json=MADE)).headers["location"]

    changed = await office.patch(address, json={"region": None, "enabled": False})
    off = await office.post(f"{address}/test")
    ended = await office.delete(address)

    assert (changed.json()["region"], changed.json()["enabled"], changed.json()["version"]) == (
        None,
        False,
        2,
    )
    assert (off.status_code, off.json()["code"]) == (409, "subscription.disabled")
    assert ended.status_code == 204
    assert (await office.get(f"{address}/deliveries")).status_code == 404


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://127.0.0.1/", "subscription.address_private"),
        ("http://8.8.8.8/", "subscription.address_plain"),
        ("https://8.8.8.8:22/", "subscription.address_port"),
        ("nowhere", "subscription.address"),
    ],
)
async def test_an_address_to_which_nothing_may_be_sent_is_a_fault(
    office: httpx.AsyncClient, url: str, code: str
) -> None:
    answer = await office.post(ALL, json={**MADE, "url": url})

    assert code_of(answer) == (422, code, "/url")


async def test_only_the_administrator_subscribes(callers: Callers, visitor: httpx.AsyncClient) -> None:
    officer = await callers.holding("officer")

    assert (await officer.post(ALL, json=MADE)).status_code == 403
    assert (await officer.get(ALL)).status_code == 403
    assert (await visitor.get(ALL)).status_code == 401


async def test_a_notice_that_is_asked_for_twice_with_a_key_is_put_by_once(office: httpx.AsyncClient) -> None:
    address = (await office.post(ALL, json=MADE)).headers["location"]
    key = {"idempotency-key": "one"}

    first, second = [await office.post(f"{address}/test", headers=key) for _ in range(2)]

    (delivery,) = (await office.get(f"{address}/deliveries")).json()["items"]
    again = [
        await office.post(f"{address}{part}", json=body, headers=key)
        for part, body in (("/replay", {}), (f"/deliveries/{delivery['id']}/replay", None))
        for _ in range(2)
    ]
    assert first.content == second.content
    assert [one.headers.get("idempotent-replayed") for one in again] == [None, "true"] * 2
    assert len((await office.get(f"{address}/deliveries")).json()["items"]) == 1


async def test_a_new_secret_is_a_new_version(office: httpx.AsyncClient) -> None:
    made = await office.post(ALL, json=MADE)

    rotated = await office.post(f"{made.headers['location']}/secret", json={})

    assert rotated.json()["version"] == 2
    assert rotated.json()["secret_changed_at"] > made.json()["secret_changed_at"]
    assert rotated.json()["secret"] != made.json()["secret"]
