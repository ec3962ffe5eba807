"""Reads a picture as a person would: the texts with the boxes they fill, the rows they form, the marks by kind."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree as ET

from app.reports.pictures.letters import width_of
from app.reports.pictures.marks import MARKS, look
from app.reports.pictures.placing import meet
from app.reports.pictures.projecting import Frame

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "g", "rect", "line", "path", "text", "pattern"}


class Told(NamedTuple):
    """A text and where it stands."""

    words: str
    box: Frame
    base: float


class Picture:
    """One picture, well formed or not at all."""

    def __init__(self, text: str) -> None:
        self.root = ET.fromstring(text)  # noqa: S314  # our own picture
        _, _, self.width, self.height = map(float, self.root.attrib["viewBox"].split())
        self.texts = [_told(one) for one in self.root.iter(f"{SVG}text")]

    @property
    def words(self) -> list[str]:
        """All texts."""
        return [one.words for one in self.texts]

    @property
    def title(self) -> str:
        """What a screen reader says first."""
        return self.root.findtext(f"{SVG}title", "")

    @property
    def description(self) -> str:
        """What a screen reader says then."""
        return self.root.findtext(f"{SVG}desc", "")

    def row(self, name: str) -> list[str]:
        """The texts right of this one on its line."""
        (head,) = [one for one in self.texts if one.words == name and self._has_more(one)]
        beside = [one for one in self.texts if one.base == head.base and one.box.left > head.box.left]
        return [one.words for one in sorted(beside, key=lambda one: one.box.left)]

    def _has_more(self, head: Told) -> bool:
        return any(one.base == head.base and one.box.left > head.box.left for one in self.texts)

    def marks(self) -> Counter[str]:
        """How many marks of each kind are on the map; those of the legend stand in no group."""
        kinds = {tuple(sorted(_dashed(look(kind)).items())): kind for kind in MARKS}
        found: Counter[str] = Counter()
        for group in self.root.iter(f"{SVG}g"):
            kind = kinds.get(tuple(sorted(group.attrib.items())))
            if kind is not None:
                found[kind] += len(group.findall(f"{SVG}path"))
        return found

    def faults(self) -> Iterator[str]:
        """What would be wrong in print or unsafe on a page."""
        for one, other in combinations(self.texts, 2):
            if meet(one.box, other.box, apart=0):
                yield f"{one.words!r} lies over {other.words!r}"
        for words, box, _ in self.texts:
            inside = box.left >= 0 and box.left + box.width <= self.width
            if not (inside and box.top >= 0 and box.top + box.height <= self.height):
                yield f"{words!r} leaves the sheet"
        for part in self.root.iter():
            if part.tag.removeprefix(SVG) not in TAGS:
                yield f"<{part.tag}> has no place in a picture"
            for name, value in part.attrib.items():
                if name.startswith("on") or "href" in name or "//" in value or name in {"style", "class"}:
                    yield f"{name}={value!r} has no place in a picture"


def _told(one: ET.Element) -> Told:
    words, size = one.text or "", float(one.attrib["font-size"])
    width = width_of(words, size, bold="font-weight" in one.attrib)
    shift = {"middle": 0.5, "end": 1.0}.get(one.attrib.get("text-anchor", ""), 0.0)
    x, y = float(one.attrib["x"]), float(one.attrib["y"])
    return Told(words, Frame(x - width * shift, y - 0.76 * size, width, 0.95 * size), y)


def _dashed(look: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in look.items()}
