"""Two rows asked for together are the two rows that each key gives alone."""

import asyncio
from collections.abc import Sequence
from itertools import product
from typing import Any

import httpx
from sqlalchemy import select

from app.access.tables import tokens
from app.database import Database, Keyed
from app.regions.tables import REGIONS
from app.ukms.tables import UKMS
from app.villages.tables import VILLAGES

_by_name = Keyed(select(tokens.c.id, tokens.c.role, tokens.c.user_id, tokens.c.expires_at), tokens.c.name)
NOBODY = "00000000-0000-7000-8000-000000000000"


async def test_a_pair_gives_what_each_key_gives_alone(database: Database, office: httpx.AsyncClient) -> None:
    firsts = [
        *((VILLAGES.one, code) for code in ("64.02.04.2001", "64.02.05.2001", "99.99.99.2001", "", "'")),
        *((REGIONS.one, code) for code in ("64.02", "64.02.04", "6")),
        (UKMS.one, NOBODY),
    ]
    pairs = list(product(firsts, ["office", "nobody", "", "é'\"%"]))

    together = await asyncio.gather(
        *(database.fetch_both(first, key, _by_name, other) for (first, key), other in pairs)
    )

    for ((first, key), other), (row, beside) in zip(pairs, together, strict=True):
        assert _told(row) == _told(await database.fetch_key(first, key)), key
        assert _told(beside) == _told(await database.fetch_key(_by_name, other)), other


async def test_the_same_key_may_be_asked_for_beside_any_other(
    database: Database, office: httpx.AsyncClient
) -> None:
    told = await asyncio.gather(
        *(database.fetch_both(VILLAGES.one, "64.02.04.2001", _by_name, f"nobody {n % 3}") for n in range(9)),
        database.fetch_both(VILLAGES.one, "64.02.04.2001", _by_name, "office"),
    )

    villages = {tuple(row or ()) for row, _ in told}
    assert len(villages) == 1
    assert [beside is not None for _, beside in told] == [False] * 9 + [True]


def _told(row: Sequence[Any] | None) -> tuple[Any, ...] | None:
    return None if row is None else tuple(row)
