"""An import as its sender reads it: places as in the sheet, texts in the reader's language, nothing echoed."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.exchange.imports.keeping import Job
from app.exchange.imports.kinds import KINDS
from app.exchange.imports.lines import Mark, Repair
from app.exchange.imports.tables import COUNTS
from app.http.catalogue import TEXTS, Language
from app.http.sheets.labels import header

SHOWN = 1000


def summary(job: Job) -> dict[str, Any]:
    """An import in a list."""
    return {
        "id": job["id"],
        "kind": job["kind"],
        "mode": job["mode"],
        "partial": bool(job["partial"]),
        "status": job["status"],
        "progress": {"done": job["done"], "of": job["of_rows"]},
        "counts": {name: job[f"rows_{name}"] for name in COUNTS},
        "errors_total": job["errors_total"],
        "digest": job["digest"],
        "created_at": job["created_at"],
        "finished_at": job["finished_at"],
    }


def whole(job: Job, language: Language) -> dict[str, Any]:
    """An import with what it found."""
    report = job.report
    headers = report.get("headers", ())
    told = report.get("problem")
    return {
        **summary(job),
        "plan": job["plan"],
        "errors": [
            _fault(Mark(*mark), headers, job["kind"], language) for mark in report.get("errors", ())[:SHOWN]
        ],
        "repairs": [
            _repair(Repair(*repair), headers, language) for repair in report.get("repairs", ())[:SHOWN]
        ],
        "repairs_total": report.get("repairs_total", 0),
        "problem": None if told is None else {"code": told[0], "message": _say(told[0], told[1], language)},
        "sheet": report.get("sheet"),
    }


def _fault(mark: Mark, headers: Sequence[str], kind: str, language: Language) -> dict[str, Any]:
    return {
        "row": mark.row,
        "column": _header(headers, mark.column),
        "column_number": None if mark.column is None else mark.column + 1,
        "code": mark.code,
        "message": _say(mark.code, mark.facts, language),
        "suggestion": suggestion(mark, kind, language),
    }


def suggestion(mark: Mark, kind: str, language: Language) -> str | None:
    """What might be meant, in the reader's language where it is a header."""
    return mark.suggestion if mark.field is None else header(KINDS[kind].type, mark.field, language)


def _repair(repair: Repair, headers: Sequence[str], language: Language) -> dict[str, Any]:
    return {
        "row": repair.row,
        "column": _header(headers, repair.column),
        "code": repair.code,
        "message": _say(repair.code, {}, language),
        "to": repair.to,
    }


def _header(headers: Sequence[str], place: int | None) -> str | None:
    return (headers[place] or None) if place is not None and place < len(headers) else None


def message(mark: Mark, language: Language) -> str:
    """What a fault says."""
    return _say(mark.code, mark.facts, language)


def _say(code: str, facts: Mapping[str, object], language: Language) -> str:
    return TEXTS[code].say(language, facts)
