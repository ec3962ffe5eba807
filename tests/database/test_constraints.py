"""A constraint has one name, whichever engine refuses, and every table that the application has tells its names."""

import re
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    text,
)

import app.tables  # noqa: F401  # every table enters the metadata
from app.access.tables import tokens
from app.constraints import CODES
from app.database import ConstraintBroken, Database, Statement, Transaction
from app.database.constraints import name_of
from app.database.words import metadata
from app.http.catalogue import TEXTS
from app.regions.tables import regions
from app.villages.tables import VILLAGES, former_codes, villages
from tests.conftest import act_of

AT, DAY = "2025-01-01T00:00:00.000000Z", "2025-01-01"
ID = "00000000-0000-7000-8000-000000000000"
REGION = {
    "code": "99",
    "parent": None,
    "level": "province",
    "name": "x",
    "name_key": "x",
    "version": 1,
    "created_at": AT,
    "updated_at": AT,
    "document": "{}",
}
FORMER = {"code": "x", "ended_on": DAY, "legal_basis": "x"}
TOKEN = {
    "hash": "h",
    "kind": "token",
    "name": "x",
    "name_key": "x",
    "role": "viewer",
    "region": "",
    "source": "x",
    "user_id": None,
    "expires_at": None,
    "last_used_at": None,
    "version": 1,
    "created_at": AT,
    "updated_at": AT,
    "document": "{}",
}


async def broken(database: Database, table: Table, *rows: dict[str, Any]) -> str:
    """The constraint that refuses these rows."""
    add = Statement(insert(table).values({one.name: bindparam(one.name, type_=one.type) for one in table.c}))

    async def unit(tx: Transaction) -> None:
        for row in rows:
            await tx.execute(add, row)

    with pytest.raises(ConstraintBroken) as refused:
        await database.write(act_of("break"), unit)
    return refused.value.name


async def test_a_constraint_is_called_the_same_on_either_engine(database: Database) -> None:
    village = await VILLAGES.find(database, "64.02.04.2001")
    assert village is not None
    former = {**FORMER, "village_id": village["village_id"]}
    row = {**dict.fromkeys(villages.c.keys()), **village, "name_key": "x", "document": "{}"}
    fresh = {**row, "village_id": ID, "code": "64.02.04.2777"}

    told = {
        "pk_regions": await broken(database, regions, {**REGION, "code": "64.02"}),
        "ck_regions_level": await broken(database, regions, {**REGION, "level": "empire"}),
        "not_null": await broken(database, regions, {**REGION, "name": None}),
        "pk_villages": await broken(database, villages, {**row, "code": "64.02.04.2777"}),
        "uq_villages_code": await broken(database, villages, {**row, "village_id": ID}),
        "ck_villages_kind": await broken(database, villages, {**fresh, "kind": "kota"}),
        "ck_villages_counts": await broken(database, villages, {**fresh, "population": -1}),
        "pk_former_codes": await broken(database, former_codes, former, former),
        "uq_tokens_hash": await broken(
            database, tokens, {**TOKEN, "id": ID}, {**TOKEN, "id": village["village_id"]}
        ),
    }

    assert list(told.values()) == list(told)


async def test_the_database_has_the_constraints_that_the_tables_tell_of(
    engine: str, database: Database
) -> None:
    asked = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL",
        "postgresql": "SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'c', 'f') "
        "AND connamespace = CAST('public' AS regnamespace)",
    }
    rows = await database.fetch(Statement(text(asked[engine])), {})

    words = {word for row in rows for word in re.findall(r"\w+", row[0])}
    found = {word for word in words if word.startswith(("pk_", "uq_", "ck_", "fk_"))}
    assert found == {
        str(one.name)
        for table in metadata.tables.values()
        for one in table.constraints
        if one.name is not None
    }


async def test_a_foreign_key_that_breaks_is_known_for_what_it_is(engine: str, database: Database) -> None:
    name = await broken(database, former_codes, {**FORMER, "village_id": ID})

    # SQLite does not say which one; there the single writer looks before, so the key is never the first to know.
    assert name == {"sqlite": "foreign_key", "postgresql": "fk_former_codes_village_id"}[engine]


def test_every_constraint_has_a_name_of_its_own() -> None:
    kinds = (PrimaryKeyConstraint, UniqueConstraint, CheckConstraint, ForeignKeyConstraint)
    names = [
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, kinds)
    ]
    indexes = [str(index.name) for table in metadata.tables.values() for index in table.indexes]

    assert len(names) > 10
    assert "None" not in names + indexes
    # PostgreSQL cuts a longer name off, and then the two engines would no longer agree.
    assert max(map(len, names + indexes)) <= 63
    assert len(set(names + indexes)) == len(names + indexes)


def test_a_constraint_that_has_a_text_exists_and_so_does_its_text() -> None:
    tables = metadata.tables.values()
    names = {str(one.name) for table in tables for one in table.constraints}
    names |= {str(one.name) for table in tables for one in table.indexes if one.unique}

    assert CODES
    for name, told in CODES.items():
        code, _, pointer = told.partition(" ")
        assert name in names
        assert code in TEXTS
        assert pointer.startswith("/") or not pointer


def test_a_message_that_is_none_of_sqlites_is_kept() -> None:
    assert name_of("something else") == "something else"
    assert name_of("UNIQUE constraint failed: index 'ix_some_expression'") == "ix_some_expression"
    assert name_of("UNIQUE constraint failed: no_table.no_column") == "unique"
