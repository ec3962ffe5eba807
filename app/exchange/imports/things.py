"""A row creates or changes a thing by the verbs of the single endpoints, so there is one way to write it.

Law: what the row says is checked whole. A bad cell is left out, or stood in for, while the others are judged; a row
with any fault writes nothing.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from app.database import Transaction
from app.database.register import Register, State
from app.database.words import new_id
from app.exchange.imports.kind import Applied, Apply, Run, blame, mark_at
from app.exchange.imports.lines import Line, Repair
from app.exchange.operations.kinds import KINDS as VERBS
from app.http.conditional import Expectation
from app.http.fields import faults_of
from app.http.filters import folded
from app.http.problems import Fault, Forbidden, PreconditionFailed, Refusal, invalid
from app.http.sheets.cells import plain
from app.villages import service as villages

Find = Callable[[Transaction, Line, Run], Awaitable[State | None]]


class Refused(Exception):
    """The row writes nothing; its marks say why."""


def applying(type: str, find: Find) -> Apply:
    """How a row of a type is applied whose thing is found so."""
    verbs = VERBS[type]

    async def apply(tx: Transaction, line: Line, run: Run) -> Applied:
        try:
            now = await find(tx, line, run)
        except Refusal:
            if line.value("id") is None:
                checked(verbs.new, body_of(line, run), line, run)  # marks what else is wrong in the row
            raise
        if now is None:
            _as_planned(line, run)
            _permit(run, verbs.permissions["create"])
            told = checked(verbs.new, body_of(line, run), line, run)
            if told is None:
                raise Refused
            address = (line.value(verbs.named[0]),) if verbs.named else (new_id(),)
            state = await verbs.create(tx, address, told)
            run.rows_of[state[verbs.register.identity]] = line.number
            return Applied("created", type, state[verbs.register.identity], None, state["version"])
        once(run, line, now[verbs.register.identity])
        told = checked(verbs.change, changes_of(line, run, now, verbs.register), line, run)
        compare_shown(line, run, now)
        if told is None:
            raise Refused
        address = (now[verbs.register.key],)
        expected = expectation(line, run, now[verbs.register.identity])
        return await changed(
            tx, now, verbs.register, expected, lambda e: verbs.amend(tx, address, told, e, run.personal_reach)
        )

    return apply


async def changed(
    tx: Transaction,
    now: State,
    register: Register,
    expected: Expectation | None,
    amend: Callable[[Expectation | None], Awaitable[State]],
) -> Applied:
    """What a change comes to; a stale row that says nothing new is unchanged, not refused."""
    try:
        state = await amend(expected)
    except PreconditionFailed:
        async with tx.part():
            state = await amend(None)
            if state["version"] != now["version"]:
                raise
    operation = "unchanged" if state["version"] == now["version"] else "updated"
    return Applied(operation, register.type, now[register.identity], now["version"], state["version"], now)


def _as_planned(line: Line, run: Run) -> None:
    _, version = run.planned.get(line.number, ("", None))
    if version is not None:
        raise PreconditionFailed("import.stale", pointer="/header/If-Match")


def _permit(run: Run, permission: str) -> None:
    if permission not in run.permissions:
        raise Forbidden("access.forbidden", permission=permission)


def once(run: Run, line: Line, identity: str) -> None:
    """Mark a row that tells of a thing which an earlier row told of."""
    first = run.rows_of.setdefault(identity, line.number)
    if first != line.number:
        mark_at(line, run, None, "import.row_repeated", {"row": first})
        raise Refused


def expectation(line: Line, run: Run, identity: str) -> Expectation | None:
    """The version that a row or its plan was made of; one is needed where the installation demands If-Match."""
    versions = {line.value("version")} - {None}
    seen = run.planned.get(line.number)
    if seen is not None:
        versions = versions or {seen[1]}
        if seen[1] is None or seen[0] != identity:
            return Expectation(any=False, versions=frozenset())  # the plan saw another thing, or none
        versions &= {seen[1]}
    elif not versions and run.demands_version:
        raise _versionless()
    return Expectation(any=False, versions=frozenset(versions)) if versions or seen else None


def _versionless() -> PreconditionFailed:
    return PreconditionFailed("import.version_required", pointer="/header/If-Match")


def body_of(line: Line, run: Run) -> dict[str, Any]:
    """What a row tells, as the body of the single endpoint; a bad cell has its stand-in or is left out."""
    body: dict[str, Any] = {}
    for column in run.kind.columns:
        if column.role != "told":
            continue
        value = line.values.get(column.name)
        if column.name in line.bad:
            value = column.stand_in
        if value is not None:
            _put(body, column.place, value)
    return body


def _put(body: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        body = body.setdefault(step, {})
    body[path[-1]] = value


def changes_of(line: Line, run: Run, now: State, register: Register) -> dict[str, Any]:
    """What a row changes: its filled cells, and the empty ones too where it says which version it is made of.

    A list that reads as the register shows it is that list, with all that a cell does not show.
    """
    whole = line.value("version") is not None
    changes: dict[str, Any] = {}
    for column in run.kind.columns:
        name = column.name
        if column.role != "told" or name in line.bad or name not in line.values or name == "village_name":
            continue
        value = line.values[name]
        if value is None and not whole:
            continue
        if isinstance(now.get(name), list) and line.written.get(name) == plain(now[name]):
            continue
        changes[name] = value
    _name_of_village(line, run, now)
    return changes


def _name_of_village(line: Line, run: Run, now: State) -> None:
    name, code = line.value("village_name"), line.value("village_code")
    if name is None or "village_name" not in now or (code is not None and code != now["village_code"]):
        return
    if folded(name) != folded(now["village_name"]):
        blame(line, run, [Fault("/village_name", "village.name_differs")])


def compare_shown(line: Line, run: Run, now: State) -> None:
    """Mark what the register says of a thing and somebody has changed in the sheet, where both can be compared."""
    for name, column in run.sheet.columns.items():
        if column.role != "shown" or name.endswith(("_at", "_on")) or name == "masked":
            continue
        written, value = line.written.get(name, ""), now.get(name)
        if name not in now or not written or isinstance(value, float | bool):
            continue
        if folded(written) != folded(str(plain(value))):
            line.bad.add(name)
            meant = None if value is None else str(plain(value))
            mark_at(line, run, column, "read_only", {}, suggestion=meant)


def checked(model: type[BaseModel], body: dict[str, Any], line: Line, run: Run) -> BaseModel | None:
    """The body as a model, without what is at fault in it, which is marked; None when nothing is left to judge."""
    stand_ins = {
        column.place[0]: column.stand_in for column in run.kind.columns if column.stand_in is not None
    }
    gone: set[str] = set()
    for _ in range(3):
        try:
            return model.model_validate(body)
        except ValidationError as wrong:
            faults = faults_of(wrong)
        tops = [fault.pointer.removeprefix("/").partition("/")[0] for fault in faults]
        blame(line, run, [fault for fault, top in zip(faults, tops, strict=True) if top not in gone])
        gone |= set(tops)
        for top in tops:
            body.pop(top, None)
            if top in stand_ins:
                body[top] = stand_ins[top]
    return None


async def village_of(tx: Transaction, line: Line, run: Run) -> State:
    """The village a row names by code or by a name that is its own; a name alone is told as a repair."""
    code, name = line.value("village_code"), line.value("village_name")
    if code is None and name is None:
        if {"village_code", "village_name"} & line.bad:
            raise Refused
        raise invalid("/village_code", "field.required")
    try:
        village = await villages.meant(tx, code=code, name=name)
    except Refusal:
        if "village_code" in line.bad:
            raise Refused from None  # its code is marked already
        raise
    if code is None and "village_code" not in line.bad:
        line.repairs.append(
            Repair(line.number, run.sheet.places["village_name"], "import.village_by_name", village["code"])
        )
    return village
