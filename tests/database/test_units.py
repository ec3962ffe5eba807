"""A unit of work is there for all or for nobody, and nobody is told of a success that was not committed."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, Table, bindparam, func, insert, select, update

from app.database import Busy, ConstraintBroken, Database, Outrun, Statement, Transaction, Unavailable
from app.database.words import Count, Word
from tests.conftest import act_of
from tests.database.tables import make

_metadata = MetaData()
notes = Table(
    "notes",
    _metadata,
    Column("n", Count, primary_key=True),
    Column("said", Word, nullable=False),
    # Judged only when the transaction commits: that is how a COMMIT itself can fail.
    Column("after", Count, ForeignKey("notes.n", deferrable=True, initially="DEFERRED"), nullable=True),
)

_add = Statement(
    insert(notes).values(
        n=bindparam("n", type_=Count),
        said=bindparam("said", type_=Word),
        after=bindparam("after", type_=Count),
    )
)
_say = Statement(
    update(notes)
    .where(notes.c.n == bindparam("which", type_=Count))
    .values(said=bindparam("words", type_=Word))
)
_numbers = Statement(select(notes.c.n).order_by(notes.c.n))
_one = Statement(select(notes.c.said).where(notes.c.n == bindparam("n", type_=Count)))
_count = Statement(select(func.count()).select_from(notes))


class Refused(Exception):
    """A rule of the office said no."""


@pytest.fixture
async def book(engine: str, database: Database) -> Database:
    """A database with the table of notes."""
    await make(database, engine, notes)
    return database


async def numbers(database: Database) -> list[int]:
    return [row[0] for row in await database.fetch(_numbers, {})]


async def add(tx: Transaction, *these: int, after: int | None = None) -> None:
    for number in these:
        await tx.execute(_add, {"n": number, "said": "x", "after": after})


def adding(*these: int, then: Exception | None = None, after: int | None = None) -> Any:
    """A unit that writes notes, and then perhaps refuses."""

    async def unit(tx: Transaction) -> tuple[int, ...]:
        await add(tx, *these, after=after)
        if then is not None:
            raise then
        return these

    return unit


async def test_a_unit_gives_its_result_once_it_is_there_for_all(book: Database) -> None:
    result = await book.write(act_of("add"), adding(1, 2))

    assert result == (1, 2)
    assert await numbers(book) == [1, 2]


@pytest.mark.parametrize("then", [Refused(), ValueError("a fault"), KeyError("x")])
async def test_a_unit_that_fails_leaves_nothing(then: Exception, book: Database) -> None:
    with pytest.raises(type(then)):
        await book.write(act_of("add"), adding(1, 2, then=then))

    assert await numbers(book) == []


async def test_a_constraint_that_breaks_undoes_what_the_unit_did_before(book: Database) -> None:
    await book.write(act_of("add"), adding(1))

    with pytest.raises(ConstraintBroken):
        await book.write(act_of("add"), adding(2, 3, 1))

    assert await numbers(book) == [1]


async def test_a_refusal_undoes_its_own_unit_and_no_other(book: Database) -> None:
    units = [adding(n, n + 100, then=Refused() if n % 3 == 0 else None) for n in range(30)]

    outcomes = await asyncio.gather(
        *(book.write(act_of("add"), unit) for unit in units), return_exceptions=True
    )

    kept = [n for n in range(30) if n % 3]
    assert [n for n, outcome in enumerate(outcomes) if not isinstance(outcome, BaseException)] == kept
    assert {type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)} == {Refused}
    assert await numbers(book) == sorted([*kept, *(n + 100 for n in kept)])


async def test_nobody_is_told_of_success_when_the_commit_fails(book: Database) -> None:
    with pytest.raises(ConstraintBroken):
        await book.write(act_of("add"), adding(1, after=99))

    assert await numbers(book) == []
    assert await book.write(act_of("add"), adding(2)) == (2,)


async def test_a_unit_sees_what_it_wrote_and_others_do_not_until_it_is_committed(book: Database) -> None:
    seen: dict[str, int] = {}

    async def unit(tx: Transaction) -> None:
        await add(tx, 1)
        seen["inside"] = (await tx.fetch(_count, {}))[0][0]
        seen["outside"] = (await book.fetch(_count, {}))[0][0]

    await book.write(act_of("add"), unit)

    assert seen == {"inside": 1, "outside": 0}


async def test_a_unit_that_was_outrun_runs_again_until_it_gets_through(book: Database) -> None:
    tries = []

    async def unit(tx: Transaction) -> int:
        tries.append(tx.again)
        await add(tx, len(tries))
        if len(tries) < 3:
            raise Outrun
        return len(tries)

    assert await book.write(act_of("add"), unit) == 3
    assert await numbers(book) == [3]


async def test_a_unit_that_is_always_outrun_gives_up_as_busy(book: Database) -> None:
    with pytest.raises(Busy):
        await book.write(act_of("add"), adding(1, then=Outrun()))

    assert await numbers(book) == []


async def test_a_caller_who_gives_up_stops_nobody_else(book: Database) -> None:
    tasks = [asyncio.create_task(book.write(act_of("add"), adding(n))) for n in range(10)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()

    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    told = {outcome[0] for outcome in outcomes if isinstance(outcome, tuple)}
    assert {type(one) for one in outcomes if isinstance(one, BaseException)} <= {asyncio.CancelledError}
    assert {1, 3, 5, 7, 9} <= told <= set(await numbers(book))
    assert await book.write(act_of("add"), adding(77)) == (77,)


async def test_a_change_that_touches_no_row_says_so(book: Database) -> None:
    await book.write(act_of("add"), adding(1))

    async def unit(tx: Transaction) -> list[int]:
        return [await tx.execute(_say, {"which": n, "words": "y"}) for n in (1, 2)]

    assert await book.write(act_of("say"), unit) == [1, 0]
    assert [await book.row(_one, {"n": 1}), await book.row(_one, {"n": 2})] != [None, None]
    assert await book.row(_one, {"n": 2}) is None


async def test_a_missing_argument_is_a_fault_of_ours_and_leaves_nothing(book: Database) -> None:
    async def unit(tx: Transaction) -> None:
        await add(tx, 1)
        await tx.execute(_add, {"n": 2})

    with pytest.raises(KeyError):
        await book.write(act_of("add"), unit)

    assert await numbers(book) == []


async def test_a_key_is_claimed_by_one_transaction_at_a_time(engine: str, book: Database) -> None:
    first_holds, second_asked = asyncio.Event(), asyncio.Event()

    async def first(tx: Transaction) -> bool:
        held = await tx.claim("the key")
        first_holds.set()
        if engine == "postgresql":
            await second_asked.wait()
        return held

    async def second(tx: Transaction) -> bool:
        held = await tx.claim("the key")
        second_asked.set()
        return held

    async def after_the_first() -> bool:
        await first_holds.wait()
        return await book.write(act_of("claim"), second)

    outcomes = await asyncio.gather(book.write(act_of("claim"), first), after_the_first())

    # SQLite lets one transaction run at a time, so there the second finds the key free again.
    assert list(outcomes) == [True, engine == "sqlite"]
    assert await book.write(act_of("claim"), second)


async def test_a_closed_database_is_unavailable_and_opens_again(book: Database) -> None:
    await book.write(act_of("add"), adding(1))
    await book.close()

    with pytest.raises(Unavailable):
        await book.fetch(_count, {})

    await book.open()
    assert await numbers(book) == [1]
