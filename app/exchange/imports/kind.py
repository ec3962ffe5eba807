"""What an import must know of a kind of things: its columns, how a row finds its thing, and how it is written."""

from collections.abc import Awaitable, Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.database import Statement, Transaction
from app.database.register import State
from app.exchange.imports.column import Column, Known, known
from app.exchange.imports.lines import Line, Mark, Sheet
from app.http.problems import Fault


class Applied(NamedTuple):
    """What a row did: created, updated or unchanged; to which thing, from which version to which, and what it was."""

    operation: str
    type: str
    id: str
    seen: int | None
    version: int
    before: State | None = None


@dataclass(slots=True)
class Run:
    """For whom rows are applied, and what is known while they are."""

    kind: "Kind"
    sheet: Sheet
    personal_reach: str | None
    permissions: frozenset[str]
    source: str
    zone: ZoneInfo
    constraints: Mapping[str, str]
    demands_version: bool = False
    planned: Mapping[int, tuple[str, int | None]] = field(default_factory=dict)
    """By row: the thing that a plan saw and its version (None: that there was none)."""
    rows_of: dict[Hashable, int] = field(default_factory=dict)
    """By key, and by identity of the thing: the first row that tells of it."""


Apply = Callable[[Transaction, Line, Run], Awaitable[Applied]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind:
    """One kind: `name` in the address, `type` of what it writes, `key` by which two rows tell of the same thing.

    `existing` gives the things of a region for the template, bound as `from`, `to` and `limit`.
    """

    name: str
    type: str
    permission: str
    columns: tuple[Column, ...]
    apply: Apply
    key: Callable[[Line], Hashable | None]
    ignored: tuple[str, ...] = ("No", "No.", "Nomor urut", "#")
    existing: Statement | None = None
    row_of: Callable[[State], Mapping[str, Any]] = lambda state: state
    left_out: tuple[str, ...] = ()
    """Columns that the template does not offer."""
    in_order: tuple[str, tuple[str, ...]] = ("", ())
    """How the headers of columns begin that may come under any name, and the columns in their order."""
    undoable: bool = True

    @cached_property
    def known(self) -> Known:
        """Every header that this kind understands."""
        return known(self.type, self.columns, self.ignored, self.in_order)

    def column_at(self, pointer: str, present: Container[str]) -> Column | None:
        """The column that a fault at a pointer into the body of the single endpoint is about, a present one first."""
        steps = tuple(pointer.removeprefix("/").split("/"))
        return self._at(steps, present) or self._at(_ELSEWHERE.get(pointer, ()), present)

    def _at(self, steps: tuple[str, ...], present: Container[str]) -> Column | None:
        fitting = [
            one for one in self.columns if steps[: len(one.place)] == one.place and one.role != "shown"
        ]
        return max(fitting, key=lambda one: (one.name in present, len(one.place)), default=None)


_ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "/header/If-Match": ("version",),
    "/path/id": ("id",),
    "/path/code": ("village_code",),
    "/path/year": ("year",),
    "/code": ("village_code",),
}


def blame(line: Line, run: Run, faults: Sequence[Fault]) -> None:
    """Mark the cells that these faults are about; a column that is marked already is not marked again."""
    for fault in faults:
        column = run.kind.column_at(fault.pointer, run.sheet.places)
        if column is not None and column.name in line.bad:
            continue
        if column is not None:
            line.bad.add(column.name)
        mark_at(line, run, column, fault.code, fault.facts)


def mark_at(
    line: Line,
    run: Run,
    column: Column | None,
    code: str,
    facts: Mapping[str, Any],
    *,
    suggestion: str | None = None,
) -> None:
    """Mark a cell of a line; a column that the sheet lacks is marked at its header, once for all rows."""
    place = None if column is None else run.sheet.places.get(column.name)
    if column is not None and place is None and code in _OF_ABSENT:
        line.marks.append(Mark(run.sheet.header_row, None, "import.column_missing", {}, field=column.name))
        return
    told = {name: fact for name, fact in facts.items() if isinstance(fact, str | int | float | bool)}
    told |= {
        name: ", ".join(map(str, fact)) for name, fact in facts.items() if isinstance(fact, list | tuple)
    }
    line.marks.append(Mark(line.number, place, code, told, suggestion))


_OF_ABSENT = frozenset({"field.required", "field.null"})
