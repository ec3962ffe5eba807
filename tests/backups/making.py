"""How the tests make backups and restore them, and what they look at in a restored database."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx

from app.access.audit.chain import head_of
from app.access.audit.verifying import verify
from app.backups.form import Manifest
from app.backups.restoring import Restored, restore
from app.backups.writing import back_up
from app.database import Database, connect
from app.main import create_app
from app.settings import Settings
from app.subjects.erasing import Erasure
from tests.conftest import act_of

NEW_LIFE = {"feed", "audit", "audit_chain"}
"""What a restore itself changes: the feed has another epoch, and the trail tells of the restore."""


async def backed_up(url: str, path: Path) -> Manifest:
    """A backup, made in a loop and a thread of its own, as beside a server."""
    return await anyio.to_thread.run_sync(lambda: anyio.run(back_up, url, path))


async def restored(url: str, path: Path, erasures: Sequence[Erasure] = ()) -> Restored:
    """A restore, as by the command."""
    return await anyio.to_thread.run_sync(
        partial(restore, url, path, act_of("restore"), erasures=erasures, audit_key=None)
    )


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database alone."""
    database = connect(url)
    await database.open()
    yield database
    await database.close()


@asynccontextmanager
async def served(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on that database, started as any other."""
    app = create_app(Settings(database_url=url, webhooks=False))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://berdaya.test") as client,
    ):
        yield client


async def sums(url: str, file: Path, *, without: set[str] = NEW_LIFE) -> Mapping[str, Any]:
    """Rows and checksum of each table, as a new backup tells them."""
    manifest = await backed_up(url, file.with_name("again.backup"))
    return {table: told for table, told in manifest.tables.items() if table not in without}


async def wrong_in_the_trail(url: str, kept: str) -> int:
    """How many places of the trail are not as they were sealed, or do not fit a head that was kept."""
    async with opened(url) as database:
        return (await verify(database, head_of(kept))).wrong
