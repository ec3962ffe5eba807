"""Two columns of stacked bars and the ribbons between them, all at one scale, the highest status on top."""

from collections.abc import Mapping
from typing import NamedTuple

from app.reports.pictures.marks import MARKS
from app.reports.pictures.paper import INK, MARGIN, SOFT, Paper, figure
from app.reports.pictures.words import HIGHEST_FIRST, Tongue, direction

Flows = Mapping[tuple[str, str], int]
"""Villages by their status in the first and in the second year, none with a count of nothing."""

_TOP, _HEIGHT, _GAP, _THICK = 148.0, 436.0, 9.0, 16.0
_LEFT, _RIGHT = 190.0, 501.0
_LABEL_GAP = 27.0
_LABELLED_FROM, _EDGED_FROM = 11.0, 2.0


class Column(NamedTuple):
    """The bars of one year: by status how many villages, how high, and where each begins."""

    sums: dict[str, int]
    scale: float
    right: bool

    @property
    def tops(self) -> dict[str, float]:
        """The upper edge of each bar."""
        tops, y = {}, _TOP
        for status, count in self.sums.items():
            tops[status] = y
            y += count * self.scale + _GAP
        return tops


class Ribbon(NamedTuple):
    """The villages that went from one status to another: its upper edge on the left and right, and how thick it is."""

    start: str
    end: str
    villages: int
    left: float
    right: float
    thick: float

    @property
    def outline(self) -> str:
        """The path around it."""
        start, end = figure(_LEFT + _THICK), figure(_RIGHT)
        middle = figure((_LEFT + _THICK + _RIGHT) / 2)
        left, right = self.left + self.thick, self.right + self.thick
        return (
            f"M{start} {self.left:.2f}C{middle} {self.left:.2f} {middle} {self.right:.2f} {end} {self.right:.2f}"
            f"V{right:.2f}C{middle} {right:.2f} {middle} {left:.2f} {start} {left:.2f}z"
        )


def columns(
    paper: Paper, flows: Flows, *, years: tuple[int, int], fills: Mapping[str, str], tongue: Tongue
) -> None:
    """Draw bars, ribbons and their counts."""
    sums = [_sums(flows, right=right) for right in (False, True)]
    gaps = _GAP * (max(map(len, sums)) - 1)
    scale = (_HEIGHT - gaps) / sum(flows.values())
    before, after = (Column(one, scale, right) for one, right in zip(sums, (False, True), strict=True))
    ribbons = _ribbons(flows, before, after)
    for one in ribbons:
        fill = fills[direction(one.start, one.end)]
        # A thin ribbon keeps all its colour: with a white edge of a few villages nothing would be left.
        edge = "#ffffff" if one.thick > _EDGED_FROM else fill
        paper.path(one.outline, hint=tongue.flow(*one[:3]), fill=fill, stroke=edge, stroke_width="0.5")
    _counts(paper, ribbons, tongue)
    for column, year in zip((before, after), years, strict=True):
        _bars(paper, column, str(year))
        _labels(paper, column, tongue)


def _sums(flows: Flows, *, right: bool) -> dict[str, int]:
    """Villages by their status of one of the years, from the highest down, without those that nobody has."""
    sums = dict.fromkeys(HIGHEST_FIRST, 0)
    for pair, count in flows.items():
        sums[pair[right]] += count
    return {status: count for status, count in sums.items() if count}


def _ribbons(flows: Flows, before: Column, after: Column) -> list[Ribbon]:
    """The ribbons in the order of their ends, so that none crosses another at its own bar."""
    lefts, rights, ribbons = before.tops, after.tops, []
    for start in lefts:
        for end in rights:
            count = flows.get((start, end), 0)
            thick = count * before.scale
            if count:
                ribbons.append(Ribbon(start, end, count, lefts[start], rights[end], thick))
            lefts[start] += thick
            rights[end] += thick
    return ribbons


def _counts(paper: Paper, ribbons: list[Ribbon], tongue: Tongue) -> None:
    """The count at both ends of each ribbon that is as thick as a line of text."""
    paper.group(stroke="#ffffff", stroke_width="2.4", paint_order="stroke", stroke_linejoin="round")
    for one in ribbons:
        if one.thick >= _LABELLED_FROM:
            base, number = one.thick / 2 + 3.8, tongue.number(one.villages)
            paper.text(_LEFT + _THICK + 6, one.left + base, number, size=10.5)
            paper.text(_RIGHT - 6, one.right + base, number, size=10.5, anchor="end")
    paper.plain()


def _bars(paper: Paper, column: Column, year: str) -> None:
    x = _RIGHT if column.right else _LEFT
    paper.text(x + _THICK / 2, _TOP - 10, year, size=13, bold=True, anchor="middle")
    for status, top in column.tops.items():
        height = column.sums[status] * column.scale
        paper.box(x, top, _THICK, height, fill=MARKS[status].fill, stroke=INK, stroke_width="0.6")


def _labels(paper: Paper, column: Column, tongue: Tongue) -> None:
    whole = sum(column.sums.values())
    middles = [top + column.sums[status] * column.scale / 2 for status, top in column.tops.items()]
    x, anchor = (_RIGHT + _THICK + 8, "start") if column.right else (_LEFT - 8, "end")
    room = paper.width - MARGIN - x if column.right else x - MARGIN
    for (status, count), y in zip(column.sums.items(), _spread(middles), strict=True):
        told = f"{tongue.number(count)} ({tongue.share(count, whole)})"
        paper.text(x, y - 2, tongue.status(status), size=10.5, anchor=anchor, width=room)
        paper.text(x, y + 10.5, told, size=10.5, anchor=anchor, fill=SOFT, width=room)


def _spread(middles: list[float]) -> list[float]:
    """The heights moved apart downwards as little as it takes, then back up where they run out of the picture."""
    spread: list[float] = []
    for y in middles:
        spread.append(max(y, spread[-1] + _LABEL_GAP if spread else _TOP + 6))
    limit = _TOP + _HEIGHT - 8
    for place in reversed(range(len(spread))):
        spread[place] = min(spread[place], limit)
        limit = spread[place] - _LABEL_GAP
    return spread
