"""The file of a backup: gzip, a JSON value a line, the same on both engines; a mark at the very end covers every byte.

First a line that says what it is; then for each table a line with its columns and a line for each row, an array
(bytes in base64); then the manifest. The last gzip member has a fixed length and holds the SHA-256 of all bytes before
it, so a file that was cut off anywhere, or changed anywhere, is known by it.
"""

import hashlib
import struct
import zlib
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from app.database.whole import Section

FORMAT = 1


class Unusable(ValueError):
    """A backup that cannot be restored, or a place that it cannot be restored to; says what is wrong."""


@dataclass(slots=True)
class Sum:
    """The rows of one table: how many, and the SHA-256 of their lines."""

    rows: int = 0
    _hash: Any = field(default_factory=hashlib.sha256, repr=False)

    def add(self, line: bytes) -> None:
        """Take in the line of a row."""
        self.rows += 1
        self._hash.update(line)

    @property
    def told(self) -> dict[str, Any]:
        """As the manifest tells it."""
        return {"rows": self.rows, "sha256": self._hash.hexdigest()}


@dataclass(frozen=True, slots=True)
class Head:
    """What the file is: of which schema, from which engine, and as of when."""

    revision: str
    engine: str
    at: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file holds: a sum for each table, and the head of the audit trail, `NUMBER:HASH`."""

    head: Head
    audit_head: str
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(one["rows"] for one in self.tables.values())


def head_line(head: Head) -> bytes:
    """The first line."""
    return _line({"berdaya_backup": asdict(head)})


def table_line(section: Section) -> bytes:
    """The line before the rows of a table."""
    return _line(asdict(section))


def row_line(row: Sequence[Any]) -> bytes:
    """The line of a row."""
    return orjson.dumps(tuple(row), default=_base64, option=orjson.OPT_APPEND_NEWLINE)


def manifest_line(manifest: Manifest) -> bytes:
    """The last line but one."""
    return _line({"manifest": {"audit_head": manifest.audit_head, "tables": manifest.tables}})


def _line(told: Mapping[str, Any]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _base64(value: bytes) -> str:
    return b2a_base64(value, newline=False).decode()


def end_mark(digest: str) -> bytes:
    """The last gzip member: 64 hexadecimal digits of what comes before it, stored as they are."""
    told = _line({"end": digest})
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    block = struct.pack("<BHH", 1, len(told), len(told) ^ 0xFFFF) + told
    return header + block + struct.pack("<II", zlib.crc32(told), len(told))


END_BYTES = len(end_mark("0" * 64))
DIGITS = slice(END_BYTES - 8 - 67, END_BYTES - 8 - 3)
"""Where the digits stand in it."""
