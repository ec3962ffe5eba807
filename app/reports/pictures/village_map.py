"""The map of the villages: a mark each at its coordinates, by status; who has no coordinates is counted beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.reports.pictures.frame import framed, nothing
from app.reports.pictures.legend import legend
from app.reports.pictures.letters import fitted
from app.reports.pictures.marks import MARKS, REACH
from app.reports.pictures.paper import FAINT, INK, LANDSCAPE, MARGIN, SOFT, Paper
from app.reports.pictures.placing import Placed, Wanted, placed
from app.reports.pictures.projecting import Frame, Projection, projection, round_length
from app.reports.pictures.spots import MOST_MARKS, Located, Spot, Village, draw, side, spots_of
from app.reports.pictures.words import Tongue

MOST_NAMES = 40
_FRAME, _EDGE = Frame(MARGIN, 94, 620, 528), 16
_NAME_SIZE, _NAME_WIDTH = 10.5, 160
_SCALE_Y, _SCALE_MOST = 642, 160
_LEVELS = (8, 5, 2)
"""Lengths of the codes of districts, regencies and provinces; few villages are named one by one."""


class _Scene(NamedTuple):
    """What is inside the frame, and what a reader must know of it."""

    view: Projection
    spots: list[Spot]
    names: list[Placed]
    merged: bool
    notes: list[str]


def village_map(
    villages: Sequence[Village], *, year: int | None, region: str, names: Mapping[str, str], tongue: Tongue
) -> str:
    """The map as SVG text; `names` are those of the regions that `regions_of` gives."""
    paper = Paper("idm-status", LANDSCAPE, language=tongue.language)
    counts, whole = Counter(village.mark for village in villages), tongue.number(len(villages))
    unplaced = sum(village.place is None for village in villages)
    scene = _scene(villages, names, tongue) if unplaced < len(villages) else None
    framed(
        paper,
        title=tongue.say("map_title", year=str(year)) if year else tongue.say("map_title_no_year"),
        subtitle=tongue.say("map_subtitle", region=region, whole=whole),
        source=tongue.say("source_idm"),
        description=tongue.say(
            "map_desc", counts=_told(counts, tongue), whole=whole, unplaced=tongue.number(unplaced)
        ),
        notes=scene.notes if scene else [],
    )
    if not villages:
        nothing(paper, tongue.say("map_empty"))
        return paper.svg()
    paper.box(*_FRAME, fill="#f7f7f5", stroke=FAINT, stroke_width="0.8")
    if scene:
        _inside(paper, scene, tongue)
    else:
        middle = _FRAME.left + _FRAME.width / 2
        paper.text(middle, 350, tongue.say("map_unplaced"), size=13, anchor="middle", width=600)
    legend(paper, counts, unplaced=unplaced, tongue=tongue)
    return paper.svg()


def regions_of(villages: Sequence[Village]) -> list[str]:
    """The codes whose names a map of these villages bears: of the smallest kind of region with not too many."""
    if len(villages) <= MOST_NAMES:
        return []
    levels = ({village.code[:length] for village in villages} for length in _LEVELS)
    return sorted(next((level for level in levels if len(level) <= MOST_NAMES), ()))


def _told(counts: Counter[str], tongue: Tongue) -> str:
    return "; ".join(f"{tongue.mark(mark)}: {tongue.number(counts[mark])}" for mark in MARKS if counts[mark])


def _scene(villages: Sequence[Village], names: Mapping[str, str], tongue: Tongue) -> _Scene:
    places = [(one, one.place) for one in villages if one.place is not None]
    view = projection([place for _, place in places], _FRAME, edge=_EDGE)
    located = [(one, view.at(*place)) for one, place in places]
    spots, merged = spots_of(located, tongue), len(located) > MOST_MARKS
    wanted = _names(located, names)
    marks = [(spot.x, spot.y) for spot in spots]
    labels = placed(wanted, marks, _FRAME, size=_NAME_SIZE, reach=REACH)
    notes = [tongue.say("merged", side=side(view, tongue))] if merged else []
    if len(labels) < len(wanted):
        notes.append(tongue.say("left_out", count=tongue.number(len(wanted) - len(labels))))
    return _Scene(view, spots, labels, merged, notes)


def _names(villages: Located, names: Mapping[str, str]) -> list[Wanted]:
    """Each name at the mean of the villages of its region, large regions first; few villages by their own names."""
    if len(villages) <= MOST_NAMES:
        names = {one.code: one.name for one, _ in villages}
    inside: dict[str, list[tuple[float, float]]] = {}
    length = max(map(len, names), default=0)
    for one, place in villages:
        inside.setdefault(one.code[:length], []).append(place)
    largest_first = sorted(inside.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Wanted(
            fitted(names[code], _NAME_WIDTH, _NAME_SIZE),
            sum(x for x, _ in places) / len(places),
            sum(y for _, y in places) / len(places),
        )
        for code, places in largest_first
        if code in names
    ]


def _inside(paper: Paper, scene: _Scene, tongue: Tongue) -> None:
    draw(paper, scene.spots, merged=scene.merged)
    # A halo that lets through what lies under it: no mark is hidden by a name.
    paper.group(
        stroke="#ffffff",
        stroke_width="2.2",
        stroke_opacity="0.75",
        stroke_linejoin="round",
        paint_order="stroke",
    )
    for label in scene.names:
        paper.text(label.x, label.y, label.words, size=_NAME_SIZE)
    paper.plain()
    _scale(paper, scene.view, tongue)


def _scale(paper: Paper, view: Projection, tongue: Tongue) -> None:
    """A bar of a round number of kilometres, and where north is."""
    length = round_length(_SCALE_MOST / view.units_a_km)
    half, end = (MARGIN + length * view.units_a_km * part for part in (0.5, 1))
    paper.box(MARGIN, _SCALE_Y - 8, half - MARGIN, 4, fill=INK, stroke=INK, stroke_width="0.8")
    paper.box(half, _SCALE_Y - 8, end - half, 4, fill="#ffffff", stroke=INK, stroke_width="0.8")
    paper.text(end + 8, _SCALE_Y - 2, f"{tongue.number(length)} km", size=10.5)
    right = _FRAME.left + _FRAME.width - 8
    paper.path(f"M{right:.1f} {_SCALE_Y - 14}l4.5 14-4.5-3.5-4.5 3.5z", fill=INK)
    paper.text(right - 9, _SCALE_Y - 2, tongue.say("north"), size=10.5, anchor="end", fill=SOFT)
