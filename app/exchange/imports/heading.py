"""Which row of a sheet is its header: the one among the first twenty that names the most columns we know.

Runs also in the child that takes uploads apart, so it imports nothing that is slow to load.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.exchange.imports.table import Cell

SEARCHED = 20
LONGEST = 200
"""Characters of a header that are compared."""
NOTES = "Catatan Berdaya"
"""The column, or the sheet, in which an annotated file says what is wrong; reading leaves it out."""

_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_YEAR = re.compile(r"(?<=\D) 20\d\d$")


class Found(NamedTuple):
    """A header: how many known columns it names, and its place among the rows, from 0."""

    score: int
    place: int


def folded(header: str) -> str:
    """A header as it is compared, as `app.http.filters.folded`: `Kode  Desa *`, `kode_desa`, `KODE DESA` are alike."""
    plain = unicodedata.normalize("NFKD", header).casefold()
    stripped = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", stripped)))


def found_in(rows: Sequence[Sequence[Cell]], known: Collection[str]) -> Found | None:
    """The header among the first rows; the first of equals, the first row with anything in it where none is known."""
    best: Found | None = None
    for place, cells in enumerate(rows[:SEARCHED]):
        names = {cell.text[:LONGEST] for cell in cells} - {""}
        score = sum(_names_one(name, known) for name in names)
        if names and (best is None or score > best.score):
            best = Found(score, place)
    return best


def _names_one(header: str, known: Collection[str]) -> bool:
    """Whether a header is known as it is, without what stands in brackets behind it, or without a year."""
    whole, bare = folded(header), folded(_IN_BRACKETS.sub("", header))
    return any(name in known for name in (whole, bare, _YEAR.sub("", whole), _YEAR.sub("", bare)))
