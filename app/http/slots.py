"""Instants by name, of which only so many are kept: a process has its own, the workers of a host share a mapped file.

What is forgotten first is the oldest instant, which has passed the longest.
"""

import fcntl
import hashlib
import mmap
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
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


class Instants(ABC):
    """What is kept, whoever shares it."""

    @abstractmethod
    def change(self, name: str, next_of: NextOf[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Replace the instant kept for a name by what `next_of` makes of it, alone; gives what else that came to."""

    @abstractmethod
    def kept(self, name: str) -> float:
        """The instant kept for a name; 0 when there is none."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is shared."""


class Own(Instants):
    """Of this process alone; when there are too many, the older half goes."""

    def __init__(self, most: int = _BUCKETS * _PLACES) -> None:
        self._most = most
        self._instants: dict[str, float] = {}

    def change(self, name: str, next_of: NextOf[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Replace it; nothing else runs meanwhile."""
        instants = self._instants
        instants[name], came_to = next_of(instants.get(name, 0.0), *given, **named)
        if len(instants) > self._most:
            newest = sorted(instants.items(), key=itemgetter(1))[self._most // 2 :]
            self._instants = dict(newest)
        return came_to

    def kept(self, name: str) -> float:
        """The instant kept for a name."""
        return self._instants.get(name, 0.0)

    def close(self) -> None:
        """Nothing is shared."""


class Slots(Instants):
    """In a file of `SIZE` bytes that other processes map as well, so the table never grows.

    A name is kept as a fingerprint among the eight places of its bucket, where the oldest makes room for a new one. A
    place is two words: the fingerprint, then the instant. The same bytes are looked at as whole numbers and as
    fractions, which is quicker than unpacking each place.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b")
        self._table = mmap.mmap(self._file.fileno(), SIZE)
        self._bytes = memoryview(self._table)
        self._marks, self._instants = self._bytes.cast("Q"), self._bytes.cast("d")

    def change(self, name: str, next_of: NextOf[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Replace it while the bucket is locked to every other process."""
        mark, bucket = _place_of(name)
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
        self._file.close()
