"""A filter turns one query parameter into conditions and bound values, the same rows on both engines."""

import re
import unicodedata
from abc import ABC, abstractmethod
from typing import Any

from sqlalchemy import ColumnElement, bindparam

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The key by which names are found and sorted: no case, no accents, words set apart by one blank."""
    if text.isascii():  # as most names are: there is nothing to take apart
        return " ".join(_WORD.findall(text.casefold()))
    plain = unicodedata.normalize("NFKD", text).casefold()
    stripped = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", stripped)))


class Filter(ABC):
    """One parameter of a list. `parts` is the number of values bound, which is part of the statement's shape."""

    @abstractmethod
    def values(self, name: str, value: Any) -> dict[str, Any]:
        """The bound values of a parameter; empty when it excludes nothing."""

    @abstractmethod
    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """The conditions for that many values."""


class Equals(Filter):
    """The column has exactly this value."""

    def __init__(self, column: ColumnElement[Any]) -> None:
        self._column = column

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """One value."""
        return {name: value}

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """Equality."""
        return [self._column == bindparam(name, type_=self._column.type)]


class EqualsNumber(Equals):
    """The column has exactly this number, which a query string spells in digits."""

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """One number."""
        return {name: int(value)}


class Since(Equals):
    """The column is at this value or later."""

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """A lower bound."""
        return [self._column >= bindparam(name, type_=self._column.type)]


class Among(Filter):
    """The column is a row of words set apart by blanks, one before and one behind too, and this is one of them."""

    def __init__(self, column: ColumnElement[Any]) -> None:
        self._column = column

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """One pattern. An underscore in a word stands for itself: no other word differs from it only there."""
        return {name: f"% {value} %"}

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """One LIKE."""
        return [self._column.like(bindparam(name, type_=self._column.type))]


class Within(Filter):
    """A code lies in a region: the region's code is its prefix, which is a range of the index."""

    def __init__(self, column: ColumnElement[Any]) -> None:
        self._column = column

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """The range from the region's own code to just before its next sibling; `/` follows `.` in ASCII."""
        return {f"{name}_from": value, f"{name}_to": f"{value}/"} if value else {}

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """A half-open range."""
        kind = self._column.type
        return [
            self._column >= bindparam(f"{name}_from", type_=kind),
            self._column < bindparam(f"{name}_to", type_=kind),
        ]


class Words(Filter):
    """All words of the search stand somewhere in the folded column, any part of a word counting."""

    def __init__(self, column: ColumnElement[Any]) -> None:
        self._column = column

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """One pattern a word; no text excludes nothing, text without a single letter or digit finds nothing."""
        if not value.strip():
            return {}
        words = list(dict.fromkeys(folded(value).split())) or ["\x01"]
        # Filled up to a power of two with the last word, so that lists differ in few shapes.
        words += words[-1:] * ((1 << (len(words) - 1).bit_length()) - len(words))
        return {f"{name}_{index}": f"%{word}%" for index, word in enumerate(words)}

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """One LIKE a word; folded words hold no wildcard."""
        kind = self._column.type
        return [self._column.like(bindparam(f"{name}_{index}", type_=kind)) for index in range(parts)]
