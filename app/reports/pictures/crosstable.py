"""The counts behind the ribbons, readable however thin a ribbon is: rows of the first year, columns of the second."""

from collections.abc import Mapping

from app.reports.pictures.marks import drawn, look
from app.reports.pictures.paper import FAINT, INK, MARGIN, SOFT, Paper
from app.reports.pictures.words import HIGHEST_FIRST, Tongue, direction

_TOP, _PITCH = 640, 30
_ROWS, _COLUMN = 193, 79
_TINTS: Mapping[str, str] = {"better": "#dcedf9", "same": "#ececec", "worse": "#fbe6d2"}
_WITH_SUM = (*HIGHEST_FIRST, None)
"""The statuses, and the sum over them."""


def crosstable(
    paper: Paper, flows: Mapping[tuple[str, str], int], *, years: tuple[int, int], tongue: Tongue
) -> None:
    """The table with its sums, the highest status first."""
    start, end = map(str, years)
    words = tongue.say("table", start=start, end=end)
    paper.text(MARGIN, _TOP, words, size=11.5, bold=True, width=paper.width - 2 * MARGIN)
    for column, status in enumerate(_WITH_SUM):
        _head(paper, _ROWS + (column + 0.5) * _COLUMN, status, tongue)
    paper.line(MARGIN, _TOP + 58, _ROWS + len(_WITH_SUM) * _COLUMN, _TOP + 58, stroke=FAINT)
    for row, status in enumerate(_WITH_SUM):
        y = _TOP + 78 + row * _PITCH
        _row_name(paper, y, status, tongue)
        for column, other in enumerate(_WITH_SUM):
            x = _ROWS + column * _COLUMN
            if status and other:
                tint = _TINTS[direction(status, other)]
                paper.box(x + 1, y - 18, _COLUMN - 2, _PITCH - 2, fill=tint)
            count = _sum(flows, status, other)
            paper.text(
                x + _COLUMN - 24,
                y,
                tongue.number(count),
                size=11,
                bold=not (status and other),
                anchor="end",
                fill=INK if count else SOFT,
            )


def _sum(flows: Mapping[tuple[str, str], int], start: str | None, end: str | None) -> int:
    return sum(
        count for (one, other), count in flows.items() if start in (None, one) and end in (None, other)
    )


def _head(paper: Paper, x: float, status: str | None, tongue: Tongue) -> None:
    if status is None:
        paper.text(x, _TOP + 51, tongue.say("total"), size=9, bold=True, anchor="middle")
        return
    paper.path(drawn(status, x, _TOP + 23), **look(status))
    lines = tongue.status(status).split(" ", 1)
    for number, words in enumerate(reversed(lines)):
        paper.text(x, _TOP + 51 - number * 11, words, size=9, anchor="middle", width=_COLUMN - 2)


def _row_name(paper: Paper, y: float, status: str | None, tongue: Tongue) -> None:
    if status is None:
        paper.text(MARGIN + 16, y, tongue.say("total"), size=10.5, bold=True)
        return
    paper.path(drawn(status, MARGIN + 6, y - 4), **look(status))
    paper.text(MARGIN + 16, y, tongue.status(status), size=10, width=_ROWS - MARGIN - 18)
