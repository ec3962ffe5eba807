"""A copy that is begun while others write, and then follows, is what the server has."""

import asyncio
import random

import httpx

from app.database import Database
from tests.changes.reading import copied, feed, key, page_of, snapshot
from tests.changes.writing import Office

SEPATIN = "64.02.04.2001"
GROUP = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": SEPATIN}


async def test_a_snapshot_shows_each_thing_as_it_is_read(visitor: httpx.AsyncClient) -> None:
    whole, after = await snapshot(visitor, limit="500")

    narrow, _ = await snapshot(visitor, limit="7")

    village = next(one for one in whole if one["village_code"] == SEPATIN)
    assert narrow == whole
    assert village["data"] == (await visitor.get(f"/v1/villages/{SEPATIN}")).json()
    assert village["version"] == village["data"]["version"]
    assert len({key(one) for one in whole}) == len(whole)
    assert (await page_of(visitor, "/v1/changes", after=after))["items"] == []


async def test_what_changes_while_a_copy_is_made_is_told_again(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    kept, removed = [(await office.post("/v1/groups", json=GROUP)).json()["id"] for _ in range(2)]
    first = await page_of(visitor, "/v1/changes/snapshot", types="group,village", limit="200")

    await office.patch(f"/v1/groups/{kept}", json={"members_male": 1})
    await office.delete(f"/v1/groups/{removed}")
    await office.patch(f"/v1/villages/{first['items'][0]['data']['code']}", json={"households": 3})
    begun, cursor = first["items"], first["next_cursor"]
    while cursor is not None:
        page = await page_of(visitor, "/v1/changes/snapshot", types="group,village", cursor=cursor)
        begun, cursor = begun + page["items"], page["next_cursor"]
    since, _ = await feed(visitor, first["changes_after"], types="group,village")
    there, _ = await snapshot(visitor, types="group,village")

    assert [one["operation"] for one in since] == ["updated", "deleted", "updated"]
    assert copied(since, begun) == copied((), there)


async def test_snapshot_and_follow_have_no_gap_while_eight_write(
    engine: str, database: Database, visitor: httpx.AsyncClient
) -> None:
    office = Office(database, slow=engine == "postgresql")
    writing = asyncio.gather(*(office.write(writer, 800) for writer in range(8)))
    luck = random.Random(5)  # noqa: S311  # a play that can be repeated
    copies = []
    while not writing.done():
        copies.append(await snapshot(visitor, limit=str(luck.randint(20, 200))))
        await asyncio.sleep(0)
    await writing

    there = copied((), (await snapshot(visitor, limit="500"))[0])

    assert copies
    for begun, after in copies:
        since, _ = await feed(visitor, after, limit="500")
        assert copied(since, begun) == there
