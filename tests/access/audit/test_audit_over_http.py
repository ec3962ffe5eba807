"""`GET /v1/audit`: who did or read what, newest first, each filter, and who was shown one thing since when."""

import csv
import io
from typing import Any

import httpx
import pytest

from app.access.audit.sealing import head, seal_all
from app.main import Berdaya
from tests.conftest import Callers
from tests.personal import OWNER, PHONE
from tests.ukms.registering import SEPATIN, TIMBAU, address, registered

AUDIT = "/v1/audit"


async def rows(client: httpx.AsyncClient, **params: str) -> list[dict[str, Any]]:
    """The first page."""
    answer = await client.get(AUDIT, params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.fixture
async def ukm(office: httpx.AsyncClient) -> dict[str, Any]:
    """One whose owner is known."""
    return await registered(office, owner_name=OWNER, phone=PHONE)


async def test_who_was_shown_a_thing_since_then_is_one_call(
    office: httpx.AsyncClient, callers: Callers, ukm: dict[str, Any]
) -> None:
    other = await registered(office, name="Contoh lain", village_code=TIMBAU, phone=PHONE)
    anggana = await callers.holding("operator", region="64.02.04", name="Contoh Anggana")
    since = (await rows(office, type="ukm"))[0]["at"]
    await anggana.get(address(ukm))
    await anggana.get("/v1/ukms")
    await anggana.get(address(other))
    await office.get("/v1/ukms?format=csv")

    told = await rows(office, type="ukm", resource_id=ukm["id"], since=since)

    assert [(row["actor_name"], row["action"], row["resource_id"]) for row in told] == [
        ("office", "list_ukms", None),
        ("Contoh Anggana", "list_ukms", None),
        ("Contoh Anggana", "get_ukm", ukm["id"]),
    ]


async def test_a_row_tells_who_what_when_and_from_where(
    application: Berdaya, office: httpx.AsyncClient, ukm: dict[str, Any]
) -> None:
    headers = {"x-request-id": "contoh-1"}
    await office.patch(address(ukm), json={"members": 3}, headers=headers)
    await seal_all(application.place.database)

    [row] = await rows(office, request_id="contoh-1")

    last = await head(application.place.database)
    expected = {
        "actor_name": "office",
        "role": "admin",
        "address": "127.0.0.1",
        "request_id": "contoh-1",
        "action": "amend_ukm",
        "type": "ukm",
        "resource_id": ukm["id"],
        "village_code": SEPATIN,
        "version": 2,
        "before": {"members": None},
        "after": {"members": 3},
        "number": last.number,
        "hash": last.hash,
    }
    assert {name: row[name] for name in expected} == expected
    assert row["actor"]
    assert row["at"].endswith("Z")


async def test_each_filter_finds_its_rows(office: httpx.AsyncClient, ukm: dict[str, Any]) -> None:
    await office.get("/v1/ukms")
    reading, writing = await rows(office, type="ukm")

    found = {
        name: {row["action"] for row in await rows(office, **{name: value})}
        for name, value in {
            "actor": writing["actor"],
            "type": "ukm",
            "resource_id": ukm["id"],
            "action": "register_ukm",
            "region": "640204",
            "request_id": writing["request_id"],
            "since": reading["at"],
        }.items()
    }
    before = await rows(office, type="ukm", until=reading["at"])
    nowhere = await rows(office, type="ukm", region="64.02.06")

    assert found == {
        "actor": {"register_ukm", "list_ukms"},
        "type": {"register_ukm", "list_ukms"},
        "resource_id": {"register_ukm", "list_ukms"},
        "action": {"register_ukm"},
        "region": {"register_ukm", "list_ukms", "seed"},
        "request_id": {"register_ukm"},
        "since": {"list_ukms"},
    }
    assert [row["id"] for row in before] == [writing["id"]]
    assert nowhere == []


async def test_a_walk_shows_every_row_once_newest_first(office: httpx.AsyncClient) -> None:
    whole = (await office.get(f"{AUDIT}?limit=500&count=exact")).json()

    walked: list[dict[str, Any]] = []
    following: dict[str, str] | None = {}
    while following is not None:
        page = (await office.get(AUDIT, params={"limit": "97", **following})).json()
        walked += page["items"]
        following = {"cursor": page["next_cursor"]} if page["next_cursor"] else None

    assert whole["total"] == len(whole["items"]) > 200
    assert [row["id"] for row in walked] == [row["id"] for row in whole["items"]]
    numbers = [row["number"] for row in walked if row["number"] is not None]
    assert numbers == sorted(numbers, reverse=True)


async def test_a_sheet_holds_the_whole_filtered_set(office: httpx.AsyncClient, ukm: dict[str, Any]) -> None:
    await office.get("/v1/ukms")

    answer = await office.get(f"{AUDIT}?type=ukm&format=csv")

    lines = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [line["action"] for line in lines] == ["list_ukms", "register_ukm"]
    assert [line["resource_id"] for line in lines] == ["", ukm["id"]]
    assert PHONE not in answer.text


async def test_only_an_admin_sees_it_and_nobody_may_keep_it(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    others = [await callers.holding(role) for role in ("viewer", "operator", "officer", "integrator")]

    seen = await office.get(AUDIT)
    refused = [(await client.get(AUDIT)).status_code for client in (visitor, *others)]

    assert seen.headers["cache-control"] == "no-store"
    assert "Authorization" in seen.headers["vary"]
    assert refused == [401, 403, 403, 403, 403]


async def test_what_is_asked_wrongly_is_refused(office: httpx.AsyncClient) -> None:
    wrong = {"since": "yesterday", "region": "6403999", "type": "", "cursor": "x", "sort": "at", "limit": "0"}

    statuses = [(await office.get(AUDIT, params={name: value})).status_code for name, value in wrong.items()]

    assert statuses == [422] * len(wrong)
