"""A part of a unit is undone alone: what came before it and what comes after it stays."""

from contextlib import suppress

import pytest

from app.database import ConstraintBroken, Database, Transaction
from tests.conftest import act_of
from tests.database.test_units import Refused, add, book, numbers

__all__ = ["book"]


async def test_a_refusal_undoes_its_own_part_and_no_other(book: Database) -> None:
    async def unit(tx: Transaction) -> None:
        await add(tx, 1)
        with suppress(Refused):
            async with tx.part():
                await add(tx, 2)
                raise Refused
        async with tx.part():
            await add(tx, 3)

    await book.write(act_of("write"), unit)

    assert await numbers(book) == [1, 3]


async def test_a_constraint_that_breaks_in_a_part_lets_the_unit_go_on(book: Database) -> None:
    async def unit(tx: Transaction) -> None:
        await add(tx, 1)
        with pytest.raises(ConstraintBroken):
            async with tx.part():
                await add(tx, 2, 1)
        await add(tx, 4)

    await book.write(act_of("write"), unit)

    assert await numbers(book) == [1, 4]


async def test_a_part_in_a_part_is_undone_with_it(book: Database) -> None:
    async def unit(tx: Transaction) -> None:
        with suppress(Refused):
            async with tx.part():
                async with tx.part():
                    await add(tx, 1)
                raise Refused
        await add(tx, 2)

    await book.write(act_of("write"), unit)

    assert await numbers(book) == [2]
