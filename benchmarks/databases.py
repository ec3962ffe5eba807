"""Where the rows are kept: two empty databases of one engine, side by side, PostgreSQL with fsync on."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    copy: Callable[[str], str]
    """Makes a copy of the textbook's under a name, while nobody is connected to it; gives its address."""

    def settle(self) -> None:
        """Let PostgreSQL do now what its autovacuum would do in the middle of a round."""
        for url in (self.ours, self.textbook):
            if url.startswith("postgresql:"):
                fetch(url, "vacuum analyze")


@contextmanager
def pair(engine: str, folder: Path) -> Iterator[Pair]:
    """Two empty databases of the engine; raises NoDatabaseError."""
    if engine == "sqlite":
        title = f"SQLite (the textbook on {sqlite3.sqlite_version}, the standard library's)"
        yield Pair(title, f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/textbook.db", _copier(folder))
        return
    cluster = start(fsync=True)
    if cluster is None:
        raise NoDatabaseError("no PostgreSQL could be started; `--engines sqlite` does without")
    try:
        version = fetch(cluster.url, "show server_version")[0][0][0]
        ours, textbook = cluster.create("bench_ours"), cluster.create("bench_textbook")
        yield Pair(
            f"PostgreSQL {version}",
            ours,
            textbook,
            lambda name: cluster.create(f"bench_{name}", "bench_textbook"),
        )
    finally:
        cluster.stop()


def _copier(folder: Path) -> Callable[[str], str]:
    def copy(name: str) -> str:
        shutil.copyfile(folder / "textbook.db", folder / f"{name}.db")
        return f"sqlite:///{folder}/{name}.db"

    return copy


async def _timed(url: str, statement: str) -> tuple[Sequence[Any], float]:
    connection = await asyncpg.connect(url)
    try:
        began = time.perf_counter()
        rows: Sequence[Any] = await connection.fetch(statement)
        return rows, time.perf_counter() - began
    finally:
        await connection.close()


def fetch(url: str, statement: str) -> tuple[Sequence[Any], float]:
    """A statement's rows, and the seconds until they were there, without those of connecting; a change is kept."""
    if url.startswith("postgresql:"):
        return asyncio.run(_timed(url, statement))
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        began = time.perf_counter()
        return connection.execute(statement).fetchall(), time.perf_counter() - began
    finally:
        connection.close()
