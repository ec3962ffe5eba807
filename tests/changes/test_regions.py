"""Whoever follows a region hears of what enters it, what leaves it, and of nothing else."""

import httpx
import pytest

from app.changes import copying
from app.changes.area import area_of
from app.changes.following import following
from app.changes.position import START
from app.changes.types import kinds_of
from app.database import Database
from tests.access.things import placed
from tests.changes.reading import Told, copied, feed, key, snapshot

SEPATIN, ANGGANA = "64.02.04.2001", "64.02.04"
HANDIL, MUARA_BADAK = "64.02.04.2008", "64.02.05"
TO_MUARA_BADAK = {"new_code": "64.02.05.2099", "effective_on": "2026-01-01", "legal_basis": "Contoh 1/2026"}
GROUP = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": SEPATIN}


def within(copy: dict[tuple[str, str], tuple[int, Told]], items: list[Told], region: str) -> object:
    """A copy without what bears a code outside the region, as a follower drops it."""
    codes = {key(one): one["village_code"] or "" for one in items}
    return {name: one for name, one in copy.items() if codes[name].startswith(region)}


async def test_a_region_s_feed_is_the_whole_feed_with_the_rest_left_out(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await placed(office, SEPATIN)
    await placed(office, "64.02.05.2001")
    everything, _ = await feed(visitor)

    for query in ("64.02.04", "640204", "64.02.04.2001", "64.02", "64", "64.99"):
        dotted = "64.02.04" if query == "640204" else query
        told, _ = await feed(visitor, region=query)

        assert told == [one for one in everything if one["village_code"].startswith(dotted)]


async def test_kinds_are_left_out_one_by_one(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    await placed(office, SEPATIN)
    everything, _ = await feed(visitor)

    for kinds in (["village"], ["ukm", "ukm_year"], ["group", "idm_record", "enrolment"]):
        told, _ = await feed(visitor, types=",".join(kinds), region=ANGGANA)

        assert told == [
            one for one in everything if one["type"] in kinds and one["village_code"].startswith(ANGGANA)
        ]
        assert {one["type"] for one in told} == set(kinds)


async def test_a_village_that_leaves_the_district_is_told_to_both_with_all_its_things(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await placed(office, SEPATIN)
    there, after = await snapshot(visitor, region=ANGGANA)
    elsewhere, after_there = await snapshot(visitor, region=MUARA_BADAK)

    await office.post(f"/v1/villages/{SEPATIN}/recode", json=TO_MUARA_BADAK)
    left, _ = await feed(visitor, after, region=ANGGANA)
    entered, _ = await feed(visitor, after_there, region=MUARA_BADAK)

    assert left == entered
    assert {one["village_code"] for one in left} == {TO_MUARA_BADAK["new_code"]}
    assert {key(one) for one in left} == {key(one) for one in there if one["village_code"] == SEPATIN}
    for region, begun, since in ((ANGGANA, there, left), (MUARA_BADAK, elsewhere, entered)):
        now, _ = await snapshot(visitor, region=region)
        assert within(copied(since, begun), [*begun, *since], region) == copied((), now)


async def test_a_thing_that_moves_to_another_district_leaves_and_then_is_silent(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    _, after = await feed(visitor)
    group = (await office.post("/v1/groups", json=GROUP)).json()
    address = f"/v1/groups/{group['id']}"
    await office.patch(address, json={"village_code": "64.02.05.2001"})
    await office.patch(address, json={"members_male": 7})
    await office.delete(address)

    anggana, _ = await feed(visitor, after, region=ANGGANA)
    badak, _ = await feed(visitor, after, region=MUARA_BADAK)

    assert [(one["operation"], one["version"]) for one in anggana] == [("created", 1), ("updated", 2)]
    assert [(one["operation"], one["version"]) for one in badak] == [
        ("updated", 2),
        ("updated", 3),
        ("deleted", 4),
    ]


async def test_a_village_is_followed_under_every_code_it_had(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    group = (await office.post("/v1/groups", json=GROUP)).json()
    _, after = await feed(visitor, region=SEPATIN)
    await office.delete(f"/v1/groups/{group['id']}")
    await office.post(f"/v1/villages/{SEPATIN}/recode", json=TO_MUARA_BADAK)

    told = [(await feed(visitor, after, region=code))[0] for code in (SEPATIN, TO_MUARA_BADAK["new_code"])]

    assert told[0] == told[1]
    assert [(one["type"], one["operation"], one["village_code"]) for one in told[0]] == [
        ("group", "deleted", SEPATIN),
        ("village", "updated", TO_MUARA_BADAK["new_code"]),
    ]


async def test_what_lies_nowhere_is_in_no_region(office: httpx.AsyncClient) -> None:
    await office.post("/v1/tokens", json={"name": "Contoh", "role": "viewer"})

    everywhere = [(await feed(office, types="token"))[0], (await snapshot(office, types="token"))[0]]
    somewhere = [
        (await feed(office, types="token,user", region="64"))[0],
        (await snapshot(office, types="token,user", region="64"))[0],
    ]

    assert [len(one) for one in everywhere] == [2, 2]
    assert somewhere == [[], []]


async def test_an_event_that_waits_for_its_cooperative_is_told_when_it_has_one(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    event = {
        "event_id": "contoh-1",
        "cooperative": {"village_code": HANDIL},
        "milestone": "musdesus",
        "outcome": "achieved",
        "occurred_on": "2025-05-20",
    }
    _, after = await feed(visitor)
    await office.post("/v1/legality-events", json={"events": [event]})

    waiting = [(await feed(visitor, after))[0], (await snapshot(visitor, types="legality_event"))[0]]
    named = {"name": "Koperasi Contoh", "kind": "lainnya", "village_code": HANDIL}
    await office.post("/v1/cooperatives", json=named)
    told, _ = await feed(visitor, after, types="legality_event")

    assert waiting == [[], []]
    assert [(one["operation"], one["village_code"]) for one in told] == [("updated", HANDIL)]


@pytest.mark.parametrize("window", [1, 3, 64])
async def test_a_filter_looks_at_a_window_at_a_time_and_misses_nothing(
    window: int, database: Database, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await placed(office, SEPATIN)
    changes, _ = await feed(visitor, region=ANGGANA, types="ukm,village")
    things, _ = await snapshot(visitor, region=ANGGANA, types="ukm,village")
    kinds, area = kinds_of(["ukm", "village"]), await area_of(database, ANGGANA)

    followed: list[str] = []
    place, moved = START, True
    while moved:
        told = await following(database, place, limit=2, kinds=kinds, area=area, window=window)
        followed += [row[2] for row in told.rows]
        place, moved = told.upto.place, told.upto.place != place
    read: list[str] = []
    stands: copying.Copying | None = await copying.begin(database, kinds.all)
    while stands is not None:
        page = await copying.page(database, stands, limit=2, kinds=kinds.all, area=area, window=window)
        read += [one.row[0] for one in page.items]
        stands = page.stands

    assert followed == [one["id"] for one in changes]
    assert read == [one["resource_id"] for one in things]
