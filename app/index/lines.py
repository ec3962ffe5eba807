"""A CSV table of village-years becomes records line by line; one that does not fit comes back with all its faults.

The columns are those of `seed/kukar/idm_2024.csv`: `code,iks,ike,ikl,idm,status,scores`, with a `year` if one
table tells of several. Figures are plain decimals, `scores` the fifty digits in official order; either may be empty.
"""

import csv
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pydantic import TypeAdapter, ValidationError

import app.index.texts  # its codes enter the catalogue
import app.villages.texts  # noqa: F401  # and so do these
from app.http.catalogue import TEXTS
from app.http.fields import faults_of
from app.http.problems import Fault
from app.index.bulk import Refused, VillageYear
from app.index.formula import unpack
from app.index.schemas import IDM, ROWS, IdmRecord, IdmYear
from app.regions.codes import VillageCode

FIGURES = ("iks", "ike", "ikl", "idm")
COLUMNS = ("code", "year", *FIGURES, "status", "scores")
TOLD = ("line", "problem", "explanation")
"""What a table of refused lines has besides: it can be put right and loaded as it is."""

_DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)
_DIGITS = re.compile(rf"\d{{{len(IDM.indicators)}}}", re.ASCII)
_code: TypeAdapter[str] = TypeAdapter(VillageCode)
_year: TypeAdapter[int] = TypeAdapter(IdmYear)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as it came: its number in the file, its cells by column, and whether each column has one."""

    number: int
    cells: Mapping[str, str]
    whole: bool = True


def read(path: Path, *, year: int | None, source: str) -> Iterator[VillageYear | Refused]:
    """The lines of a CSV file, plain or gzipped; the `origin` of each is its `Line`.

    `year` is meant where a line names none. Raises `ValueError` for a table that cannot be read: other columns,
    another encoding, a broken end.
    """
    try:
        with _opened(path) as file:
            for line in _lines(file):
                yield _told(line, year=year, source=source)
    except (csv.Error, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as broken:
        raise ValueError(f"{path.name} is no table in UTF-8 that can be read: {broken}") from broken


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def write_refused(file: TextIO, refused: Sequence[Refused]) -> None:
    """The refused lines as a table: the cells as they came, the line's number, and what is wrong with it."""
    table = csv.DictWriter(file, (*COLUMNS, *TOLD), lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    for one in sorted(refused, key=lambda one: one.origin.number):
        problems = [f"{_place(fault.pointer)}: {fault.code}" for fault in one.faults]
        sentences = [TEXTS[fault.code].say("en", fault.facts) for fault in one.faults]
        told = (one.origin.number, "; ".join(problems), " ".join(dict.fromkeys(sentences)))
        table.writerow({**one.origin.cells, **dict(zip(TOLD, told, strict=True))})


def _lines(file: Iterable[str]) -> Iterator[Line]:
    table = csv.reader(file, strict=True)
    header = [name.strip() for name in next(table, [])]
    if "code" not in header or set(header) - {*COLUMNS, *TOLD} or len(set(header)) < len(header):
        raise ValueError(f"the columns are {', '.join(COLUMNS)}, each once; code is needed")
    for cells in table:
        if cells:
            named = dict(zip(header, map(str.strip, cells), strict=False))
            yield Line(table.line_num, named, whole=len(cells) == len(header))


def _told(line: Line, *, year: int | None, source: str) -> VillageYear | Refused:
    if not line.whole:
        return Refused(line, (Fault("", "idm.line_cells"),))
    faults: list[Fault] = []
    code = _checked(_code, line.cells["code"], "/code", faults)
    of = _checked(_year, line.cells.get("year") or ("" if year is None else str(year)), "/year", faults)
    given, more = _given(line.cells, source)
    try:
        told = IdmRecord.model_validate(given)
    except ValidationError as wrong:
        faults += [one for one in faults_of(wrong) if not (more and one.code == "idm.nothing_known")]
        return Refused(line, (*faults, *more))
    if faults or more:
        return Refused(line, (*faults, *more))
    return VillageYear(code, of, told, line)


def _checked(word: TypeAdapter[Any], text: str, pointer: str, faults: list[Fault]) -> Any:
    try:
        return word.validate_python(text)
    except ValidationError as wrong:
        faults += faults_of(wrong, pointer)
    return None


def _given(cells: Mapping[str, str], source: str) -> tuple[dict[str, Any], list[Fault]]:
    """The record as a client would send it; what is wrong with the digits as a whole is told beside it."""
    published: dict[str, Any] = {name: _number(cells[name]) for name in FIGURES if cells.get(name)}
    if cells.get("status"):
        published["status"] = cells["status"]
    given = {"source": source, **({"published": published} if published else {})}
    digits = cells.get("scores")
    if not digits:
        return given, []
    if not _DIGITS.fullmatch(digits):
        return given, [Fault("/scores", "idm.rows", {"expected": len(IDM.indicators)})]
    return {**given, **unpack(IDM, bytes(map(int, digits)))}, []


def _number(text: str) -> float | str:
    # Text that is no plain decimal stays text, and is then refused as what is no number.
    return float(text) if _DECIMAL.fullmatch(text) else text


def _place(pointer: str) -> str:
    """The column a fault stands in, or the indicator among the scores; `line` for the whole."""
    first, *rest = pointer.removeprefix("/published").removeprefix("/").split("/")
    if rest and first in ROWS:
        return f"{first}_{int(rest[0]) + 1:02}"
    return first or "line"
