"""Somebody with the database in their hands: what they would do to the trail behind the application's back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import asyncpg

from app.database.sqlite_driver import sqlite

COLUMNS = (
    "transaction_id, id, at, actor, actor_name, role, address, request_id, action, type, resource_id, village_code, "
    'version, "before", "after"'
)
GUARDED = ("audit", "audit_chain")


def said(text: str, **values: object) -> str:
    """A statement with its names of columns and its numbers filled in, for what takes no arguments."""
    for name, value in values.items():
        text = text.replace(f":{name}", str(value))
    return text


async def tampered(url: str, *statements: str) -> None:
    """Run statements past the protection: its triggers are dropped, or the session says that it may."""
    if url.startswith("sqlite"):
        with closing(sqlite.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            for table in GUARDED:
                for verb in ("update", "delete"):
                    file.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            file.execute("BEGIN IMMEDIATE")
            for statement in statements:
                file.execute(statement)
            file.execute("COMMIT")
        return
    async with _connected(url) as connection, connection.transaction():
        await connection.execute("SET LOCAL berdaya.audit_may_change = 'on'")
        for statement in statements:
            await connection.execute(statement)


async def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    """The rows of a question, as the driver gives them."""
    if url.startswith("sqlite"):
        with closing(sqlite.connect(url.removeprefix("sqlite:///"))) as file:
            return [tuple(row) for row in file.execute(question)]
    async with _connected(url) as connection:
        return [tuple(row) for row in await connection.fetch(question)]


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


def edit(position: int) -> list[str]:
    """Another actor did it."""
    return [said("UPDATE audit SET actor = 'somebody else' WHERE position = :here", here=position)]


def remove(position: int) -> list[str]:
    """It never happened."""
    return [said("DELETE FROM audit WHERE position = :here", here=position)]


def insert(like: int, position: int) -> list[str]:
    """It happened, long ago."""
    text = "INSERT INTO audit (position, :columns) SELECT :here, :columns FROM audit WHERE position = :like"
    return [said(text, columns=COLUMNS, here=position, like=like)]


def swap(one: int, other: int) -> list[str]:
    """It happened the other way round."""
    moves = ((one, -1_000_000), (other, one), (-1_000_000, other))
    text = "UPDATE audit SET position = :new WHERE position = :old"
    return [said(text, new=new, old=old) for old, new in moves]


def cut(after: int) -> list[str]:
    """Nothing happened since; the chain goes no further either."""
    return [said("DELETE FROM :table WHERE position > :here", table=table, here=after) for table in GUARDED]


def relink(number: int) -> list[str]:
    """Another hash."""
    return [said("UPDATE audit_chain SET hash = ':hash' WHERE number = :here", hash="ab" * 32, here=number)]


def unlink(number: int) -> list[str]:
    """No hash."""
    return [said("DELETE FROM audit_chain WHERE number = :here", here=number)]


def save() -> list[str]:
    """Copies beside the tables."""
    return [said("CREATE TABLE saved_:table AS SELECT * FROM :table", table=table) for table in GUARDED]


def restore() -> list[str]:
    """The tables as they were copied."""
    texts = ("DELETE FROM :table", "INSERT INTO :table SELECT * FROM saved_:table")
    return [said(text, table=table) for table in GUARDED for text in texts]
