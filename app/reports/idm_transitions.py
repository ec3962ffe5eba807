"""Which villages changed their status from one year to another, by district, and how far their index moved.

A village counts where both years are known; one that has only one of them is counted apart, never guessed.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import add
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from app.database import Database, Statement
from app.database.words import Year
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Output
from app.index.shown import measured, shown, units_of
from app.index.summaries import first_of
from app.index.tables import STATUSES, idm_records
from app.reports.asking import LENGTH, Grouping, Line, answered, bounds, names_of, within
from app.reports.idm_status import INDICES, mean
from app.reports.years import PeriodQuery, edition_of
from app.villages.schemas import IdmStatus

_RANK = {status: rank for rank, status in enumerate(STATUSES)}
_COUNTED = ("villages", "only_from", "only_to", "status_unknown")
_COLUMNS = (
    "code",
    "name",
    "from",
    "to",
    "edition",
    *_COUNTED,
    "risen",
    "unchanged",
    "fallen",
    *(f"{before}_to_{after}" for before in STATUSES for after in STATUSES),
    *(f"{index}_change" for index in INDICES),
)


class TransitionsQuery(PeriodQuery):
    """Which villages, from which year to which."""

    group_by: Grouping = "district"


class Change(Output):
    """How far one index moved."""

    villages: int = Field(description="of how many it is known in both years")
    mean: float | None = Field(description="of what each village gained, negative where they lost")


class IndexChanges(Output):
    """The changes of the IDM and its three parts."""

    idm: Change
    iks: Change
    ike: Change
    ikl: Change


class TransitionsLine(Output):
    """The villages of one region, then and later."""

    code: str | None = Field(description="of the district or regency; null for the total")
    name: str | None
    villages: int = Field(description="measured in both years")
    only_from: int = Field(description="measured in the first year only; in no other count")
    only_to: int = Field(description="measured in the second year only; in no other count")
    risen: int
    unchanged: int
    fallen: int
    status_unknown: int = Field(description="measured in both, but without a status in one")
    matrix: dict[IdmStatus, dict[IdmStatus, int]] = Field(
        description="villages by status in the first year, then by status in the second; what is not there is 0"
    )
    changes: IndexChanges


class TransitionsReport(Output):
    """Who moved from which status to which, by region, and all together."""

    from_: int = Field(alias="from")
    to: int
    edition: str | None = Field(description="by which villages were measured in both years")
    region: str | None
    group_by: Grouping
    items: list[TransitionsLine]
    total: TransitionsLine


class Transitions(NamedTuple):
    """The data of the report: a line a region, and the line of all."""

    first: int
    last: int
    edition: str | None
    items: list[Line]
    total: Line


def known_in(records: FromClause, name: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions that records are of the year bound as `name`, and of villages that were measured in it."""
    return records.c.year == bindparam(name, type_=Year), measured(records)


def moved(before: FromClause, after: FromClause, index: str) -> ColumnElement[Any]:
    """How far an index moved, in units; null where it is not known of both years."""
    return units_of(shown(after, index)) - units_of(shown(before, index))


def _statement(length: int) -> Statement:
    """Both halves are one statement, so that they are counted at one moment."""
    # A village has the same code in all its years: they follow it together when it is recoded.
    before, after = idm_records.alias("before"), idm_records.alias("after")
    same = before.c.village_code == after.c.village_code
    status, later = shown(before, "status"), shown(after, "status")
    region = first_of(before.c.village_code, length)
    moves = [moved(before, after, index) for index in INDICES]
    known_then = (
        select(
            region,
            status,
            later,
            func.count(),
            func.count(after.c.village_code),
            *(func.count(one) for one in moves),
            *(cast(func.coalesce(func.sum(one), 0), BigInteger) for one in moves),
        )
        .select_from(before.outerjoin(after, and_(same, *known_in(after, "last"))))
        .where(*known_in(before, "first"), *within(before.c.village_code))
        .group_by(region, status, later)
    )
    only_later = first_of(after.c.village_code, length)
    nothing: list[ColumnElement[Any]] = [literal_column("0")] * (2 * len(INDICES))
    known_later = (
        select(only_later, null(), null(), literal_column("0"), func.count(), *nothing)
        .select_from(after.outerjoin(before, and_(same, *known_in(before, "first"))))
        .where(*known_in(after, "last"), *within(after.c.village_code), before.c.village_code.is_(None))
        .group_by(only_later)
    )
    return Statement(union_all(known_then, known_later))


