"""A walk by cursor shows each stable row exactly once, in order, whatever others write meanwhile."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

SORTS = ("code", "name", "updated_at", "idm_score")


async def walked(client: httpx.AsyncClient, **params: str) -> AsyncIterator[list[dict[str, Any]]]:
    """The pages of a list, one after the other."""
    cursor: dict[str, str] = {}
    while True:
        page = (await client.get("/v1/villages", params={**params, **cursor})).json()
        yield page["items"]
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}


async def whole(client: httpx.AsyncClient, sort: str) -> list[str]:
    """The codes of all villages in that order."""
    answer = await client.get("/v1/villages", params={"limit": "500", "sort": sort})
    return [item["code"] for item in answer.json()["items"]]


class Meddler:
    """Another client: inserts, renames and deletes at random, and remembers whom it touched."""

    def __init__(self, client: httpx.AsyncClient, codes: list[str], seed: int) -> None:
        self._client = client
        self._luck = random.Random(seed)  # noqa: S311  # a play that can be repeated
        self._mine = self._luck.sample(codes, len(codes) // 3)
        self.touched: set[str] = set()

    async def meddle(self) -> None:
        """One write."""
        luck = self._luck
        kind = luck.choice(("insert", "rename", "delete"))
        if kind == "insert":
            code = f"64.02.{luck.randrange(1, 19):02}.2{luck.randrange(500, 999)}"
            self.touched.add(code)
            await self._client.post("/v1/villages", json={"code": code, "name": self._name()})
            return
        code = luck.choice(self._mine)
        self.touched.add(code)
        if kind == "rename":
            await self._client.patch(f"/v1/villages/{code}", json={"name": self._name()})
        else:
            await self._client.delete(f"/v1/villages/{code}")

    def _name(self) -> str:
        return "".join(self._luck.choices("abcdefghijklmnopqrstuvwxyzéü ", k=12)).strip() or "x"


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in SORTS for sign in ("", "-")])
async def test_each_stable_row_is_seen_once_between_the_writes_of_others(
    sort: str, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    order = await whole(visitor, sort)
    meddler = Meddler(office, order, seed=SORTS.index(sort.removeprefix("-")))

    seen = []
    async for page in walked(visitor, limit="23", sort=sort):
        seen += [item["code"] for item in page]
        for _ in range(5):
            await meddler.meddle()

    stable = [code for code in order if code not in meddler.touched]
    assert len(meddler.touched) > 30
    assert [code for code in seen if code not in meddler.touched] == stable


@pytest.mark.parametrize("sort", ["name", "-updated_at"])
async def test_each_stable_row_is_seen_once_while_others_write_at_the_same_moment(
    sort: str, office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    order = await whole(visitor, sort)
    meddlers = [Meddler(office, order, seed=seed) for seed in (1, 2, 3)]
    done = asyncio.Event()

    async def meddle(meddler: Meddler) -> None:
        while not done.is_set():
            await meddler.meddle()

    at_work = [asyncio.create_task(meddle(meddler)) for meddler in meddlers]
    seen = []
    async for page in walked(visitor, limit="7", sort=sort):
        seen += [item["code"] for item in page]
        await asyncio.sleep(0)
    done.set()
    await asyncio.gather(*at_work)

    touched = set().union(*(meddler.touched for meddler in meddlers))
    stable = [code for code in order if code not in touched]
    assert touched
    assert [code for code in seen if code not in touched] == stable


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in SORTS for sign in ("", "-")])
async def test_pages_of_any_length_make_the_same_whole(sort: str, visitor: httpx.AsyncClient) -> None:
    params = {"sort": sort, "region": "64.02.04"}
    whole = (await visitor.get("/v1/villages", params=params)).json()["items"]

    walks = [
        [item async for page in walked(visitor, **params, limit=str(limit)) for item in page]
        for limit in (1, 2, 3, 7, 8, 9)
    ]

    assert len(whole) == 8
    assert walks == [whole] * 6


@pytest.mark.parametrize("sort", SORTS)
async def test_downwards_is_upwards_turned_round(sort: str, visitor: httpx.AsyncClient) -> None:
    upwards = await visitor.get("/v1/villages", params={"sort": sort, "limit": "500"})
    downwards = await visitor.get("/v1/villages", params={"sort": f"-{sort}", "limit": "500"})

    assert downwards.json()["items"] == upwards.json()["items"][::-1]
