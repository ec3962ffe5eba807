"""The column words: every value a table may hold, in the one form both drivers speak, which is the form JSON shows.

A statement runs on the driver without SQLAlchemy's processors. So an id, an instant and a day are plain text
to Python on both engines (PostgreSQL stores them as `uuid`, `timestamptz` and `date`, translated by codecs on
the connection), and a test sends each word there and back.
"""

from typing import Any

import uuid_utils
from sqlalchemy import BigInteger, Column, Double, Integer, MetaData, SmallInteger, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Word: TypeEngine[Any] = Text()
Code: TypeEngine[Any] = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""A code or a folded key: compared byte by byte, so that a prefix is a range of the index."""
Id: TypeEngine[Any] = Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
Instant: TypeEngine[Any] = Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
Day: TypeEngine[Any] = Text().with_variant(postgresql.DATE(), "postgresql")
Count: TypeEngine[Any] = Integer()
Year: TypeEngine[Any] = SmallInteger()
Rupiah: TypeEngine[Any] = BigInteger()
Units: TypeEngine[Any] = BigInteger()
"""A sum of fractions, counted in whole units so that no order of adding and no engine changes it."""
Ratio: TypeEngine[Any] = Double()
Document: TypeEngine[Any] = Text()
"""A JSON text kept byte for byte, as the API shows it."""
Position: TypeEngine[Any] = BigInteger().with_variant(Integer(), "sqlite")
"""A number the database hands out; on SQLite only an INTEGER key counts by itself."""


def new_id() -> str:
    """A fresh UUIDv7: unique everywhere, ordered by the time it was made."""
    return str(uuid_utils.uuid7())


def registered() -> list[Column[Any]]:
    """The columns that every registered row carries beside its own: version, times and ready representation."""
    return [
        Column("version", Count, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("document", Document, nullable=False),
    ]
