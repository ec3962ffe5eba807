"""Each of the five kinds of tampering is found and named, on either engine; what nobody touched is found whole."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.audit.chain import Head
from app.access.audit.sealing import head, seal, seal_all
from app.access.audit.verifying import Finding, verify
from app.database import Database
from tests.access.audit import tampering
from tests.access.audit.noting import noted
from tests.access.audit.tampering import asked, tampered


@pytest.fixture
async def places(bare: Database, database_url: str) -> list[int]:
    """The positions of all rows, sealed, in the order of the chain."""
    await seal_all(bare)
    rows = await asked(database_url, "SELECT position FROM audit_chain ORDER BY number")
    assert len(rows) > 200
    return [row[0] for row in rows]


async def test_what_nobody_touched_is_whole(bare: Database, places: list[int]) -> None:
    kept = await head(bare)
    await noted(bare)

    before = await verify(bare, kept)
    await seal_all(bare)
    after = await verify(bare, kept)

    assert (before.sealed, before.unsealed, before.wrong) == (len(places), 1, 0)
    assert (after.sealed, after.unsealed, after.wrong) == (len(places) + 1, 0, 0)
    assert after.head == await head(bare)


async def test_an_edited_row_is_found(bare: Database, database_url: str, places: list[int]) -> None:
    await tampered(database_url, *tampering.edit(places[100]))

    assert (await verify(bare)).findings == [Finding("edited", 101, places[100])]


async def test_a_deleted_row_is_found(bare: Database, database_url: str, places: list[int]) -> None:
    await tampered(database_url, *tampering.remove(places[100]), *tampering.remove(places[-1]))

    assert (await verify(bare)).findings == [
        Finding("deleted", 101, places[100]),
        Finding("deleted", len(places), places[-1]),
    ]


async def test_a_row_that_is_deleted_with_its_link_is_found(
    bare: Database, database_url: str, places: list[int]
) -> None:
    await tampered(database_url, *tampering.remove(places[100]), *tampering.unlink(101))

    assert (await verify(bare)).findings == [Finding("deleted", 101, None)]


async def test_an_inserted_row_is_found_and_never_sealed(
    bare: Database, database_url: str, places: list[int]
) -> None:
    await tampered(database_url, *tampering.insert(places[100], -7))

    sealed = await seal(bare)

    assert sealed.rows == 0
    assert (await verify(bare)).findings == [Finding("inserted", None, -7)]


async def test_rows_that_changed_places_are_found(
    bare: Database, database_url: str, places: list[int]
) -> None:
    await tampered(database_url, *tampering.swap(places[100], places[7]))

    assert (await verify(bare)).findings == [
        Finding("reordered", 8, places[7]),
        Finding("reordered", 101, places[100]),
    ]


async def test_a_cut_tail_is_found_by_a_head_that_was_kept(
    bare: Database, database_url: str, places: list[int]
) -> None:
    kept = await head(bare)
    await tampered(database_url, *tampering.cut(places[150]))

    verdict = await verify(bare, kept)

    assert (await verify(bare)).wrong == 0
    assert verdict.findings == [Finding("cut", 151, None)]


async def test_an_end_that_was_made_anew_is_found_by_a_head_that_was_kept(
    bare: Database, database_url: str, places: list[int]
) -> None:
    await noted(bare)
    await seal_all(bare)
    kept = await head(bare)
    await tampered(database_url, *tampering.cut(places[-1]))
    await noted(bare, reader="another")
    await seal_all(bare)

    verdict = await verify(bare, kept)

    assert (await verify(bare)).wrong == 0
    assert [finding.kind for finding in verdict.findings] == ["rewritten"]


async def test_a_forged_link_is_found(bare: Database, database_url: str, places: list[int]) -> None:
    await tampered(database_url, *tampering.relink(101))

    assert (await verify(bare)).findings == [
        Finding("edited", 101, places[100]),
        Finding("edited", 102, places[101]),
    ]


async def test_a_cut_is_told_even_of_a_chain_that_is_gone(
    bare: Database, database_url: str, places: list[int]
) -> None:
    kept = await head(bare)
    await tampered(database_url, "DELETE FROM audit", "DELETE FROM audit_chain")

    verdict = await verify(bare, kept)

    assert verdict.findings == [Finding("cut", None, None)]
    assert (verdict.sealed, verdict.unsealed) == (0, 0)


async def test_thousands_of_faults_are_counted_and_the_first_are_named(
    bare: Database, database_url: str, places: list[int]
) -> None:
    await tampered(database_url, "UPDATE audit_chain SET number = number + 1000000000000 WHERE number > 9")

    verdict = await verify(bare)

    assert len(verdict.findings) == 1000
    assert verdict.wrong == 1000


def tampers(count: int) -> st.SearchStrategy[list[tuple[str, Any]]]:
    """What may be done to rows by their place in the chain, one thing after the other."""
    row = st.integers(0, count - 1)
    pair = st.tuples(row, row).filter(lambda two: two[0] != two[1])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "edit": row,
        "remove": row,
        "swap": pair,
        "insert": row,
        "relink": row,
        "unlink": row,
        "cut": st.integers(0, count - 2),
    }
    return st.lists(
        st.one_of(*(st.tuples(st.just(kind), told) for kind, told in kinds.items())), min_size=1, max_size=3
    )


def statements_of(kind: str, told: Any, places: list[int]) -> list[str]:
    """The SQL of one tamper."""
    if kind == "swap":
        return tampering.swap(places[told[0]], places[told[1]])
    if kind == "insert":
        return tampering.insert(places[told], -1 - told)
    if kind in ("relink", "unlink"):
        return {"relink": tampering.relink, "unlink": tampering.unlink}[kind](told + 1)
    return {"edit": tampering.edit, "remove": tampering.remove, "cut": tampering.cut}[kind](places[told])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=tampers(200))
async def test_whatever_is_done_to_sealed_rows_is_found(
    bare: Database, database_url: str, places: list[int], done: list[tuple[str, Any]]
) -> None:
    kept = await _saved_once(bare, database_url)
    # A tamper can undo the one before it, and only one that removes or adds nothing twice can be run at all.
    done = [one for index, one in enumerate(done) if one not in done[:index]][: 1 if _clash(done) else 3]
    statements = [said for kind, told in done for said in statements_of(kind, told, places)]
    try:
        await tampered(database_url, *statements)

        verdict = await verify(bare, kept)
    finally:
        await tampered(database_url, *tampering.restore())

    assert verdict.wrong
    assert (await verify(bare, kept)).wrong == 0


def _clash(done: list[tuple[str, Any]]) -> bool:
    return any(kind in ("swap", "insert") for kind, _ in done) and len(done) > 1


async def _saved_once(bare: Database, url: str) -> Head:
    table = "sqlite_master WHERE name" if url.startswith("sqlite") else "pg_tables WHERE tablename"
    if not await asked(url, tampering.said("SELECT 1 FROM :table = 'saved_audit'", table=table)):
        await tampered(url, *tampering.save())
    return await head(bare)
