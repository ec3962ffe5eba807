"""Flows between the statuses of two years: ribbons between two columns of bars, and below them every count.

Who stayed is grey, who rose is plain, who fell is hatched.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.reports.pictures.columns import Flows, columns
from app.reports.pictures.crosstable import crosstable
from app.reports.pictures.frame import framed, nothing
from app.reports.pictures.paper import MARGIN, PORTRAIT, SOFT, Paper
from app.reports.pictures.words import HIGHEST_FIRST, Tongue, direction


class Aside(NamedTuple):
    """Villages that are in no flow: measured in one of the years alone, or in both without a status in one."""

    first: int
    last: int
    status_unknown: int


def status_flows(flows: Flows, *, years: tuple[int, int], aside: Aside, region: str, tongue: Tongue) -> str:
    """The flows as SVG text."""
    paper = Paper("idm-transitions", PORTRAIT, language=tongue.language)
    start, end = map(str, years)
    whole = sum(flows.values())
    framed(
        paper,
        title=tongue.say("flows_title", start=start, end=end),
        subtitle=tongue.say("flows_subtitle", region=region, whole=tongue.number(whole)),
        source=tongue.say("source_idm"),
        description=tongue.say("flows_desc", counts=_told(flows, tongue)),
        notes=_notes(aside, start, end, tongue),
    )
    if not whole:
        nothing(paper, tongue.say("flows_empty"))
        return paper.svg()
    fills = {
        "better": "#3d95cf",
        "same": "#cfcfcf",
        "worse": paper.hatch("worse", "#f0a35e", "#7a3300"),
    }
    _key(paper, flows, fills, tongue)
    columns(paper, flows, years=years, fills=fills, tongue=tongue)
    crosstable(paper, flows, years=years, tongue=tongue)
    return paper.svg()


def _notes(aside: Aside, start: str, end: str, tongue: Tongue) -> list[str]:
    first, last, unknown = map(tongue.number, aside)
    notes = [tongue.say("one_year", start=start, end=end, first=first, last=last)]
    return [*notes, tongue.say("status_unknown", count=unknown)] if aside.status_unknown else notes


def _told(flows: Flows, tongue: Tongue) -> str:
    pairs = ((start, end) for start in HIGHEST_FIRST for end in HIGHEST_FIRST)
    return "; ".join(tongue.flow(*pair, flows[pair]) for pair in pairs if pair in flows)


def _key(paper: Paper, flows: Flows, fills: Mapping[str, str], tongue: Tongue) -> None:
    """How many rose, stayed and fell, each beside its fill."""
    whole = sum(flows.values())
    for place, (way, fill) in enumerate(fills.items()):
        x = MARGIN + place * 209
        count = sum(villages for pair, villages in flows.items() if direction(*pair) == way)
        paper.box(x, 95, 22, 13, fill=fill, stroke=SOFT, stroke_width="0.6")
        told = f"{tongue.say(way)}: {tongue.number(count)} ({tongue.share(count, whole)})"
        paper.text(x + 29, 106, told, size=11.5, width=176)
