"""The feed tells every change once, as everybody may read it, and nothing else."""

import httpx

from app.changes.types import NEEDED, REGISTERS
from app.database.words import metadata
from tests.access.things import placed
from tests.changes.reading import copied, feed, key, page_of, snapshot
from tests.conftest import Callers
from tests.personal import VALUES

SEPATIN, ANGGANA = "64.02.04.2001", "64.02.04"
RECODING = {"new_code": "64.02.04.2099", "effective_on": "2026-01-01", "legal_basis": "Contoh 1/2026"}
IN_VILLAGES = {name for name, register in REGISTERS.items() if register.village_code is not None}


def test_every_register_is_told_of_or_withheld_on_purpose() -> None:
    registers = {
        table.name
        for table in metadata.tables.values()
        if {"version", "document"} <= set(table.columns.keys())
    }

    assert {register.table.name for register in REGISTERS.values()} == registers


async def test_from_the_beginning_to_the_end_and_no_further(visitor: httpx.AsyncClient) -> None:
    changes, end = await feed(visitor, limit="100")

    villages = [one for one in changes if one["type"] == "village"]
    assert len(villages) == 237
    assert {one["operation"] for one in changes} == {"created"}
    assert len({one["id"] for one in changes}) == len(changes)
    last = await page_of(visitor, "/v1/changes", after=end)
    assert last == {"items": [], "next_cursor": end}


async def test_whoever_waits_at_the_end_hears_of_the_next_change(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    _, end = await feed(visitor)
    waiting = await visitor.get("/v1/changes", params={"after": end})
    still = {"if-none-match": waiting.headers["etag"]}

    nothing = await visitor.get("/v1/changes", params={"after": end}, headers=still)
    village = (await office.patch(f"/v1/villages/{SEPATIN}", json={"households": 412})).json()
    something = await visitor.get("/v1/changes", params={"after": end}, headers=still)

    assert (nothing.status_code, something.status_code) == (304, 200)
    (told,) = something.json()["items"]
    assert (told["type"], told["operation"], told["version"]) == ("village", "updated", 2)
    assert (told["village_code"], told["at"], told["data"]) == (SEPATIN, village["updated_at"], village)


async def test_the_life_of_a_thing_ends_with_a_tombstone(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    _, before = await feed(visitor)
    new = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": SEPATIN}
    made = (await office.post("/v1/groups", json=new)).json()
    changed = (await office.patch(f"/v1/groups/{made['id']}", json={"members_male": 3})).json()
    await office.delete(f"/v1/groups/{made['id']}")

    changes, _ = await feed(visitor, before)

    assert [(one["operation"], one["version"], one["data"]) for one in changes] == [
        ("created", 1, made),
        ("updated", 2, changed),
        ("deleted", 3, None),
    ]
    assert {key(one) for one in changes} == {("group", made["id"])}
    assert {one["village_code"] for one in changes} == {SEPATIN}


async def test_every_kind_of_thing_leaves_changes_and_follows_its_village(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    things = await placed(office, SEPATIN)
    case = f"/v1/legality-conflicts/{things.ids['legality-conflicts']}/resolution"
    await office.post(case, json={"holder": things.ids["cooperatives"], "reason": "Contoh"})
    await office.post("/v1/tokens", json={"name": "Contoh", "role": "viewer"})
    await office.post("/v1/users", json={"name": "contoh", "role": "viewer", "password": "kata sandi contoh"})
    await office.post("/v1/webhook-subscriptions", json={"url": "https://8.8.8.8/contoh"})
    made, before = await feed(office)

    await office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING)
    moved, _ = await feed(office, before)

    assert {one["type"] for one in made} == NEEDED.keys()
    assert {one["type"] for one in moved} == IN_VILLAGES - {"region"}
    assert {one["village_code"] for one in moved} == {RECODING["new_code"]}
    assert len({key(one) for one in moved}) == len(moved)


async def test_the_feed_adds_up_to_what_is_there(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    things = await placed(office, SEPATIN)
    await office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING)
    await office.delete(f"/v1/ukms/{things.ids['ukms']}/years/2024")

    followed = [copied((await feed(client))[0]) for client in (office, visitor)]
    there = [(await snapshot(client))[0] for client in (office, visitor)]
    shown = {address: (await visitor.get(address)).json() for address in addresses(things.ids)}

    assert followed == [copied((), one) for one in there]
    told = [one["data"] for one in there[1]]
    assert [address for address, one in shown.items() if one not in told] == []


def addresses(ids: dict[str, str]) -> list[str]:
    """Where some of the things are read."""
    of_things = [f"/v1/{name}/{ids[name]}" for name in ("cooperatives", "ukms", "groups", "trainings")]
    return [*of_things, f"/v1/villages/{RECODING['new_code']}", f"/v1/regions/{ANGGANA}"]


async def test_of_people_nothing_is_told_to_anybody(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await placed(office, SEPATIN)

    pages = [
        await client.get(address, params={"limit": "500", "types": "cooperative,ukm"})
        for client in (office, visitor)
        for address in ("/v1/changes", "/v1/changes/snapshot")
    ]

    assert all(len(page.json()["items"]) > 2 for page in pages)
    assert [value for value in VALUES for page in pages if value in page.text] == []


async def test_who_has_a_token_is_told_only_to_those_who_may_list_tokens(
    callers: Callers, visitor: httpx.AsyncClient
) -> None:
    office, officer = await callers.holding("admin"), await callers.holding("officer")

    asked = [
        (await client.get(f"/v1/changes{where}?types=village,token")).status_code
        for client in (office, officer, visitor)
        for where in ("", "/snapshot")
    ]
    seen = [{one["type"] for one in (await feed(one))[0]} for one in (office, officer, visitor)]

    assert asked == [200, 200, 403, 403, 401, 401]
    assert [("token" in kinds) for kinds in seen] == [True, False, False]
