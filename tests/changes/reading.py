"""How the tests read the feed: page by page to the end, and what a copy of it amounts to."""

from collections.abc import Iterable
from typing import Any

import httpx

Told = dict[str, Any]
Key = tuple[str, str]


async def feed(client: httpx.AsyncClient, after: str = "", **query: str) -> tuple[list[Told], str]:
    """Every change after a cursor, and the cursor at the end."""
    found: list[Told] = []
    while True:
        page = await page_of(client, "/v1/changes", **query, **({"after": after} if after else {}))
        found += page["items"]
        if page["next_cursor"] == after:
            return found, after
        after = page["next_cursor"]


async def snapshot(client: httpx.AsyncClient, **query: str) -> tuple[list[Told], str]:
    """Everything there is, and from where to follow."""
    page = await page_of(client, "/v1/changes/snapshot", **query)
    found, after = page["items"], page["changes_after"]
    while page["next_cursor"] is not None:
        page = await page_of(client, "/v1/changes/snapshot", cursor=page["next_cursor"], **query)
        assert page["changes_after"] == after, "the position goes along from page to page"
        found += page["items"]
    return found, after


async def page_of(client: httpx.AsyncClient, address: str, **query: str) -> Told:
    """One page."""
    answer = await client.get(address, params=query)
    assert answer.status_code == 200, answer.text
    told: Told = answer.json()
    return told


def key(item: Told) -> Key:
    """What names a thing."""
    return item["type"], item["resource_id"]


def copied(changes: Iterable[Told], begun: Iterable[Told] = ()) -> dict[Key, tuple[int, Told]]:
    """The copy of somebody who began with these things and took these changes in, in their order."""
    copy = {key(one): (one["version"], one["data"]) for one in begun}
    for one in changes:
        if one["operation"] == "deleted":
            copy.pop(key(one), None)
        else:
            copy[key(one)] = (one["version"], one["data"])
    return copy


def code_of(answer: httpx.Response) -> tuple[int, str, str]:
    """The status of a refusal, its first fault and where it stands."""
    first = answer.json()["errors"][0]
    return answer.status_code, first["code"], first["pointer"]
