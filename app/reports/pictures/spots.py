"""What stands on the map: a mark a village; of very many villages those of one square of a grid become one mark."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import floor, sqrt
from typing import NamedTuple

from app.reports.pictures.marks import KELURAHAN, MARKS, UNMEASURED, drawn, look
from app.reports.pictures.paper import Paper
from app.reports.pictures.projecting import Projection
from app.reports.pictures.words import Tongue

MOST_MARKS = 1000
"""Villages that are drawn one by one: more would lie over each other."""
MOST_HINTS = 600
"""Villages that say their name where a reader points at them; with more the file would grow beyond its use."""
SQUARE = 8.0
"""The side of a square of the grid."""


class Village(NamedTuple):
    """A village and its IDM status of the year; None where none is known."""

    code: str
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    status: str | None

    @property
    def mark(self) -> str:
        """How it is drawn: a kelurahan is not measured, yet one that was a desa may have a status of then."""
        return self.status or (KELURAHAN if self.kind == "kelurahan" else UNMEASURED)

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude


class Spot(NamedTuple):
    """A mark on the sheet that stands for one village or several."""

    x: float
    y: float
    mark: str
    villages: int = 1
    hint: str = ""


Located = Sequence[tuple[Village, tuple[float, float]]]
"""Villages with where they are on the sheet."""


def spots_of(villages: Located, tongue: Tongue) -> list[Spot]:
    """The marks of the villages."""
    if len(villages) > MOST_MARKS:
        return _merged(villages)
    hinted = len(villages) <= MOST_HINTS
    return [Spot(x, y, one.mark, 1, _hint(one, tongue) if hinted else "") for one, (x, y) in villages]


def _hint(village: Village, tongue: Tongue) -> str:
    return f"{village.name} ({village.code}): {tongue.mark(village.mark)}"


def _merged(villages: Located) -> list[Spot]:
    """One spot a square, in its middle, in the form that most of its villages have; of equals the lower status."""
    squares: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for one, (x, y) in villages:
        squares[floor(x / SQUARE), floor(y / SQUARE)][one.mark] += 1
    return [
        Spot((column + 0.5) * SQUARE, (row + 0.5) * SQUARE, max(MARKS, key=held.__getitem__), held.total())
        for (column, row), held in sorted(squares.items())
    ]


def draw(paper: Paper, spots: Sequence[Spot], *, merged: bool) -> None:
    """What is not measured lies undermost, the lowest status on top: it is looked for."""
    most = max((spot.villages for spot in spots), default=1)
    for mark in reversed(tuple(MARKS)):
        paper.group(**look(mark))
        for spot in spots:
            if spot.mark != mark:
                continue
            if merged:
                _sized(paper, spot, sqrt(spot.villages / most))
            else:
                paper.path(drawn(mark, spot.x, spot.y), hint=spot.hint)
    paper.plain()


def _sized(paper: Paper, spot: Spot, size: float) -> None:
    place = f"translate({spot.x:.1f} {spot.y:.1f}) scale({0.25 + 0.6 * size:.2f})"
    paper.path(f"M0 0{MARKS[spot.mark].form}", transform=place)


def side(view: Projection, tongue: Tongue) -> str:
    """The side of a square in whole kilometres."""
    return tongue.number(max(1, round(SQUARE / view.units_a_km)))
