"""What an import found, as the job keeps it: codes and places without a language, and read in the reader's own."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from app.exchange.imports.lines import Mark, Repair, Sheet
from app.exchange.imports.running import Found
from app.exchange.imports.tables import COUNTS

KEPT = 20_000
"""Faults and repairs that are kept; all are counted."""


def report_of(sheet: Sheet, found: Found) -> dict[str, Any]:
    """The columns of a job's row that tell what was found, the faults in the order of the sheet."""
    marks, repairs = ordered([*sheet.marks, *found.marks]), ordered([*sheet.repairs, *found.repairs])
    report = {
        "sheet": sheet.name,
        "headers": sheet.headers,
        "errors": [tuple(mark) for mark in marks[:KEPT]],
        "repairs": [tuple(repair) for repair in repairs[:KEPT]],
        "repairs_total": len(repairs),
        "seen": {str(row): seen for row, seen in found.seen.items()},
    }
    return {
        **{f"rows_{name}": found.counts[name] for name in COUNTS},
        "errors_total": len(marks),
        "report": orjson.dumps(report).decode(),
    }


def ordered(marks: Sequence[Any]) -> list[Any]:
    """Marks or repairs by row and column, each once."""
    once: dict[bytes, Any] = {orjson.dumps(tuple(mark)): mark for mark in marks}
    return sorted(once.values(), key=lambda mark: (mark[0], -1 if mark[1] is None else mark[1], mark[2]))


def found_before(job: Mapping[str, Any], report: Mapping[str, Any]) -> Found:
    """What an import that goes on had found."""
    found = Found(counts={name: job[f"rows_{name}"] for name in COUNTS})
    found.marks = [Mark(*mark) for mark in report.get("errors", ())]
    found.repairs = [Repair(*repair) for repair in report.get("repairs", ())]
    return found


def seen_by(report: Mapping[str, Any]) -> dict[int, tuple[str, int | None]]:
    """By row, the thing that a plan saw and its version."""
    return {int(row): (seen[0], seen[1]) for row, seen in report.get("seen", {}).items()}


def problem(code: str, facts: Mapping[str, object]) -> dict[str, Any]:
    """What ends an import before any row was read."""
    told = {name: fact for name, fact in facts.items() if isinstance(fact, str | int | float)}
    return {"report": orjson.dumps({"problem": [code, told]}).decode()}
