"""Alembic on both engines: SQLite through pysqlite3 where its wheel exists, PostgreSQL through asyncpg.

Law: one process migrates at a time, and whatever ends it leaves a whole revision behind. SQLite does all in one
transaction, PostgreSQL each revision in its own. There a migration waits for a lock only briefly, since whoever comes
after it waits too; then it stands back, lets them through and tries again until its patience ends.
"""

import asyncio
import time
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

import app.tables  # noqa: F401  # every table enters the metadata
from app.database.failures import Busy
from app.database.schema import VERSION_TABLE
from app.database.sqlite_driver import sqlite
from app.database.words import metadata
from app.settings import Settings

_LOCK = 6402_2025
_LOCK_TIMEOUT = "200ms"
_STATEMENT_TIMEOUT = "60s"
_STANDS_BACK_SECONDS = 0.8
_PATIENCE_SECONDS = 120.0
_WRITERS_SECONDS = 60.0
"""How long a migration of SQLite waits for whoever writes now, another migration among them."""
_HELD = frozenset({"55P03", "40P01"})
"""SQLSTATE: a lock was not to be had, or not without a deadlock."""


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
        version_table=context.config.attributes.get("version_table", VERSION_TABLE),
    )
    with context.begin_transaction():
        context.run_migrations()


def _run_on_postgresql(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text(f"SET lock_timeout = '{_LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{_STATEMENT_TIMEOUT}'"))
    connection.commit()
    try:
        _patiently(connection)
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
        connection.commit()


def _patiently(connection: Connection) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _run(connection)
        except DBAPIError as failed:
            if getattr(failed.orig, "sqlstate", None) not in _HELD:
                raise
            connection.rollback()
            if time.monotonic() > until:
                raise Busy(
                    "others use the tables without a pause; migrate again when they are done"
                ) from failed
        time.sleep(_STANDS_BACK_SECONDS)


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
        # The driver would begin transactions by itself, and only before some statements; so we do.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={int(1000 * _WRITERS_SECONDS)}")
        connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        _run(connection)
    engine.dispose()


if _url().startswith("sqlite"):
    _sqlite(_url())
else:
    asyncio.run(_postgresql(_url()))
