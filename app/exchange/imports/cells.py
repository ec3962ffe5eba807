"""How the cell of a column becomes a value: what can be meant in one way only is repaired, all else is refused.

Law: a refusal says what is expected and never what was written; a suggestion is made of values of ours.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic_core import PydanticCustomError

from app.exchange.imports.table import Cell
from app.http.filters import folded
from app.http.sheets.cells import FORMULA
from app.regions.codes import village_code


@dataclass(frozen=True, slots=True)
class Told:
    """The value of a cell; `repaired` says that it was written otherwise than it is kept."""

    value: Any
    repaired: bool = False


class Wrong(Exception):
    """The cell cannot be read: a code of the catalogue, its facts, and what might be meant."""

    def __init__(self, code: str, suggestion: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.suggestion = suggestion
        self.facts: Mapping[str, object] = facts


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file writes numbers."""

    decimal_comma: bool = False


Form = Callable[[Cell, Manner], Told]

_GROUPED = {".": re.compile(r"\d{1,3}(\.\d{3})+"), ",": re.compile(r"\d{1,3}(,\d{3})+")}
_RUPIAH = re.compile(r"(?i)^(rp|idr)\.?\s*|,-$")
_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_BOTH = re.compile(r"[+-]?\d{1,3}((\.\d{3})+,\d+|(,\d{3})+\.\d+)", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(:00(\.0+)?)?Z?", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}


def written(cell: Cell) -> str:
    """The text of a cell without the blanks around it and without the mark that keeps a formula from being one."""
    if cell.kind == "error":
        raise Wrong("import.cell_error")
    told = cell.text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if cell.kind == "formula" and not told:
        raise Wrong("import.formula_empty")
    return told[1:] if told[:1] == "'" and told[1:2] in FORMULA else told


def text(cell: Cell, manner: Manner) -> Told:
    """Text as it stands; a number is its digits, a day its ISO form."""
    return Told(written(cell))


def village(cell: Cell, manner: Manner) -> Told:
    """A village code, dotted or bare; blanks and missing dots are repaired, a BPS code is refused."""
    told = written(cell)
    tight = re.sub(r"[\s\-/]", "", told).strip(".")
    code = _village(tight)
    return Told(code, code != cell.text)


def _village(told: str) -> str:
    try:
        return village_code(told)
    except PydanticCustomError as wrong:
        raise Wrong(wrong.type) from wrong


def villages(cell: Cell, manner: Manner) -> Told:
    """Village codes set apart by semicolons."""
    return Told([_village(re.sub(r"\s", "", one)) for one in _parts(written(cell))])


def whole(cell: Cell, manner: Manner) -> Told:
    """A whole number, perhaps in rupiah; thousands are set apart by points or commas only where that is certain."""
    told = written(cell)
    bare = _RUPIAH.sub("", told).strip().replace(" ", "")
    bare = re.sub(r"(?<=\d)[.,]0+$", "", bare) if not _groups(bare) else bare
    if _WHOLE.fullmatch(bare):
        return Told(int(bare), bare != told)
    separator = _groups(bare)
    if separator is None:
        raise Wrong("value.integer")
    number = int(bare.replace(separator, ""))
    if bare.count(separator) == 1 and bare == told and cell.kind == "number":
        raise Wrong("value.integer")
    if bare.count(separator) == 1 and bare == told:
        # 1.500 is 1500 to an official, and one and a half to a program.
        raise Wrong("value.integer", suggestion=str(number))
    return Told(number, repaired=True)


def _groups(bare: str) -> str | None:
    return next((sign for sign, form in _GROUPED.items() if form.fullmatch(bare)), None)


def decimal(cell: Cell, manner: Manner) -> Told:
    """A number with a point or, where it cannot be anything else, a comma."""
    told = written(cell)
    if _BOTH.fullmatch(told):
        sign = max(",", ".", key=told.rfind)
        return Told(float(told.replace("." if sign == "," else ",", "").replace(sign, ".")), repaired=True)
    if not _PLAIN.fullmatch(told):
        raise Wrong("value.number")
    return Told(float(told.replace(",", ".")), "," in told and not manner.decimal_comma)


def score(cell: Cell, manner: Manner) -> Told:
    """A score of an indicator; one that is no whole number stays for the rubric to refuse."""
    return whole(cell, manner)


def day(cell: Cell, manner: Manner) -> Told:
    """A day: a date, its ISO form, or a text in which day and month cannot be mistaken for one another."""
    told = written(cell)
    midnight = _INSTANT.fullmatch(told)
    if midnight:
        return Told(_real(midnight[1]))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", told, re.ASCII):
        return Told(_real(told))
    named = _NAMED.fullmatch(folded(told))
    if named and named[2] in _MONTHS:
        return Told(_real(f"{named[3]}-{_MONTHS[named[2]]:02}-{int(named[1]):02}"), repaired=True)
    slashed = _SLASHED.fullmatch(told)
    if not slashed:
        raise Wrong("value.date")
    first, second, year = (int(part) for part in slashed.groups())
    meant = _real(f"{year:04}-{second:02}-{first:02}") if second <= 12 else None
    if meant is None or (first <= 12 and first != second):
        # Here the day comes first; whether it does in this cell only its writer knows.
        raise Wrong("value.date", suggestion=meant)
    return Told(meant, repaired=True)


def _real(iso: str) -> str:
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as unreal:
        raise Wrong("value.date") from unreal


def digits(length: int) -> Form:
    """A number that is text: its digits count, a zero in front too; more than 15 digits as a number are lost."""

    def read(cell: Cell, manner: Manner) -> Told:
        told = written(cell)
        bare = re.sub(r"[ .\-]", "", told)
        if cell.kind == "number" and len(bare) > 15:
            raise Wrong("import.digits_lost")
        if cell.kind == "number" and bare.isdigit() and len(bare) < length:
            raise Wrong("import.digits_lost", suggestion=bare.zfill(length))
        return Told(bare, bare != told)

    return read


def phone(cell: Cell, manner: Manner) -> Told:
    """A phone number; one that was kept as a number has lost the sign or the zero it began with."""
    told = written(cell)
    lost = cell.kind == "number" and told.isdigit()
    if lost and told.startswith("62"):
        return Told(f"+{told}", repaired=True)
    return Told(f"0{told}", repaired=True) if lost and told.startswith("8") else Told(told)


@dataclass(frozen=True)
class Choice:
    """One of the words of a field, as they are or as people say them; letter case and signs do not matter."""

    words: Sequence[str]
    said: Mapping[str, str] = field(default_factory=dict)

    def one(self, told: str) -> str:
        """The word that is meant; raises `Wrong` `value.choice` with the nearest one."""
        known = {folded(word.replace("_", " ")): word for word in self.words}
        known |= {folded(other): word for other, word in self.said.items()}
        asked = folded(told.replace("_", " "))
        if asked in known:
            return known[asked]
        near = get_close_matches(asked, known, n=1, cutoff=0.7)
        raise Wrong("value.choice", known[near[0]] if near else None, expected=", ".join(self.words))

    def __call__(self, cell: Cell, manner: Manner) -> Told:
        """The form of a single choice."""
        told = written(cell)
        word = self.one(told)
        return Told(word, folded(word) != folded(told))


def choices(choice: Choice) -> Form:
    """The form of several choices set apart by semicolons or commas."""

    def read(cell: Cell, manner: Manner) -> Told:
        return Told([choice.one(one) for one in re.split(r"[;,]", written(cell)) if one.strip()])

    return read


def listed(part: Callable[[str, Sequence[str]], dict[str, Any]]) -> Form:
    """The form of a list of things set apart by semicolons: what each is called, and more of it in brackets."""

    def read(cell: Cell, manner: Manner) -> Told:
        found = []
        for one in _parts(written(cell)):
            name, _, rest = one.partition("(")
            more = [piece.strip() for piece in rest.rstrip(")").split(",")] if rest else []
            found.append(part(name.strip(), [piece for piece in more if piece]))
        return Told(found)

    return read


def _parts(told: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;\n]", told) if one.strip()]
