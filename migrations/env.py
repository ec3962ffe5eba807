"""Alembic on both engines: SQLite through pysqlite3 where its wheel exists, PostgreSQL through asyncpg.

A migration waits for locks only briefly and gives up rather than stall readers; run it again. On PostgreSQL an
advisory lock keeps two of them apart.
"""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

import app.tables  # noqa: F401  # every table enters the metadata
from app.database.sqlite_driver import sqlite
from app.database.words import metadata
from app.settings import Settings

_LOCK = 6402_2025
_LOCK_TIMEOUT = "200ms"
_STATEMENT_TIMEOUT = "60s"
_TRIES = 20


def _url() -> str:
    given: str | None = context.config.attributes.get("url")
    return given or Settings().database_url


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run_on_postgresql(connection: Connection) -> None:
    connection.execute(text(f"SET lock_timeout = '{_LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{_STATEMENT_TIMEOUT}'"))
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
    connection.commit()
    try:
        _run(connection)
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
        connection.commit()


async def _postgresql(url: str) -> None:
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=pool.NullPool
    )
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run_on_postgresql)
    finally:
        await engine.dispose()


def _sqlite(url: str) -> None:
    engine = create_engine(url, module=sqlite, poolclass=pool.NullPool)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA busy_timeout=5000")

    with engine.connect() as connection:
        _run(connection)
    engine.dispose()


if _url().startswith("sqlite"):
    _sqlite(_url())
else:
    asyncio.run(_postgresql(_url()))
