"""A small table of instants by name, of fixed size and shared by the workers of a host through one mapped file.

A name is kept as a fingerprint among eight places of its bucket; the place that matters least, the one whose instant
is the oldest, makes room for a new name. So the table never grows, and what is forgotten first is what has passed.
"""

import fcntl
import hashlib
import mmap
import struct
from collections.abc import Callable
from pathlib import Path

_PLACE = struct.Struct("=Qd")
_PLACES = 8
_BUCKETS = 4096
SIZE = _BUCKETS * _PLACES * _PLACE.size
"""Bytes of a table: room for 32,768 names."""


class Slots:
    """The table: private to this process, or in a file of `SIZE` bytes that other processes map as well."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = None if path is None else path.open("r+b")
        self._table = mmap.mmap(-1 if self._file is None else self._file.fileno(), SIZE)

    def change(self, name: str, next_of: Callable[[float], float]) -> None:
        """Replace the instant kept for a name (0 when there is none) by what `next_of` makes of it, alone."""
        mark = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) or 1
        bucket = mark % _BUCKETS * _PLACES * _PLACE.size
        if self._file is None:
            self._change(bucket, mark, next_of)
            return
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, bucket)
        try:
            self._change(bucket, mark, next_of)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, bucket)

    def _change(self, bucket: int, mark: int, next_of: Callable[[float], float]) -> None:
        oldest, at = bucket, float("inf")
        for place in range(bucket, bucket + _PLACES * _PLACE.size, _PLACE.size):
            known, instant = _PLACE.unpack_from(self._table, place)
            if known == mark:
                _PLACE.pack_into(self._table, place, mark, next_of(instant))
                return
            if instant < at:
                oldest, at = place, instant
        _PLACE.pack_into(self._table, oldest, mark, next_of(0.0))

    def close(self) -> None:
        """Let go of the mapping and the file."""
        self._table.close()
        if self._file is not None:
            self._file.close()
