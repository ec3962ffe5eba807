"""A column of an import: the field it fills, how its cells are read, and every header by which it is known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.exchange.imports.cells import Form, text
from app.http.filters import folded
from app.http.sheets.labels import labelled

Role = Literal["told", "key", "shown"]
"""What is told of a thing, what finds it, and what the register says of it and an import cannot change."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """One column by the name that exports give it.

    `path` is where its value stands in the body of the single endpoint. `needed` are values a new thing cannot be
    without; `stand_in` takes the place of a bad one so that the rest of the row is still judged. `yearly` are headers
    that count with a year behind them. `choices` and `shape` tell the template what to offer.
    """

    name: str
    form: Form = text
    path: tuple[str, ...] = ()
    role: Role = "told"
    needed: bool = False
    stand_in: Any = None
    aliases: tuple[str, ...] = ()
    yearly: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    shape: str = "text"

    def also(self, *aliases: str) -> "Column":
        """The column with more headers by which it is known."""
        return replace(self, aliases=(*self.aliases, *aliases))

    @property
    def place(self) -> tuple[str, ...]:
        """The path, by default the name."""
        return self.path or (self.name,)


def told(name: str, form: Form = text, **more: Any) -> Column:
    """A column that fills a field."""
    return Column(name=name, form=form, **more)


def keys(*names: str) -> tuple[Column, ...]:
    """Columns of text that find a thing."""
    return tuple(Column(name=name, role="key") for name in names)


def shown(*names: str) -> tuple[Column, ...]:
    """Columns that an export has and an import does not write."""
    return tuple(Column(name=name, role="shown") for name in names)


_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_OF_A_YEAR = re.compile(r"(?P<head>.*\D) (?P<year>20\d\d)", re.ASCII)


@dataclass(frozen=True)
class Known:
    """The headers of a kind of import, folded; what is in `ignored` may stand in a file and says nothing.

    Headers that begin with `prefix` are the columns of `in_order` where there are as many.
    """

    columns: Mapping[str, Column]
    yearly: Mapping[str, Column]
    ignored: frozenset[str]
    prefix: str
    in_order: Sequence[Column]

    def find(self, header: str) -> tuple[Column | None, int | None]:
        """The column of a header, and the year that stands in it."""
        whole, bare = folded_header(header), folded_header(_IN_BRACKETS.sub("", header))
        for name in (whole, bare):
            if name in self.columns:
                return self.columns[name], None
            of_a_year = _OF_A_YEAR.fullmatch(name)
            if of_a_year and of_a_year["head"] in self.yearly:
                return self.yearly[of_a_year["head"]], int(of_a_year["year"])
        return None, None

    def by_order(self, headers: Sequence[str]) -> Mapping[int, Column]:
        """The columns that are known by their order alone, by their place."""
        places = [
            place
            for place, header in enumerate(headers)
            if self.prefix and folded_header(header).startswith(self.prefix) and self.find(header)[0] is None
        ]
        if not places or len(places) != len(self.in_order):
            return {}
        return dict(zip(places, self.in_order, strict=True))

    def ignores(self, header: str) -> bool:
        """Whether a header is one that says nothing."""
        return folded_header(header) in self.ignored

    @property
    def headers(self) -> frozenset[str]:
        """Every header, folded, to find the header row by."""
        return frozenset({*self.columns, *self.yearly, *self.ignored})


def folded_header(header: str) -> str:
    """A header as headers are compared: no case, accents, signs or underscores."""
    return folded(header.replace("_", " "))


def known(
    kind: str, columns: Sequence[Column], ignored: Sequence[str], in_order: tuple[str, Sequence[str]]
) -> Known:
    """Every header by which the columns of a kind are known: name, labels of both languages, aliases."""
    found: dict[str, Column] = {}
    for column in columns:
        for said in (column.name, *(labelled(kind, column.name) or ()), *column.aliases):
            found.setdefault(folded_header(said), column)
    named = {column.name: column for column in columns}
    return Known(
        columns=found,
        yearly={head: column for column in columns for head in column.yearly},
        ignored=frozenset(map(folded_header, ignored)),
        prefix=in_order[0],
        in_order=[named[name] for name in in_order[1]],
    )
