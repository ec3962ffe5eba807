"""Tables of the tests' own, made on either engine, outside the application's metadata."""

from typing import Any, cast

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from app.database import Database, Statement, Transaction
from tests.conftest import act_of

_DIALECTS: dict[str, Any] = {
    "sqlite": cast("Any", sqlite).dialect(),
    "postgresql": cast("Any", postgresql).dialect(),
}


async def make(database: Database, engine: str, *tables: Table) -> None:
    """Create the tables."""
    statements = [Statement(text(str(CreateTable(one).compile(dialect=_DIALECTS[engine])))) for one in tables]

    async def unit(tx: Transaction) -> None:
        for statement in statements:
            await tx.fetch(statement, {})

    await database.write(act_of("make"), unit)
