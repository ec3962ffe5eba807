"""A database of a few tables and nothing else, for the rules that speak to one: quick to make, and real.

The tests of such rules are asked about each planted fault (`make mutate`), so they do without the application.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Table, create_engine

from app.database import Act, Database, Transaction, connect
from app.database.words import metadata

Result = TypeVar("Result")
NOW = "2025-06-30T08:00:00.000000Z"


class Bare:
    """A SQLite file with these tables."""

    def __init__(self, folder: Path, *tables: Table) -> None:
        self._url = f"sqlite:///{folder / 'bare.db'}"
        engine = create_engine(self._url)
        for table in tables:
            if table.metadata is metadata:
                metadata.create_all(engine, tables=[table])
            else:
                table.create(engine)
        engine.dispose()

    def unit(self, work: Callable[[Transaction], Awaitable[Result]], *, at: str = NOW) -> Result:
        """What a unit of work gives back, begun at that instant."""
        act = Act(
            at=at,
            today=at[:10],
            actor="test",
            actor_name="test",
            role="system",
            action="test",
            request_id="test",
        )

        async def written(database: Database) -> Result:
            return await database.write(act, work)

        return self.open(written)

    def open(self, work: Callable[[Database], Awaitable[Result]]) -> Result:
        """What comes of work with the open database."""

        async def opened() -> Result:
            database = connect(self._url)
            await database.open()
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(opened())