_PAIRS: Mapping[str, Statement] = {level: _statement(length) for level, length in LENGTH.items()}


async def transitions(database: Database, query: TransitionsQuery) -> Transitions:
    """Who moved from which status to which, without regard to the form of an answer."""
    first, last = query.period
    values = {**bounds(query.region), "first": first, "last": last}
    rows = await database.survey(_PAIRS[query.group_by], values)
    names = await names_of(database, sorted({row[0] for row in rows}))
    # In a thread, as the lines of a nation's districts are some tens of milliseconds of arithmetic.
    items, total = await asyncio.to_thread(_lines, rows, names)
    return Transitions(first, last, edition_of(first), items, total)


def _lines(rows: Iterable[Any], names: Mapping[str, str]) -> tuple[list[Line], Line]:
    tallies: dict[str, _Tally] = {}
    for code, *counts in rows:
        tallies.setdefault(code, _Tally()).add(*counts)
    whole = _Tally()
    for tally in tallies.values():
        whole.join(tally)
    return [tallies[code].line(code, names.get(code)) for code in sorted(tallies)], whole.line(None, None)


class _Tally:
    """What the groups of one region add up to."""

    def __init__(self) -> None:
        self.counts = [0] * len(_COUNTED)
        self.moves: Counter[tuple[str, str]] = Counter()
        self.moved = [0] * (2 * len(INDICES))

    def add(self, before: str | None, after: str | None, first: int, last: int, *moved: int) -> None:
        """A group of villages that share both statuses, null where a year or its status is not known.

        `first` were measured in the first year, and `last` of these in the second too; or `last` in the second only.
        """
        both = last if first else 0
        unknown = both if before is None or after is None else 0
        self._sum((both, first - both, last - both, unknown), moved)
        if before is not None and after is not None:
            self.moves[before, after] += both

    def join(self, other: "_Tally") -> None:
        """Another region beside this one."""
        self._sum(other.counts, other.moved)
        self.moves.update(other.moves)

    def _sum(self, counts: Iterable[int], moved: Iterable[int]) -> None:
        self.counts = [*map(add, self.counts, counts)]
        self.moved = [*map(add, self.moved, moved)]

    def line(self, code: str | None, name: str | None) -> Line:
        """The region as the report tells it."""
        matrix: dict[str, dict[str, int]] = {}
        directions = dict.fromkeys(("risen", "unchanged", "fallen"), 0)
        for before, after in sorted(self.moves, key=lambda move: (_RANK[move[0]], _RANK[move[1]])):
            many = matrix.setdefault(before, {})[after] = self.moves[before, after]
            directions[_direction(before, after)] += many
        changes = zip(INDICES, self.moved, self.moved[len(INDICES) :], strict=False)
        return {
            "code": code,
            "name": name,
            **dict(zip(_COUNTED, self.counts, strict=True)),
            **directions,
            "matrix": matrix,
            "changes": {
                index: {"villages": many, "mean": mean(units, many)} for index, many, units in changes
            },
        }


def _direction(before: str, after: str) -> str:
    if before == after:
        return "unchanged"
    return "risen" if _RANK[after] > _RANK[before] else "fallen"


async def transitions_report(ask: Ask, query: TransitionsQuery) -> Answer:
    """The report; 422 where the two years cannot be compared."""
    query = await ask.presently(query)
    told = await transitions(ask.database, query)
    beside = {"from": told.first, "to": told.last, "edition": told.edition}
    whole = {
        **beside,
        "region": query.region,
        "group_by": query.group_by,
        "items": told.items,
        "total": told.total,
    }
    lines = (_row(one, beside) for one in (*told.items, told.total))
    return answered(ask, query, whole, columns=_COLUMNS, lines=lines)


def _row(line: Line, beside: Line) -> Line:
    """A region as a line of a sheet; the line of the total bears no code."""
    moves = {
        f"{before}_to_{after}": line["matrix"].get(before, {}).get(after, 0)
        for before in STATUSES
        for after in STATUSES
    }
    changes = {f"{index}_change": line["changes"][index]["mean"] for index in INDICES}
    name = "TOTAL" if line["code"] is None else line["name"]
    return {**line, **beside, **moves, **changes, "name": name}
