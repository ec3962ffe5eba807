"""The legend of the map: every village of the region is in exactly one of its lines, so they add up to all."""

from collections import Counter

from app.reports.pictures.letters import width_of
from app.reports.pictures.marks import KELURAHAN, UNMEASURED, drawn, look
from app.reports.pictures.paper import FAINT, SOFT, Paper
from app.reports.pictures.words import HIGHEST_FIRST, STATUSES, Tongue

_LEFT, _NAMES, _COUNTS, _RIGHT = 684, 703, 908, 960
_SIZE = 11.5
_TOP, _PITCH = 110, 26


def legend(paper: Paper, counts: Counter[str], *, unplaced: int, tongue: Tongue) -> None:
    """Marks, names and counts; per cent are of the villages that have a status."""
    measured = sum(counts[status] for status in STATUSES)
    paper.text(_COUNTS, _TOP, "n", size=10, anchor="end", fill=SOFT)
    paper.text(_RIGHT, _TOP, "%", size=10, anchor="end", fill=SOFT)
    y = _TOP + 4.0
    for status in HIGHEST_FIRST:
        y += _PITCH
        _line(paper, y, status, counts[status], tongue)
        paper.text(_RIGHT, y, tongue.share(counts[status], measured), size=_SIZE, anchor="end")
    y = _sum(paper, y, tongue.say("measured"), measured, tongue)
    paper.text(_RIGHT, y, tongue.share(measured, measured), size=_SIZE, anchor="end", bold=True)
    for mark in (UNMEASURED, KELURAHAN):
        y += _PITCH
        _line(paper, y, mark, counts[mark], tongue)
    y = _sum(paper, y, tongue.say("all"), counts.total(), tongue)
    paper.text(_LEFT, y + _PITCH, tongue.say("unplaced"), size=10.5, fill=SOFT)
    paper.text(
        _LEFT,
        y + _PITCH + 14,
        tongue.say("unplaced_more", count=tongue.number(unplaced)),
        size=10.5,
        fill=SOFT,
    )


def _line(paper: Paper, y: float, mark: str, count: int, tongue: Tongue) -> None:
    paper.path(drawn(mark, _LEFT + 6, y - 4), **look(mark))
    _counted(paper, y, tongue.mark(mark), tongue.number(count))


def _counted(paper: Paper, y: float, name: str, count: str, *, bold: bool = False) -> None:
    room = _COUNTS - _NAMES - 8 - width_of(count, _SIZE, bold=bold)
    paper.text(_NAMES, y, name, size=_SIZE, bold=bold, width=room)
    paper.text(_COUNTS, y, count, size=_SIZE, bold=bold, anchor="end")


def _sum(paper: Paper, y: float, name: str, count: int, tongue: Tongue) -> float:
    paper.line(_LEFT, y + 10, _RIGHT, y + 10, stroke=FAINT)
    y += _PITCH + 4
    _counted(paper, y, name, tongue.number(count), bold=True)
    return y
