"""Rows are applied one by one, each a part of its own: what a bad row began is undone alone, and every fault is found.

Law: a plan is a commit that is rolled back, so what it foretells is what a commit does.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from app.database import ConstraintBroken, Transaction, Unfit
from app.exchange.imports.kind import Applied, Run, blame
from app.exchange.imports.lines import Line, Mark, Repair
from app.exchange.imports.tables import COUNTS
from app.exchange.imports.things import Refused
from app.exchange.imports.written import Written
from app.http.problems import Fault, Refusal

BREATH = 8
"""Rows after which others in this loop get their turn. The writer is held all the same: nobody writes in between."""
_SAID = {"request.precondition": "import.stale"}
"""What a row is told in other words than a request."""
_COUNTED = {"created": "create", "updated": "update", "unchanged": "unchanged"}


class Undone(Exception):
    """Rolls a plan back, and a commit with refused rows; carries what was found."""

    def __init__(self, found: "Found") -> None:
        super().__init__()
        self.found = found


@dataclass(slots=True)
class Found:
    """What became of rows."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    marks: list[Mark] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    seen: dict[int, tuple[str, int | None]] = field(default_factory=dict)

    def add(self, other: "Found") -> None:
        """Take the rows of a later batch in."""
        for name, count in other.counts.items():
            self.counts[name] += count
        self.marks += other.marks
        self.repairs += other.repairs

    @property
    def writes(self) -> int:
        """How many rows write something."""
        return self.counts["create"] + self.counts["update"]


async def apply(tx: Transaction, lines: Sequence[Line], run: Run) -> Found:
    """Apply rows in the order of the sheet; those with a fault write nothing and are counted as refused."""
    with suppress(_Bad):
        # A file without a fault, as most are when they are committed, needs no part for each of its rows.
        async with tx.part():
            return await _all(tx, lines, run)
    found = Found()
    async for line in _each(lines):
        _repeated(line, run)
        _note(found, line, await _one(tx, line, run))
    return found


class _Bad(Exception):
    """A row has a fault, so that each must be a part of its own."""


async def _all(tx: Transaction, lines: Sequence[Line], run: Run) -> Found:
    found = Found()
    async for line in _each(lines):
        _repeated(line, run)
        try:
            applied = None if line.marks else await run.kind.apply(tx, line, run)
        except (Refused, Refusal, ConstraintBroken, Unfit):
            applied = None
        if applied is None or line.marks:
            raise _Bad
        _note(found, line, applied)
    return found


async def _each(lines: Sequence[Line]) -> AsyncIterator[Line]:
    for number, line in enumerate(lines):
        if number % BREATH == 0:
            await asyncio.sleep(0)
        yield line.again()  # a unit that is outrun runs again, on what was read


def remember(lines: Sequence[Line], run: Run) -> None:
    """Know which things these rows told of, which were applied before."""
    for line in lines:
        _repeated(line.again(), run)


def _repeated(line: Line, run: Run) -> None:
    key = run.kind.key(line)
    if key is None:
        return
    first = run.rows_of.setdefault((run.kind.name, key), line.number)
    if first != line.number:
        line.marks.append(Mark(line.number, None, "import.row_repeated", {"row": first}))


async def _one(tx: Transaction, line: Line, run: Run) -> Applied | None:
    try:
        async with tx.part():
            applied = await run.kind.apply(tx, line, run)
            _clean(line)
            return applied
    except Refused:
        pass
    except Refusal as refusal:
        if not line.marks or not any(mark.code == "import.row_repeated" for mark in line.marks):
            _blame(line, run, refusal)
    except ConstraintBroken as broken:
        code, _, pointer = run.constraints.get(broken.name, "conflict.constraint").partition(" ")
        blame(line, run, [Fault(pointer, code)])
    except Unfit:
        blame(line, run, [Fault("", "value.invalid")])
    return None


def _clean(line: Line) -> None:
    if line.marks:
        raise Refused


def _blame(line: Line, run: Run, refusal: Refusal) -> None:
    known = len(line.marks)
    blame(line, run, [replace(one, code=_SAID.get(one.code, one.code)) for one in refusal.faults])
    suggestion = _suggested(refusal.members)
    if suggestion is not None:
        line.marks[known:] = [mark._replace(suggestion=suggestion) for mark in line.marks[known:]]
    if not line.marks:
        line.marks.append(Mark(line.number, None, refusal.code, {}))


def _suggested(members: dict[str, Any]) -> str | None:
    if members.get("expected_name"):
        return str(members["expected_name"])
    codes = [one["code"] for one in members.get("candidates", ()) if "code" in one]
    return " / ".join(codes) or None


def _note(found: Found, line: Line, applied: Applied | None) -> None:
    found.marks += line.marks
    found.repairs += line.repairs
    if applied is None:
        found.counts["refused"] += 1
        return
    found.counts[_COUNTED[applied.operation]] += 1
    found.seen[line.number] = (applied.id if applied.seen is not None else "", applied.seen)
    if applied.operation != "unchanged":
        found.written.append(
            Written(line.number, applied.type, applied.id, applied.operation, applied.version, applied.before)
        )
