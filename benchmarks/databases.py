"""Where the rows are kept: two empty databases of one engine, side by side, PostgreSQL with fsync on."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from tests.postgres import start

ENGINES = ("sqlite", "postgres")


class NoDatabaseError(Exception):
    """The engine that was asked for cannot be had here."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The addresses of the two databases, and the engine's name with its version."""

    title: str
    ours: str
    textbook: str

    def settle(self) -> None:
        """Let PostgreSQL do now what its autovacuum would do in the middle of a round."""
        for url in (self.ours, self.textbook):
            if url.startswith("postgresql:"):
                asyncio.run(_fetch(url, "vacuum analyze"))


@contextmanager
def pair(engine: str, folder: Path) -> Iterator[Pair]:
    """Two empty databases of the engine; raises NoDatabaseError."""
    if engine == "sqlite":
        title = f"SQLite (the textbook on {sqlite3.sqlite_version}, the standard library's)"
        yield Pair(title, f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/textbook.db")
        return
    cluster = start(fsync=True)
    if cluster is None:
        raise NoDatabaseError("no PostgreSQL could be started; `--engines sqlite` does without")
    try:
        version = asyncio.run(_fetch(cluster.url, "show server_version"))
        yield Pair(f"PostgreSQL {version}", cluster.create("bench_ours"), cluster.create("bench_textbook"))
    finally:
        cluster.stop()


async def _fetch(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def fetch_value(url: str, statement: str) -> tuple[object, float]:
    """A statement's first value, and the seconds until it was there."""
    if url.startswith("postgresql:"):
        began = time.perf_counter()
        return asyncio.run(_fetch(url, statement)), time.perf_counter() - began
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        began = time.perf_counter()
        return connection.execute(statement).fetchone()[0], time.perf_counter() - began
    finally:
        connection.close()
