"""A small table of instants by name, of fixed size and shared by the workers of a host through one mapped file.

A name is kept as a fingerprint among eight places of its bucket; the place that matters least, the one whose instant
is the oldest, makes room for a new name. So the table never grows, and what is forgotten first is what has passed.
"""

import fcntl
import hashlib
import mmap
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
NextOf = Callable[Concatenate[float, P], tuple[float, T]]
"""Of the instant that is kept (0 when there is none): the instant to keep instead, and what else it came to."""

_PLACES = 8
_WORDS = _PLACES * 2
_BUCKETS = 4096
SIZE = _BUCKETS * _WORDS * 8
"""Bytes of a table: room for 32,768 names."""


@lru_cache(maxsize=4096)
def _place_of(name: str) -> tuple[int, int]:
    """The fingerprint of a name, and the word at which its bucket begins."""
    mark = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) or 1
    return mark, mark % _BUCKETS * _WORDS


class Slots:
    """The table: private to this process, or in a file of `SIZE` bytes that other processes map as well.

    A place is two words: the fingerprint, then the instant. The same bytes are looked at as whole numbers and as
    fractions, which is quicker than unpacking each place.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = None if path is None else path.open("r+b")
        self._table = mmap.mmap(-1 if self._file is None else self._file.fileno(), SIZE)
        self._bytes = memoryview(self._table)
        self._marks, self._instants = self._bytes.cast("Q"), self._bytes.cast("d")

    def change(self, name: str, next_of: NextOf[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Replace the instant kept for a name by what `next_of` makes of it, alone; gives what else that came to."""
        mark, bucket = _place_of(name)
        if self._file is None:
            return self._change(bucket, mark, next_of, *given, **named)
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, bucket)
        try:
            return self._change(bucket, mark, next_of, *given, **named)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, bucket)

    def _change(self, bucket: int, mark: int, next_of: NextOf[P, T], *given: P.args, **named: P.kwargs) -> T:
        marks, instants = self._marks, self._instants
        known = marks[bucket : bucket + _WORDS : 2].tolist()
        if mark in known:
            at = bucket + known.index(mark) * 2 + 1
            instants[at], came_to = next_of(instants[at], *given, **named)
            return came_to
        kept = instants[bucket + 1 : bucket + _WORDS : 2].tolist()
        at = bucket + kept.index(min(kept)) * 2 + 1
        instants[at], came_to = next_of(0.0, *given, **named)
        marks[at - 1] = mark
        return came_to

    def kept(self, name: str) -> float:
        """The instant kept for a name; 0 when there is none, or when it is being replaced by another's just now."""
        mark, bucket = _place_of(name)
        known = self._marks[bucket : bucket + _WORDS : 2].tolist()
        return self._instants[bucket + known.index(mark) * 2 + 1] if mark in known else 0.0

    def close(self) -> None:
        """Let go of the mapping and the file."""
        for view in (self._marks, self._instants, self._bytes):
            view.release()
        self._table.close()
        if self._file is not None:
            self._file.close()
