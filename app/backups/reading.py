"""A backup is read through and judged before anything is done with it: nothing may be missing, added or changed."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from app.backups.form import DIGITS, END_BYTES, FORMAT, Head, Manifest, Sum, Unusable, end_mark
from app.database.whole import Section

_PIECE = 1 << 20
_BEGINNING = 4096
_GZIP = 31
"""What zlib calls a gzip header."""
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, orjson.JSONDecodeError, KeyError, TypeError)
"""What reading something else than a backup raises."""


def checked(path: Path) -> Manifest:
    """What a backup holds, every byte of it read; raises `Unusable` saying where it is not as it was written."""
    _head(path)
    digest = _end(path)
    manifest = _judged(path)
    if _digest(path) != digest:
        raise Unusable(f"{path}: some of its bytes were changed after it was written")
    return manifest


def sections(path: Path) -> Iterator[tuple[Section, Iterator[list[Any]]]]:
    """Each table of a backup that was checked, with its rows, which are read while they are taken."""
    with _lines(path) as lines:
        next(lines)
        line = next(lines)
        while b'{"table":' in line[:9]:
            told = orjson.loads(line)
            rest: list[bytes] = []
            yield Section(told["table"], tuple(told["columns"]), tuple(told["key"])), _rows(lines, rest)
            line = rest[0]


def _rows(lines: Iterator[bytes], rest: list[bytes]) -> Iterator[list[Any]]:
    for line in lines:
        if not line.startswith(b"["):
            rest.append(line)
            return
        yield orjson.loads(line)


def _lines(path: Path) -> Any:
    # A BufferedReader reads lines in C; GzipFile would in Python.
    return io.BufferedReader(gzip.open(path, "rb"), _PIECE)


def _head(path: Path) -> Head:
    try:
        with path.open("rb") as file:
            beginning = zlib.decompressobj(wbits=_GZIP).decompress(file.read(_BEGINNING))
        told = orjson.loads(beginning.partition(b"\n")[0])["berdaya_backup"]
    except _BROKEN as broken:
        raise Unusable(f"{path} is no backup of Berdaya, or its beginning was changed") from broken
    if told.get("format") != FORMAT:
        raise Unusable(f"{path} has format {told.get('format')}; this version reads format {FORMAT}")
    return Head(**told)


def _end(path: Path) -> str:
    """What the mark at the end says of the bytes before it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END_BYTES))
        mark = file.read()
    digits = mark[DIGITS].decode("ascii", "replace")
    if mark != end_mark(digits):
        raise Unusable(f"{path} has no end: it was cut off, never finished, or its end was changed")
    return digits


def _digest(path: Path) -> str:
    left = path.stat().st_size - END_BYTES
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while left and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _judged(path: Path) -> Manifest:
    sums: dict[str, Sum] = {}
    told: dict[str, Any] = {}
    here, table = Sum(), ""
    try:
        with _lines(path) as lines:
            head = Head(**orjson.loads(next(lines))["berdaya_backup"])
            for line in lines:
                if line.startswith(b"["):
                    here.add(line)
                    continue
                said = orjson.loads(line)
                told |= said
                if "table" in said:
                    table = said["table"]
                    here = sums[table] = Sum()
            manifest = Manifest(head, told["manifest"]["audit_head"], told["manifest"]["tables"])
    except _BROKEN as broken:
        where = f"among the rows of {table}" if table else "before its first row"
        raise Unusable(f"{path} is damaged {where}") from broken
    found = {table: one.told for table, one in sums.items()}
    wrong = [
        name
        for name in dict.fromkeys(chain(manifest.tables, found))
        if manifest.tables.get(name) != found.get(name)
    ]
    if wrong:
        raise Unusable(f"{path}: not as its manifest says: {', '.join(wrong)}")
    return manifest
