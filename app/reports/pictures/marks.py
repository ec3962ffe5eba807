"""How a status looks: a form of its own besides a colour, and colours that also print as greys in their order.

The colours are those of viridis, which every common kind of colour blindness still tells apart; dark is low, light
is high.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.reports.pictures.paper import INK, SOFT, figure


class Mark(NamedTuple):
    """A form as a path from its middle, within about five units, with its fill and stroke."""

    form: str
    fill: str
    stroke: str = INK
    thickness: str = "0.8"


KELURAHAN, UNMEASURED = "kelurahan", "unmeasured"

MARKS: Mapping[str, Mark] = {
    "sangat_tertinggal": Mark("m-4.3-3h8.6l-4.3 7.4z", "#440154"),
    "tertinggal": Mark("m0-4.4l4.3 7.4h-8.6z", "#3b528b"),
    "berkembang": Mark("m-3.3-3.3h6.6v6.6h-6.6z", "#21918c"),
    "maju": Mark("m-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z", "#5ec962"),
    "mandiri": Mark("m0-4.7l4.7 4.7-4.7 4.7-4.7-4.7z", "#fde725"),
    UNMEASURED: Mark("m-3.6 0h7.2m-3.6-3.6v7.2", "none", INK, "1.4"),
    KELURAHAN: Mark("m-2.6-2.6l5.2 5.2m0-5.2l-5.2 5.2", "none", SOFT, "1"),
}
REACH = 4.7
"""No mark reaches farther from its middle."""


def look(kind: str) -> dict[str, str]:
    """Fill and stroke of a kind of mark."""
    mark = MARKS[kind]
    return {
        "fill": mark.fill,
        "stroke": mark.stroke,
        "stroke_width": mark.thickness,
        "stroke_linejoin": "round",
    }


def drawn(kind: str, x: float, y: float) -> str:
    """The path of a mark at a place."""
    return f"M{figure(x)} {figure(y)}{MARKS[kind].form}"
