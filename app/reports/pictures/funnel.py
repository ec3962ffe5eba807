"""The funnel of legality: how many cooperatives reached at least each stage, have each paper, or stand apart.

Whoever was sent back, refused or dissolved is in no stage; with those not yet formed and those in each stage now
they add up to all.
"""

from collections.abc import Mapping
from typing import Any

from app.cooperatives.milestones import FURTHEST_FIRST, SENT_BACK, UNFORMED
from app.reports.pictures.bars import Bar, bars, heading
from app.reports.pictures.frame import framed, nothing
from app.reports.pictures.paper import LANDSCAPE, Paper
from app.reports.pictures.words import Tongue

STAGES = tuple(stage for _, stage in reversed(FURTHEST_FIRST) if stage)
"""From formed to legal body, each including who went further."""
PAPERS = ("npwp", "rekening", "nib", "nik_koperasi")
APART = (UNFORMED, *SENT_BACK.values(), "dibubarkan")
_TOP = 108
_STAGE_FILL, _PAPER_FILL, _APART_FILL = "#0072b2", ("#b9dcef", "#0072b2"), ("#f3d9b0", "#8a5a00")


def legality_funnel(counts: Mapping[str, Any], *, day: str, region: str, tongue: Tongue) -> str:
    """The funnel as SVG text; `counts` are those of the report for one region, `day` as it is to be read."""
    paper = Paper("legality", LANDSCAPE, language=tongue.language)
    whole: int = counts["cooperatives"]
    stages, papers, apart = _stages(counts, tongue), _papers(counts, tongue), _apart(counts, tongue)
    told = "; ".join(f"{bar.name}: {tongue.number(bar.cooperatives)}" for bar in (*stages, *papers, *apart))
    framed(
        paper,
        title=tongue.say("funnel_title", day=day),
        subtitle=tongue.say("funnel_subtitle", region=region, whole=tongue.number(whole)),
        source=tongue.say("source_legality"),
        description=tongue.say("funnel_desc", whole=tongue.number(whole), counts=told),
        notes=[tongue.say("funnel_note")],
    )
    if not whole:
        nothing(paper, tongue.say("funnel_empty"))
        return paper.svg()
    columns = (tongue.say("count"), "%")
    y: float = _TOP
    for words, lines, fill, more in (
        ("reached", stages, _STAGE_FILL, (tongue.say("at_stage"),)),
        ("papers", papers, paper.hatch("paper", *_PAPER_FILL), ()),
        ("apart", apart, paper.hatch("apart", *_APART_FILL), ()),
    ):
        heading(paper, y, tongue.say(words), (*columns, *more))
        y = bars(paper, y, lines, whole=whole, fill=fill, tongue=tongue)
    return paper.svg()


def _stages(counts: Mapping[str, Any], tongue: Tongue) -> list[Bar]:
    now = [counts["stages"][stage]["numerator"] for stage in STAGES]
    return [Bar(tongue.say(stage), sum(now[place:]), now[place]) for place, stage in enumerate(STAGES)]


def _papers(counts: Mapping[str, Any], tongue: Tongue) -> list[Bar]:
    having = [Bar(tongue.say(paper), counts["papers"][paper]["numerator"]) for paper in PAPERS]
    return [*having, Bar(tongue.say("loan_ready"), counts["loan_ready"]["numerator"])]


def _apart(counts: Mapping[str, Any], tongue: Tongue) -> list[Bar]:
    return [Bar(tongue.say(stage), counts["stages"][stage]["numerator"]) for stage in APART]
