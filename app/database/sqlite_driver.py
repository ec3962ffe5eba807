"""Which SQLite serves: the one in pysqlite3's wheel, which is new, else the interpreter's own, which may be faulty."""

import sqlite3
from importlib import import_module
from typing import Any


def _driver() -> Any:
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


sqlite: Any = _driver()
"""The DB-API module of the SQLite in use."""


def wal_reset_fault(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may corrupt a WAL database when a write meets a checkpoint (3.7.0 to 3.51.2)."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return not mended


def warning() -> str | None:
    """What to tell the operator about the SQLite in use, or None when it is sound."""
    if not wal_reset_fault(sqlite.sqlite_version_info):
        return None
    return (
        f"SQLite {sqlite.sqlite_version} may corrupt a database when a write meets a checkpoint (fixed in 3.51.3). "
        "Install pysqlite3 where its wheel exists, or use PostgreSQL."
    )
