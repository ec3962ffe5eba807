"""A sheet of paper to draw on, which then is SVG text: the same strokes in the same order give the same bytes.

Only presentation attributes: no script, no style sheet, nothing fetched from elsewhere. The XML library escapes every
text; what XML cannot hold at all is left out.
"""

import re
from typing import Final
from xml.etree import ElementTree as ET

from app.reports.pictures.letters import fitted

LANDSCAPE: Final = (1000, 707)
PORTRAIT: Final = (707, 1000)
"""A4 either way; at 297 mm a thousand units, a type size of 12 prints as 10 points."""
MARGIN = 40
INK, SOFT, FAINT = "#1a1a1a", "#555555", "#bdbdbd"

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def figure(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


class Paper:
    """One sheet; `name` begins the ids in it, so that several pictures may stand in one page."""

    def __init__(self, name: str, size: tuple[int, int], *, language: str) -> None:
        self.width, self.height = size
        self._name = name
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {self.width} {self.height}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-desc",
                "xml:lang": language,
                "font-family": "sans-serif",
                "font-size": "12",
                "fill": INK,
            },
        )
        self._here = self._root

    def tell(self, title: str, description: str) -> None:
        """What the picture is, for whoever cannot see it; first of all that is on the sheet."""
        for tag, words in (("title", title), ("desc", description)):
            self._put(tag, {"id": f"{self._name}-{tag}"}, words)
        self.box(0, 0, self.width, self.height, fill="#ffffff")

    def group(self, **look: str) -> None:
        """What is drawn from here on looks like this, until the next group."""
        self._here = ET.SubElement(self._root, "g", _named(look))

    def plain(self) -> None:
        """What is drawn from here on belongs to no group."""
        self._here = self._root

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12,
        bold: bool = False,
        anchor: str = "start",
        width: float | None = None,
        **look: str,
    ) -> None:
        """A line of text on the baseline `y`; longer than `width` it is cut."""
        shown = words if width is None else fitted(words, width, size, bold=bold)
        given = {"x": figure(x), "y": figure(y), "font-size": figure(size)}
        if bold:
            given["font-weight"] = "bold"
        if anchor != "start":
            given["text-anchor"] = anchor
        self._put("text", given | _named(look), shown)

    def box(self, x: float, y: float, width: float, height: float, **look: str) -> None:
        """A rectangle."""
        given = {"x": figure(x), "y": figure(y), "width": figure(width), "height": figure(height)}
        self._put("rect", given | _named(look))

    def line(self, x: float, y: float, to_x: float, to_y: float, **look: str) -> None:
        """A straight line."""
        given = {"x1": figure(x), "y1": figure(y), "x2": figure(to_x), "y2": figure(to_y)}
        self._put("line", {**given, "stroke": INK} | _named(look))

    def path(self, drawn: str, *, hint: str = "", **look: str) -> None:
        """A path; `hint` is shown where a reader points at it."""
        path = self._put("path", {"d": drawn, **_named(look)})
        if hint:
            ET.SubElement(path, "title").text = _NOT_XML.sub("", hint)

    def hatch(self, name: str, ground: str, strokes: str) -> str:
        """A hatched fill, by which an area is known also in black and white; gives what to fill with."""
        id = f"{self._name}-{name}"
        pattern = self._put(
            "pattern",
            {
                "id": id,
                "width": "6",
                "height": "6",
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
        )
        ET.SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": ground})
        ET.SubElement(pattern, "rect", {"width": "1.6", "height": "6", "fill": strokes})
        return f"url(#{id})"

    def svg(self) -> str:
        """The whole sheet as SVG text, an element a line."""
        ET.indent(self._root, space="")
        return ET.tostring(self._root, encoding="unicode") + "\n"

    def _put(self, tag: str, given: dict[str, str], words: str = "") -> ET.Element:
        made = ET.SubElement(self._here, tag, given)
        if words:
            made.text = _NOT_XML.sub("", words)
        return made


def _named(look: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in look.items()}
