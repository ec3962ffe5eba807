"""Between PostgreSQL and this code: what the driver raises in our words, and values in the form of JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
from asyncpg import exceptions as pg

from app.database.failures import Busy, ConstraintBroken, Unavailable, Unfit

_BUSY = (pg.LockNotAvailableError, pg.DeadlockDetectedError, pg.SerializationError)
_DOWN = (
    pg.PostgresConnectionError,
    pg.InterfaceError,
    # What asyncpg says when the server's goodbye came in before the question.
    pg.InternalClientError,
    pg.OperatorInterventionError,
    pg.InsufficientResourcesError,
    pg.InvalidAuthorizationSpecificationError,
    pg.InvalidCatalogNameError,
    pg.ReadOnlySQLTransactionError,
    OSError,
    TimeoutError,
)


@contextmanager
def our_words() -> Iterator[None]:
    """Whatever the driver raises within leaves as a failure of `app.database.failures`."""
    try:
        yield
    except pg.IntegrityConstraintViolationError as refused:
        raise ConstraintBroken(getattr(refused, "constraint_name", None) or "not_null") from refused
    except (pg.DataError, asyncpg.DataError) as wrong:
        raise Unfit(type(wrong).__name__) from wrong
    except _BUSY as held:
        raise Busy(type(held).__name__) from held
    except _DOWN as failed:
        raise Unavailable(type(failed).__name__) from failed


def _canonical_instant(text: str) -> str:
    # `2026-11-24 10:00:00.5+00`, as PostgreSQL writes it in a UTC session, in the API's fixed width.
    day, _, rest = text.partition(" ")
    clock, _, fraction = rest.removesuffix("+00").partition(".")
    return f"{day}T{clock}.{fraction:0<6}Z"


async def speak_text(connection: Any) -> None:
    """Give ids, days and instants the form of JSON on this connection."""
    for word, decoder in (("uuid", str), ("date", str), ("timestamptz", _canonical_instant)):
        await connection.set_type_codec(
            word, encoder=str, decoder=decoder, schema="pg_catalog", format="text"
        )
