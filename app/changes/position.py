"""A position in the feed is where a reader has come to: the last change seen, in one life of the change log.

Positions of one epoch are ordered, those of two have nothing to do with each other.
"""

from typing import NamedTuple

from app.database.ledgers import changes
from app.http import cursors
from app.http.problems import Gone, invalid

_FORM = "feed"


class Place(NamedTuple):
    """The number of a transaction and the position of a change within what it wrote; compared in that order."""

    transaction_id: int
    position: int


START = Place(0, 0)


class Position(NamedTuple):
    """A place in the feed of one epoch."""

    epoch: str
    place: Place

    @property
    def cursor(self) -> str:
        """The opaque text that a client keeps."""
        return cursors.pack(_FORM, self.epoch, *self.place)

    def of(self, epoch: str, *, pointer: str) -> Place:
        """The place, if that epoch is its own; 410 `feed.restarted` otherwise."""
        if epoch != self.epoch:
            raise restarted(pointer)
        return self.place


def read(cursor: str, *, pointer: str) -> Position:
    """The position in a cursor; 422 `cursor.unknown` for one that is not of the feed."""
    parts = cursors.unpack(cursor, pointer=pointer)
    fits = (
        len(parts) == 4
        and parts[0] == _FORM
        and isinstance(parts[1], str)
        and all(cursors.holds(changes.c.position, one) and one >= 0 for one in parts[2:])
    )
    if not fits:
        raise invalid(pointer, "cursor.unknown")
    return Position(parts[1], Place(*parts[2:]))


def restarted(pointer: str) -> Gone:
    """What to tell whoever holds a position that means nothing here."""
    return Gone("feed.restarted", pointer=pointer)
