"""The shape of a published edition: whole numbers decide, and nothing changes once it is loaded.

Both methods fit. `idm-2016` has 3 dimensions, 6 sub-dimensions, 22 variables and 50 scored rows; Indeks Desa
2025 has 6, 13, 48 (there "indicators") and 127 (there "items"). A scored row is an `Indicator` here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

Language = Literal["en", "id"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in English and Bahasa Indonesia: `text["id"]`."""

    en: str
    id: str

    def __getitem__(self, language: Language) -> str:
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True)
class Level:
    """One admissible score: what it says of the village, and what can be done where the rubric names it."""

    score: int
    meaning: Text
    activity: Text | None


# Identity is equality from here on: an edition is loaded once, and comparing 178 levels would only cost.
@dataclass(frozen=True, eq=False)
class Indicator:
    """One scored row.

    `executors` names who can act, by level of government or purse, in the words of `Edition.actors`.
    """

    id: str
    name: Text
    dimension: str
    sub_dimension: str
    variable: str
    levels: tuple[Level, ...]
    executors: Mapping[str, tuple[str, ...] | None]
    note: Text | None

    @cached_property
    def maximum(self) -> int:
        """The best score of this row."""
        return max(level.score for level in self.levels)

    @cached_property
    def admissible(self) -> frozenset[int]:
        """The scores the rubric knows."""
        return frozenset(level.score for level in self.levels)

    @cached_property
    def at(self) -> Mapping[int, Level]:
        """The level of each admissible score."""
        return MappingProxyType({level.score: level for level in self.levels})


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A named group of rows that belong together; its rows need not stand side by side."""

    id: str
    name: Text
    sub_dimension: str


@dataclass(frozen=True, slots=True, eq=False)
class SubDimension:
    """A sector (kesehatan, pendidikan, …): `rows` is its slice of the scores."""

    id: str
    name: Text
    dimension: str
    rows: slice
    maximum: int


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """A partial index: the sum of its `rows` over `divisor`; each point weighs `weight` of the total."""

    id: str
    name: Text
    divisor: int
    weight: int
    rows: slice
    sub_dimensions: tuple[SubDimension, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Status:
    """A class of the index: it reaches up to and including `at_most` points.

    `target_score` is the printed minimum of the status aimed at, a decimal; status never follows from it.
    """

    id: str
    name: Text
    at_most: int
    target: str
    target_score: str


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows named together, and the scores that are spoken of."""

    indicators: tuple[str, ...]
    scores: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How rows depend on one another: where exactly `count` rows of `when` have its scores, all of `then` have theirs.

    A rule that is broken is a warning, never a fault: official records break some.
    """

    id: str
    when: Rows
    count: int
    then: Rows
    message: Text


@dataclass(frozen=True, slots=True, eq=False)
class Regulation:
    """Where the edition is laid down."""

    number: str
    title: Text


@dataclass(frozen=True, eq=False)
class Edition:
    """A method as published: index = points / `total`, points = Σ weight · sum of each dimension.

    `years` (first, last) are those the regulation governed, the last None where it was in force when the edition
    was published; in `verified_years` the rows and the formula were checked against official records.
    """

    id: str
    index: str
    name: Text
    regulation: Regulation
    years: tuple[int, int | None]
    verified_years: tuple[int, int]
    note: Text
    total: int
    statuses: tuple[Status, ...]
    dimensions: tuple[Dimension, ...]
    variables: tuple[Variable, ...]
    actors: Mapping[str, Text]
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...]

    def applies_to(self, year: int) -> bool:
        """Whether the regulation governed this year."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    @cached_property
    def cut_offs(self) -> tuple[int, ...]:
        """The most points of each status but the last, ascending."""
        return tuple(status.at_most for status in self.statuses[:-1])

    @cached_property
    def targets(self) -> tuple[float, ...]:
        """The printed target score of each status."""
        return tuple(float(status.target_score) for status in self.statuses)

    @cached_property
    def rows(self) -> tuple[slice, ...]:
        """Where the scores of each dimension stand."""
        return tuple(dimension.rows for dimension in self.dimensions)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """What a point of score is worth in each dimension."""
        return tuple(dimension.weight for dimension in self.dimensions)

    @cached_property
    def divisors(self) -> tuple[int, ...]:
        """The most points of score in each dimension."""
        return tuple(dimension.divisor for dimension in self.dimensions)

    @cached_property
    def admissible(self) -> tuple[frozenset[int], ...]:
        """The scores the rubric knows, row by row."""
        return tuple(indicator.admissible for indicator in self.indicators)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where each indicator stands among the scores, from 0."""
        return MappingProxyType({indicator.id: at for at, indicator in enumerate(self.indicators)})

    @cached_property
    def gains(self) -> tuple[tuple[float, ...], ...]:
        """By row and score (0 to its maximum): what raising the row to its maximum adds to the index."""
        weight = {dimension.id: dimension.weight for dimension in self.dimensions}
        return tuple(
            tuple(missing * weight[row.dimension] / self.total for missing in range(row.maximum, -1, -1))
            for row in self.indicators
        )
