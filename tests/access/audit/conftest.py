"""The database alone, without an application that seals by itself."""

from collections.abc import AsyncIterator

import pytest

from app.database import Database, connect


@pytest.fixture
async def bare(database_url: str) -> AsyncIterator[Database]:
    """The fresh database, opened by nobody else."""
    opened = connect(database_url, audit_key=b"a key of the tests, long enough")
    await opened.open()
    yield opened
    await opened.close()
