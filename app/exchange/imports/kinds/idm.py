"""Years of the IDM by village: as exported, in the ministry's yearly layouts, or with its fifty scores in columns.

Law: a year that is known already keeps what the row does not speak of; nothing is cleared by an empty cell.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.database import Transaction
from app.database.register import State
from app.exchange.imports.cells import Choice, Manner, Told, Wrong, day, decimal, whole, written
from app.exchange.imports.column import Column, shown, told
from app.exchange.imports.kind import Applied, Kind, Run
from app.exchange.imports.kinds.located import PLACE, TIMES, VERSION, existing
from app.exchange.imports.lines import Line
from app.exchange.imports.rumusan import SHEET
from app.exchange.imports.table import Cell
from app.exchange.imports.things import Refused, changed, checked, expectation, once, village_of
from app.exchange.operations.kinds import KINDS as VERBS
from app.http.fields import faults_of
from app.http.problems import NotFound, invalid
from app.index import tables
from app.index.schemas import IDM as EDITION
from app.index.schemas import ROWS, IdmRecord, IdmYear
from app.villages import service as villages

_verbs = VERBS["idm_record"]
_year: TypeAdapter[int] = TypeAdapter(IdmYear)
_STATUS = Choice(tables.STATUSES)
_YEARLY = {
    "iks": ("iks",),
    "ike": ("ike",),
    "ikl": ("ikl",),
    "idm": ("nilai idm", "idm"),
    "status": ("status idm", "status"),
}
_PLAIN = {"idm": ("Nilai IDM",), "status": ("Status IDM",)}
"""What the ministry's headers are called without a year behind them."""
MINISTRY = "Kemendesa PDTT, IDM {year}"
"""The source of what comes in a layout of the ministry, which names none."""


def _scores(cell: Cell, manner: Manner) -> Told:
    digits = [one.strip() for one in written(cell).split(";") if one.strip()]
    if not all(one.isdigit() for one in digits):
        raise Wrong("value.integer")
    return Told([int(one) for one in digits])


def _figures() -> tuple[Column, ...]:
    forms = {"status": _STATUS}
    published = [
        told(
            f"published_{name}",
            forms.get(name, decimal),
            path=("published", name),
            yearly=heads,
            aliases=_PLAIN.get(name, ()),
            shape="choice" if name in forms else "decimal",
            choices=_STATUS.words if name in forms else (),
        )
        for name, heads in _YEARLY.items()
    ]
    # Where a sheet has no published figure, what it calls the index is one.
    calculated = [told(name, forms.get(name, decimal), path=("published", name)) for name in _YEARLY]
    return (*published, *calculated)


def _indicators() -> tuple[Column, ...]:
    columns = []
    for dimension in EDITION.dimensions:
        for place, indicator in enumerate(EDITION.indicators[dimension.rows]):
            columns.append(
                told(
                    f"{dimension.id}_{place + 1:02}",
                    whole,
                    path=(dimension.id, str(place)),
                    aliases=(f"{dimension.id} {place + 1}", indicator.name.en, indicator.name.id),
                    shape="integer",
                )
            )
    return tuple(columns)


_INDICATORS = _indicators()


async def _apply(tx: Transaction, line: Line, run: Run) -> Applied:
    code = line.value("village_code")
    if code is None:
        # A name that is spelt otherwise in the ministry's file says nothing against the code.
        code = (await village_of(tx, line, run))["code"]
    elif not tx.act.reaches((await villages.within_reach(tx, code))["code"]):
        raise NotFound("village.not_found", pointer="/village_code")
    year = _year_of(line)
    record = await _verbs.find(tx, (code, year))
    told_of = checked(IdmRecord, _body(line, run, record, year), line, run)
    if told_of is None:
        raise Refused
    if record is None:
        new = await _verbs.create(tx, (code, year), told_of)
        return Applied("created", "idm_record", new["id"], None, new["version"])
    once(run, line, record["id"])
    expected = expectation(line, run, record["id"])
    return await changed(
        tx, record, tables.IDM_RECORDS, expected, lambda e: _verbs.amend(tx, (code, year), told_of, e, None)
    )


