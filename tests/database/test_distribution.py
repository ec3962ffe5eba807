"""Every table has its place in the plan for the nation, and every key of the schema fits it or has its step there.

The rules are those of Citus: a unique key of a distributed table holds the column by which it is distributed, and a
foreign key leads to a reference table or, with that column in it, to a table of the same group.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Index, MetaData, Table, UniqueConstraint
from sqlalchemy.schema import PrimaryKeyConstraint

import app.tables  # noqa: F401  # imported for what they declare
from app.database.words import Id, metadata
from tests.database.distribution import DISTRIBUTED, GROUPS, LOCAL, REFERENCE, STEPS, VILLAGE

ROOT = Path(__file__).resolve().parents[2]
PLAN = (ROOT / "docs" / "national.md").read_text(encoding="utf-8")


def undeclared(tables: MetaData) -> set[str]:
    """The tables that are not declared, or no longer there."""
    return tables.tables.keys() ^ (DISTRIBUTED.keys() | REFERENCE | LOCAL)


def obstacles(tables: MetaData) -> Iterator[str]:
    """What keeps these tables from lying as they are declared."""
    for table in tables.tables.values():
        column = DISTRIBUTED.get(table.name)
        if column is not None:
            yield from _of_the_column(table, column)
            yield from _of_the_keys(table, column)
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint):
                yield from _of_a_foreign_key(table, constraint)


def _of_the_column(table: Table, column: str) -> Iterator[str]:
    if column not in table.columns:
        yield f"{table.name} has no {column}"
    elif table.columns[column].nullable:
        yield f"{table.name}.{column} may be null"


def _of_the_keys(table: Table, column: str) -> Iterator[str]:
    keys: list[PrimaryKeyConstraint | UniqueConstraint | Index] = [
        one for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)
    ]
    for key in (*keys, *(index for index in table.indexes if index.unique)):
        if column not in [one.name for one in key.columns]:
            yield f"{key.name} does not hold {column}"


def _of_a_foreign_key(table: Table, key: ForeignKeyConstraint) -> Iterator[str]:
    there = key.referred_table.name
    if there in REFERENCE:
        if table.name in LOCAL:
            yield f"{key.name} leads from the coordinator alone to every node"
    elif table.name in REFERENCE:
        yield f"{key.name} leads from every node into a shard"
    elif not _beside(table.name, there) or not _names_the_shard(table, key):
        yield f"{key.name} does not name the shard"


def _beside(one: str, other: str) -> bool:
    return any({one, other} <= group.keys() for group in GROUPS.values())


def _names_the_shard(table: Table, key: ForeignKeyConstraint) -> bool:
    pair = DISTRIBUTED[table.name], DISTRIBUTED[key.referred_table.name]
    return pair in [(element.parent.name, element.column.name) for element in key.elements]


def test_every_table_is_declared_once() -> None:
    declared = [*DISTRIBUTED, *REFERENCE, *LOCAL]

    assert undeclared(metadata) == set()
    assert len(declared) == len({*declared}) == sum(map(len, GROUPS.values())) + len(REFERENCE) + len(LOCAL)


def test_every_key_fits_its_place_or_has_its_step() -> None:
    assert {*obstacles(metadata)} == {*STEPS}


def test_the_tables_of_a_group_are_distributed_by_columns_of_one_type() -> None:
    for group in GROUPS.values():
        types = {
            repr(metadata.tables[table].columns[column].type)
            for table, column in group.items()
            if column in metadata.tables[table].columns
        }
        assert len(types) == 1, group


def test_what_a_village_has_is_distributed_by_its_identity_and_never_by_its_code() -> None:
    shown = {table.name for table in metadata.tables.values() if "village_code" in table.columns}

    assert shown <= GROUPS["village"].keys()
    assert set(GROUPS["village"].values()) == {VILLAGE, "seat_id"}
    assert "code" not in {*DISTRIBUTED.values()}


def test_a_new_table_without_a_declaration_is_found() -> None:
    tables = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(tables)
    Table("contoh", tables, Column("id", Id, primary_key=True))

    assert undeclared(tables) == {"contoh"}


@pytest.mark.parametrize(
    ("key", "obstacle"),
    [
        (PrimaryKeyConstraint("id", name="pk_groups"), "pk_groups does not hold village_id"),
        (PrimaryKeyConstraint("village_id", "id", name="pk_groups"), None),
        (ForeignKeyConstraint(["other"], ["ukms.id"], name="fk_o"), "fk_o does not name the shard"),
        (ForeignKeyConstraint(["village_id", "other"], ["ukms.village_id", "ukms.id"], name="fk_o"), None),
        (ForeignKeyConstraint(["other"], ["tokens.id"], name="fk_o"), None),
        (
            ForeignKeyConstraint(["village_id"], ["webhook_deliveries.subscription_id"], name="fk_o"),
            "fk_o does not name the shard",
        ),
        (UniqueConstraint("other", name="uq_o"), "uq_o does not hold village_id"),
    ],
)
def test_a_key_is_judged_by_the_rules_of_the_cluster(
    key: PrimaryKeyConstraint | UniqueConstraint | ForeignKeyConstraint, obstacle: str | None
) -> None:
    tables = MetaData()
    for name in ("ukms", "tokens", "webhook_deliveries"):
        columns = [DISTRIBUTED.get(name, "id"), "id"]
        Table(name, tables, *(Column(one, Id) for one in dict.fromkeys(columns)))
    own = [Column("village_id", Id, nullable=False), Column("id", Id), Column("other", Id)]
    Table("groups", tables, *own, key)

    found = [one for one in obstacles(tables) if one.startswith(("pk_groups", "fk_o", "uq_o"))]

    assert [one for one in found if not (obstacle is None and one.startswith("pk_"))] == (
        [obstacle] if obstacle else []
    )


def test_the_plan_names_every_table_and_has_every_step() -> None:
    named = {*re.findall(r"`([a-z_]+)`", PLAN)}
    headings = {*re.findall(r"^### (.+)$", PLAN, re.MULTILINE)}

    assert metadata.tables.keys() <= named
    assert {*STEPS.values()} <= headings
    assert f"has {len(STEPS)} obstacles" in PLAN


def test_every_module_that_the_plan_names_is_there() -> None:
    for path in re.findall(r"`((?:app|tests|docs|migrations)/[a-z_/.]+)`", PLAN):
        assert (ROOT / path).exists(), path
