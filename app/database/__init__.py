"""The database, whichever engine: words, statements compiled once, units of work, the record of every change."""

from app.database.act import Act
from app.database.face import Database, Transaction
from app.database.failures import Busy, ConstraintBroken, Failure, Outrun, Unavailable, Unfit
from app.database.keyed import Keyed
from app.database.statement import Statement

__all__ = [
    "Act",
    "Busy",
    "ConstraintBroken",
    "Database",
    "Failure",
    "Keyed",
    "Outrun",
    "Statement",
    "Transaction",
    "Unavailable",
    "Unfit",
    "connect",
]


def connect(url: str, *, pool_size: int = 8, audit_key: bytes | None = None, read_url: str = "") -> Database:
    """The face for a database URL, not yet open; raises `ValueError` for an engine it does not know.

    `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://user:password@host/name`. `audit_key` makes
    the digests of personal values in the audit trail; SQLite makes itself one, in a file beside the database.
    `read_url` names a streaming replica of a PostgreSQL, for what may be read beside it (`replica.Replicated`).
    """
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from app.database.sqlite import SQLite  # noqa: PLC0415  # a process loads one driver

        return SQLite(rest[1:], audit_key=audit_key)
    if separator and scheme in ("postgresql", "postgres"):
        from app.database.postgresql import PostgreSQL  # noqa: PLC0415  # a process loads one driver

        primary = PostgreSQL(url, pool_size=pool_size, audit_key=audit_key)
        if not read_url:
            return primary
        from app.database.replica import Replicated  # noqa: PLC0415  # only where there is one

        return Replicated(primary, PostgreSQL(read_url, pool_size=pool_size))
    raise ValueError("BERDAYA_DATABASE_URL must start with sqlite:/// or postgresql://")