def _year_of(line: Line) -> int:
    if line.value("year") is None:
        if "year" in line.bad:
            raise Refused
        raise invalid("/year", "field.required")
    try:
        return _year.validate_python(str(line.value("year")))
    except ValidationError as wrong:
        raise invalid("/year", faults_of(wrong)[0].code, **faults_of(wrong)[0].facts) from wrong


def _body(line: Line, run: Run, record: State | None, year: int) -> dict[str, Any]:
    before = _said(record)
    body = {**before, **_rows(line), **_told(line, "as_of")}
    figures = {**(before.get("published") or {}), **_published(line, run)}
    if figures:
        body["published"] = figures
    if line.bad and not figures and not any(body.get(name) for name in ROWS):
        body["published"] = {"idm": 0.5}  # a stand-in: the row is refused for its bad cells
    same = record is not None and body == {**before, "source": body.get("source")}
    source = line.value("source") or (
        before.get("source") if same or not _of_the_ministry(run) else MINISTRY.format(year=year)
    )
    return {**body, "source": source} if source else {name: v for name, v in body.items() if name != "source"}


def _of_the_ministry(run: Run) -> bool:
    return bool(run.sheet.years) or run.sheet.name == SHEET


def _said(record: State | None) -> dict[str, Any]:
    if record is None:
        return {}
    rows = record["scores"] or {}
    told_of = {"published": record["published"], "source": record["source"], "as_of": record["as_of"], **rows}
    return {name: value for name, value in told_of.items() if value is not None}


def _told(line: Line, *names: str) -> dict[str, Any]:
    return {name: line.values[name] for name in names if line.value(name) is not None}


def _published(line: Line, run: Run) -> dict[str, Any]:
    own = any(f"published_{name}" in run.sheet.places for name in _YEARLY)
    names = {name: f"published_{name}" if own else name for name in _YEARLY}
    return {name: line.values[column] for name, column in names.items() if line.value(column) is not None}


def _rows(line: Line) -> Mapping[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    if any(column.name in line.bad for column in _INDICATORS):
        return rows
    for dimension in EDITION.dimensions:
        whole_row = line.value(f"scores_{dimension.id}")
        names = [one.name for one in _INDICATORS if one.place[0] == dimension.id]
        if whole_row is not None:
            rows[dimension.id] = whole_row
        elif any(line.value(name) is not None for name in names):
            rows[dimension.id] = [line.value(name) for name in names]
    return rows


IDM = Kind(
    name="idm",
    type="idm_record",
    permission="idm:write",
    columns=(
        told("village_code", PLACE[0].form, needed=True, shape="code").also(
            "KODE_DESA_DAGRI", "KODE_DESA", "Kode desa", "Kode wilayah", "Kode", "code"
        ),
        told("village_name").also("DESA", "NAMA_DESA", "Nama desa", "Nama desa/kelurahan"),
        *shown("district_code", "district_name", "edition"),
        told("year", whole, needed=True, shape="integer").also("Tahun", "TAHUN"),
        *_figures(),
        *(told(f"scores_{name}", _scores, path=(name,)) for name in ROWS),
        *_INDICATORS,
        told("source"),
        told("as_of", day, shape="day"),
        *shown("target_status", "target_score", "increase_needed", "audit_consistent"),
        VERSION,
        *TIMES,
    ),
    ignored=(
        *("No", "No.", "Nomor urut", "#", "UPDATE", "Keterangan", "KODE_PROV", "PROVINSI", "NAMA_PROVINSI"),
        *("KODE_KAB_KOT", "KODE_KAB", "KABUPATEN_KOTA", "NAMA_KABUPATEN", "KODE_KEC", "KECAMATAN"),
        *("NAMA_KECAMATAN", "warnings"),
    ),
    in_order=("skor ", tuple(column.name for column in _INDICATORS)),
    apply=_apply,
    key=lambda line: (line.value("village_code"), line.value("year")) if line.value("village_code") else None,
    existing=existing(tables.IDM_RECORDS),
    left_out=("village_name", *_YEARLY, *(f"scores_{name}" for name in ROWS)),
)
