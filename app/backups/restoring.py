"""A backup becomes a register in an empty place: put back, held to its manifest, migrated, settled, then opened.

Law: nothing is written before the whole file is known to be sound, and no server starts on a register that is not
whole: from before the first table until the last step the database is at the revision `restoring`.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.access.audit.sealing import head, seal_all
from app.backups.form import Manifest, Sum, Unusable, row_line
from app.backups.reading import checked, sections
from app.backups.settling import settle
from app.database import Act, Failure, connect
from app.database.migrate import migrate, revisions
from app.database.schema import HEAD, RESTORING
from app.database.whole import Section, Whole, filling, reading
from app.subjects.erasing import Erasure, reapply


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of it: the backup's manifest, the feed's new epoch, erasures applied again, the trail's head now."""

    manifest: Manifest
    epoch: str
    erased: int
    audit_head: str


def restore(
    url: str, path: Path, act: Act, *, erasures: Sequence[Erasure], audit_key: bytes | None
) -> Restored:
    """Fill an empty database from a backup, of this revision or an earlier one.

    Raises `Unusable` when the file or the place will not do, and then nothing was written; a restore that breaks off
    later leaves a place that has to be emptied.
    """
    manifest = checked(path)
    if manifest.head.revision not in revisions():
        raise Unusable(
            f"{path} is of schema revision {manifest.head.revision}; this version knows them up to {HEAD}"
        )
    if not _absent(url):
        asyncio.run(_must_be_empty(url))
    try:
        _put_in_place(url, path, manifest)
        restored = asyncio.run(_settled(url, manifest, act, erasures, audit_key))
        asyncio.run(_mark(url, HEAD))
    except (Failure, OSError, ValueError) as failed:
        raise Unusable(f"the restore broke off ({failed}): empty the database before the next") from failed
    return restored


def _put_in_place(url: str, path: Path, manifest: Manifest) -> None:
    asyncio.run(_mark(url, RESTORING))
    migrate(url, manifest.head.revision, marked=True)
    asyncio.run(_put_back(url, path, manifest))
    migrate(url, marked=True)


def _absent(url: str) -> bool:
    return url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists()


async def _must_be_empty(url: str) -> None:
    async with reading(url) as whole:
        revision, there = await whole.revision(), await whole.sections()
    if revision == RESTORING:
        raise Unusable("part of a restore that did not end lies there: empty the database and restore again")
    if revision is not None or there:
        raise Unusable("a restore needs an empty database, and this one has tables already")


async def _mark(url: str, revision: str) -> None:
    async with filling(url) as whole:
        await whole.mark(revision)


async def _put_back(url: str, path: Path, manifest: Manifest) -> None:
    async with filling(url) as whole:
        there = {one.table: set(one.columns) for one in await whole.sections()}
        filled = []
        for section, rows in sections(path):
            if there.get(section.table) != set(section.columns):
                raise Unusable(
                    f"{path}: revision {manifest.head.revision} has no such table: {section.table}"
                )
            await whole.fill(section, rows)
            filled.append(section)
        for section in filled:
            await _hold(whole, section, manifest)


async def _hold(whole: Whole, section: Section, manifest: Manifest) -> None:
    """Compare a table, read anew, with the manifest."""
    found = Sum()
    async for batch in whole.rows(section):
        for row in batch:
            found.add(row_line(row))
    if found.told != manifest.tables[section.table]:
        raise Unusable(f"{section.table} is not what the manifest says, once it is put back")


async def _settled(
    url: str, manifest: Manifest, act: Act, erasures: Sequence[Erasure], audit_key: bytes | None
) -> Restored:
    database = connect(url, pool_size=1, audit_key=audit_key)
    await database.open()
    try:
        epoch = await database.write(act, lambda tx: settle(tx, manifest))
        erased = await reapply(database, act, erasures)
        await seal_all(database)
        return Restored(manifest, epoch, erased, str(await head(database)))
    finally:
        await database.close()
