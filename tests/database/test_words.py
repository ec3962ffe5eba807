"""Every column word comes back from either engine as it was sent, at its extremes too, and is found by its value."""

import sys
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, bindparam, insert, select

from app.database import Database, Keyed, Statement, Transaction, Unfit
from app.database.words import (
    Code,
    Count,
    Day,
    Document,
    Id,
    Instant,
    Position,
    Ratio,
    Rupiah,
    Units,
    Word,
    Year,
    new_id,
)
from tests.conftest import act_of
from tests.database.tables import make

WORDS: dict[str, tuple[Any, list[Any]]] = {
    "word": (
        Word,
        ["", " ", "a\nb\tc", "'\"\\%_;--", "é e\u0301 ß 漢 😀", "\U0010ffff\u0001", "x" * 1_000_000],
    ),
    "code": (Code, ["", "64.02.04.2001", "64.02/", "~", "é"]),
    "id": (
        Id,
        [
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0192f0c1-7b1e-7c3a-9a53-0e1a52f2b0c7",
        ],
    ),
    "instant": (
        Instant,
        [
            "0001-01-01T00:00:00.000000Z",
            "0999-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59.999999Z",
            "2025-05-28T09:00:00.000000Z",
            "2025-05-28T09:00:00.500000Z",
            "2025-05-28T09:00:00.000001Z",
            "9999-12-31T23:59:59.999999Z",
        ],
    ),
    "day": (Day, ["0001-01-01", "1945-08-17", "2024-02-29", "9999-12-31"]),
    "count": (Count, [0, 1, -1, 2**31 - 1, -(2**31)]),
    "year": (Year, [0, 1945, 2**15 - 1, -(2**15)]),
    "rupiah": (Rupiah, [0, 2**53 + 1, 2**63 - 1, -(2**63)]),
    "units": (Units, [0, 2**53 + 1, 2**63 - 1, -(2**63)]),
    "ratio": (
        Ratio,
        [0.0, 0.1, 0.1 + 0.2, 1 / 3, -1.5, 5e-324, sys.float_info.max, -sys.float_info.max, 1.0, 1e16],
    ),
    "document": (Document, ["{}", '{"b":1, "a":[1.0,1e3], "a":null}', '"\\u0000"', "é"]),
    "position": (Position, [0, 2**63 - 1]),
    "binary": (LargeBinary(), [b"", b"\x00\xff", bytes(range(256)) * 1000]),
}


def table_of(name: str) -> Table:
    """A table with one nullable column of the word."""
    return Table(f"of_{name}", MetaData(), Column("n", Count, primary_key=True), Column("x", WORDS[name][0]))


@pytest.mark.parametrize("name", WORDS)
async def test_a_word_comes_back_as_it_was_sent_and_is_found(
    name: str, engine: str, database: Database
) -> None:
    word, values = WORDS[name]
    table = table_of(name)
    await make(database, engine, table)
    add = Statement(insert(table).values(n=bindparam("n", type_=Count), x=bindparam("x", type_=word)))
    read = Statement(select(table.c.x).order_by(table.c.n))
    find = Statement(select(table.c.n).where(table.c.x == bindparam("x", type_=word)))

    async def unit(tx: Transaction) -> None:
        for number, value in enumerate([*values, None]):
            await tx.execute(add, {"n": number, "x": value})

    await database.write(act_of("write"), unit)

    rows = [row[0] for row in await database.fetch(read, {})]
    assert rows == [*values, None]
    assert [type(value) for value in rows] == [type(value) for value in [*values, None]]
    for number, value in enumerate(values):
        assert [row[0] for row in await database.fetch(find, {"x": value})] == [number], value


@pytest.mark.parametrize("name", ["word", "code", "id"])
async def test_a_word_is_a_key_that_finds_its_row(name: str, engine: str, database: Database) -> None:
    word, values = WORDS[name]
    table = table_of(name)
    await make(database, engine, table)
    add = Statement(insert(table).values(n=bindparam("n", type_=Count), x=bindparam("x", type_=word)))
    keyed = Keyed(select(table.c.n), table.c.x)

    async def unit(tx: Transaction) -> None:
        for number, value in enumerate(values):
            await tx.execute(add, {"n": number, "x": value})

    await database.write(act_of("write"), unit)

    assert [tuple(await database.fetch_key(keyed, value) or ()) for value in values] == [
        (number,) for number in range(len(values))
    ]


@pytest.mark.parametrize("name", ["word", "code", "instant", "day", "count", "rupiah", "ratio", "id"])
async def test_both_engines_order_a_word_alike(name: str, engine: str, database: Database) -> None:
    word, values = WORDS[name]
    table = table_of(name)
    await make(database, engine, table)
    add = Statement(insert(table).values(n=bindparam("n", type_=Count), x=bindparam("x", type_=word)))
    read = Statement(select(table.c.x).order_by(table.c.x))

    async def unit(tx: Transaction) -> None:
        for number, value in enumerate(values):
            await tx.execute(add, {"n": number, "x": value})

    await database.write(act_of("write"), unit)

    rows = [row[0] for row in await database.fetch(read, {})]
    if name == "word":
        # A plain word has the order of the database's own language; only a Code may be sorted by.
        assert sorted(rows) == sorted(values)
    else:
        assert rows == sorted(values, key=lambda one: one.encode() if isinstance(one, str) else one)


@pytest.mark.parametrize(("name", "value"), [("count", 2**63), ("rupiah", 2**63), ("word", "\ud800")])
async def test_what_an_engine_cannot_hold_is_unfit_and_no_fault(
    name: str, value: object, engine: str, database: Database
) -> None:
    table = table_of(name)
    await make(database, engine, table)
    add = Statement(insert(table).values(n=bindparam("n"), x=bindparam("x", type_=WORDS[name][0])))

    async def unit(tx: Transaction) -> None:
        await tx.execute(add, {"n": 1, "x": value})

    with pytest.raises(Unfit):
        await database.write(act_of("write"), unit)


def test_new_ids_are_different_and_rise() -> None:
    ids = [new_id() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert ids == sorted(ids)
    assert {one[14] for one in ids} == {"7"}
