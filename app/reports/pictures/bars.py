"""A table with a drawn column: name, bar of the share, count with what it is of, per cent, and a count beside."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.pictures.paper import FAINT, MARGIN, SOFT, Paper
from app.reports.pictures.words import Tongue

_BARS, _LENGTH = 278.0, 350.0
_COUNTED, _PERCENT, _BESIDE = 768, 836, 960
PITCH = 29


class Bar(NamedTuple):
    """One line of the table; `beside` is a second count, None where the line has none."""

    name: str
    cooperatives: int
    beside: int | None = None


def heading(paper: Paper, y: float, words: str, columns: Sequence[str]) -> None:
    """The head of a part of the table: what its bars mean, and over the numbers what they are."""
    paper.text(MARGIN, y, words, size=12.5, bold=True, width=_COUNTED - MARGIN - 130)
    for x, column in zip((_COUNTED, _PERCENT, _BESIDE), columns, strict=False):
        paper.text(x, y, column, size=10, anchor="end", fill=SOFT)
    paper.line(MARGIN, y + 6, _BESIDE, y + 6, stroke=FAINT)


def bars(paper: Paper, y: float, lines: Sequence[Bar], *, whole: int, fill: str, tongue: Tongue) -> float:
    """The lines below a heading at `y`; gives where the next heading stands."""
    for number, bar in enumerate(lines):
        base = y + 25 + number * PITCH
        paper.text(MARGIN, base, bar.name, width=_BARS - MARGIN - 10)
        paper.box(_BARS, base - 12.5, _LENGTH, 17, fill="#f2f2f0")
        if bar.cooperatives:
            length = _LENGTH * bar.cooperatives / whole
            paper.box(_BARS, base - 12.5, length, 17, fill=fill, stroke=SOFT, stroke_width="0.6")
        of = tongue.say("of", part=tongue.number(bar.cooperatives), whole=tongue.number(whole))
        paper.text(_COUNTED, base, of, anchor="end")
        paper.text(_PERCENT, base, tongue.share(bar.cooperatives, whole), anchor="end")
        if bar.beside is not None:
            paper.text(_BESIDE, base, tongue.number(bar.beside), anchor="end")
    return y + 25 + len(lines) * PITCH + 12
