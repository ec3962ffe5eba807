"""Each link of the chain is SHA-256 over the link before it and the canonical bytes of an audit row.

Whoever has the rows can compute it again: the canonical form is the JSON array of `FIELDS` in UTF-8 without blanks,
in which only the quotation mark, the backslash and what comes before the blank are escaped (as RFC 8785 writes
strings), an instant has six decimals and a `Z`, and what is missing is `null`. `before` and `after` are the texts as
they are stored. The link before the first one is 32 zero bytes.

The number of a PostgreSQL transaction is not part of it, as it means nothing in another cluster.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson

FIELDS = (
    "position",
    "id",
    "at",
    "actor",
    "actor_name",
    "role",
    "address",
    "request_id",
    "action",
    "type",
    "resource_id",
    "village_code",
    "version",
    "before",
    "after",
)
START = bytes(32)
_HEAD = re.compile(r"([0-9]{1,19}):([0-9a-fA-F]{64})")

Content = Sequence[Any]
"""The values of `FIELDS` of one audit row."""


class Head(NamedTuple):
    """The last link that is known: how many rows are sealed, and its hash in hexadecimal digits."""

    number: int
    hash: str

    def __str__(self) -> str:
        """As it is printed and kept elsewhere: `number:hash`."""
        return f"{self.number}:{self.hash}"


def head_of(text: str) -> Head:
    """The head in a text `number:hash`; raises `ValueError` for anything else."""
    form = _HEAD.fullmatch(text.strip())
    if form is None:
        raise ValueError("a head is written NUMBER:HASH, as `berdaya audit head` prints it")
    return Head(int(form[1]), form[2].lower())


def canonical(content: Content) -> bytes:
    """The canonical bytes of an audit row."""
    return orjson.dumps(content)


def link(before: bytes, content: Content) -> bytes:
    """The link of an audit row behind another link."""
    return hashlib.sha256(before + canonical(content)).digest()


class Broken(NamedTuple):
    """A sealed place whose row is not the one that was sealed there."""

    number: int
    position: int
    before: bytes
    link: bytes
    content: Content


def misplaced(broken: Iterable[Broken]) -> set[int]:
    """The numbers of those places at which the row of another one of them was sealed: rows that changed places."""
    places = list(broken)
    found = set()
    for place in places:
        for other in places:
            moved = (place.position, *other.content[1:])
            if other is not place and link(place.before, moved) == place.link:
                found.add(place.number)
                break
    return found
