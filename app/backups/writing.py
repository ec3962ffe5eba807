"""A backup is written while others write: all of one instant, under the name `FILE.part` until it is whole.

Law: under the name that was asked for there is never anything but a whole backup, which only its owner can read.
"""

import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app import clock
from app.access.audit.chain import Head as AuditHead
from app.backups.form import (
    Head,
    Manifest,
    Sum,
    Unusable,
    end_mark,
    head_line,
    manifest_line,
    row_line,
    table_line,
)
from app.backups.sealed import head, missing_links
from app.database.schema import RESTORING, StaleSchema
from app.database.whole import Section, Whole, reading

_CHAIN = "audit_chain"
_LEVEL = 3
"""Of compression: 6 takes twice the time for a tenth less."""


class _Hashed:
    """A file that knows the SHA-256 of what was written to it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        written: int = self._file.write(data)
        return written

    def flush(self) -> None:
        self._file.flush()


async def back_up(url: str, path: Path) -> Manifest:
    """Write all of a database, at whatever revision it is, to a new file; gives what it holds.

    Raises `StaleSchema` for an empty database, `FileExistsError` where the file or its `.part` is there already.
    """
    with _becoming(path) as file:
        async with reading(url) as whole:
            revision = await whole.revision()
            if revision is None or revision == RESTORING:
                raise StaleSchema(revision)
            return await _write(whole, Head(revision, whole.engine, at=clock.now()), file)


@contextmanager
def _becoming(path: Path) -> Iterator[Any]:
    """A file of that name once the block has ended well, and none otherwise."""
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    part = path.with_name(f"{path.name}.part")
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileExistsError(
            f"{part} is there: another backup is running, or was cut off; remove it"
        ) from None
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


async def _write(whole: Whole, told: Head, file: Any) -> Manifest:
    hashed = _Hashed(file)
    sums = {}
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=hashed, mtime=0) as packed:
        packed.write(head_line(told))
        audit_head = await head(whole)
        for section in await whole.sections():
            if not section.key:
                raise Unusable(f"the table {section.table} has no key, so it is none of ours")
            sums[section.table] = sum_ = Sum()
            packed.write(table_line(section))
            async for batch in whole.rows(section):
                _put(packed, sum_, map(row_line, batch))
            if section.table == _CHAIN:
                audit_head = await _put_missing(whole, section, packed, sum_, audit_head)
        manifest = Manifest(told, str(audit_head), {table: one.told for table, one in sums.items()})
        packed.write(manifest_line(manifest))
    file.write(end_mark(hashed.hash.hexdigest()))
    return manifest


def _put(packed: Any, sum_: Sum, lines: Iterator[bytes]) -> None:
    told = list(lines)
    for line in told:
        sum_.add(line)
    packed.write(b"".join(told))


async def _put_missing(whole: Whole, section: Section, packed: Any, sum_: Sum, last: AuditHead) -> AuditHead:
    async for one in missing_links(whole):
        _put(packed, sum_, iter([row_line([one[name] for name in section.columns])]))
        last = AuditHead(one["number"], one["hash"])
    return last
