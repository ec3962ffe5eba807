"""A change that moves nothing that is looked up leaves the indexes alone, and what they find is the same."""

import httpx
from sqlalchemy import CheckConstraint, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, func

from app.database import Database, Transaction
from app.database.looked_up import looked_up
from app.database.register import State
from app.villages.tables import VILLAGES
from tests.conftest import act_of

CODES = [f"64.02.04.200{number}" for number in range(1, 4)]


def test_looked_up_are_the_columns_of_keys_and_indexes_also_within_expressions() -> None:
    table = Table(
        "contoh",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("code", Text),
        Column("score", Integer),
        Column("seen", Integer),
        Column("note", Text),
        UniqueConstraint("code"),
        CheckConstraint("seen > 0"),
    )
    Index("ix_contoh_score", func.coalesce(table.c.score, -1), table.c.code)

    assert looked_up(table) == {"id", "code", "score"}


async def _found(office: httpx.AsyncClient, **asked: str) -> list[str]:
    page = (await office.get("/v1/villages", params={"region": "64.02.04", **asked})).json()
    return [village["code"] for village in page["items"]]


async def test_what_was_changed_in_place_is_found_as_before(office: httpx.AsyncClient) -> None:
    before = [await _found(office, sort=sort) for sort in ("code", "name", "idm_score")]
    latest = await _found(office, sort="-updated_at")

    await office.patch(f"/v1/villages/{latest[-1]}", json={"population": 77})

    assert [await _found(office, sort=sort) for sort in ("code", "name", "idm_score")] == before
    assert (await _found(office, sort="-updated_at"))[0] == latest[-1]
    assert (await office.get(f"/v1/villages/{latest[-1]}")).json()["population"] == 77


async def test_a_new_name_is_found_and_the_old_one_no_longer(office: httpx.AsyncClient) -> None:
    await office.patch(f"/v1/villages/{CODES[0]}", json={"name": "Contoh Baru", "population": 78})

    assert await _found(office, q="contoh baru") == [CODES[0]]
    assert CODES[0] not in await _found(office, q="sepatin")


async def test_of_many_changed_together_one_that_moves_is_found_where_it_came_to(
    database: Database, office: httpx.AsyncClient
) -> None:
    async def unit(tx: Transaction) -> int:
        held = await VILLAGES.hold_many(tx, CODES)
        changed = [{**village, "population": 79} for village in held.values()]
        changed[1]["name"] = "Contoh Lain"
        return await VILLAGES.update_many(tx, list(zip(held.values(), changed, strict=True)))

    assert await database.write(act_of("load"), unit) == len(CODES)

    assert await _found(office, q="contoh lain") == [CODES[1]]
    shown = [(await office.get(f"/v1/villages/{code}")).json()["population"] for code in CODES]
    assert shown == [79] * len(CODES)


async def test_many_are_held_in_the_order_of_their_keys_and_a_missing_one_is_left_out(
    database: Database, office: httpx.AsyncClient
) -> None:
    async def unit(tx: Transaction) -> tuple[dict[str, State], dict[str, State]]:
        return await VILLAGES.hold_many(tx, [*reversed(CODES), "64.02.04.2999"]), await VILLAGES.hold_many(
            tx, []
        )

    held, none = await database.write(act_of("look"), unit)

    assert list(held) == CODES
    assert [village["code"] for village in held.values()] == CODES
    assert none == {}
