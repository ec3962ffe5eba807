"""Which cooperatives have not moved for longer than some days, and which step they wait for.

What nobody told is not known to be standing still since a day: then `since` is null, and they come first.
"""

from datetime import date
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import func, literal_column, or_, select

from app import clock
from app.cooperatives.legality.schemas import MilestoneName
from app.cooperatives.legality.tables import legality_standings
from app.cooperatives.milestones import CHAIN, LOAN
from app.cooperatives.schemas import LegalityStage
from app.cooperatives.tables import COOPERATIVES, cooperatives
from app.database import Statement
from app.database.register import State
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Output, QueryNumber
from app.http.problems import invalid
from app.reports.asking import MOST, Line, ReportQuery, answered, bounds, within
from app.villages.followers import PLACE

LoanPaper = Literal["sk_ahu", "npwp", "rekening", "nib", "nik_koperasi"]
_COLUMNS = (
    "cooperative_id",
    "name",
    *PLACE,
    "legality_stage",
    "since",
    "days",
    "last_milestone",
    "next_milestone",
    "lacking",
)


class StalledQuery(ReportQuery):
    """Which cooperatives."""

    days: QueryNumber = Field(default="30", description="standing still for more than so many days")
    stage: LegalityStage | None = None
    lacking: LoanPaper | None = Field(
        default=None,
        description="without this paper: `stage=berbadan_hukum&lacking=nib` has an SK but no NIB",
    )


class Stalled(Output):
    """A cooperative that stands still."""

    cooperative_id: str
    name: str
    village_code: str
    village_name: str
    district_code: str
    district_name: str
    legality_stage: LegalityStage
    since: str | None = Field(description="the day of its present stage; null when nothing was told")
    days: int | None = Field(description="since then")
    last_milestone: MilestoneName | None = Field(description="the step its stage comes from")
    next_milestone: MilestoneName = Field(
        description="the step it waits for; the one that came back, if one did"
    )
    lacking: list[LoanPaper] = Field(description="what a loan still asks for")


class StalledPage(Output):
    """Who stands still, the longest first."""

    items: list[Stalled]
    next_cursor: str | None


_standing = legality_standings.c
_candidates = Statement(
    select(*COOPERATIVES.published, _standing.held, _standing.stage_since_on, _standing.stage_milestone)
    .select_from(cooperatives.outerjoin(legality_standings, _standing.cooperative_id == cooperatives.c.id))
    .where(
        *within(cooperatives.c.village_code),
        cooperatives.c.legality_stage != "dibubarkan",
        or_(cooperatives.c.loan_ready.is_(None), cooperatives.c.loan_ready != "true"),
    )
    .order_by(
        func.coalesce(
            _standing.stage_since_on, literal_column("'0001-01-01'"), type_=cooperatives.c.sk_on.type
        ),
        cooperatives.c.village_code,
        cooperatives.c.id,
    )
    .limit(MOST + 1)
)
"""Every cooperative that still lacks something, the longest at its stage first."""


async def stalled_report(ask: Ask, query: StalledQuery) -> Answer:
    """The report; 422 `report.too_many` where the region is too large to look at each."""
    query = await ask.presently(query)
    rows = await ask.database.fetch(_candidates, bounds(query.region))
    if len(rows) > MOST:
        raise invalid("/query/region", "report.too_many", limit=MOST)
    today = date.fromisoformat(clock.day_of(clock.now(), ask.place.settings.zone))
    found = [_stalled(COOPERATIVES.state(row), row[-3:], today) for row in rows]
    longer = int(query.days)
    items = [
        one
        for one in found
        if (one["days"] is None or one["days"] > longer)
        and query.stage in (None, one["legality_stage"])
        and (query.lacking is None or query.lacking in one["lacking"])
    ]
    return answered(ask, query, {"items": items, "next_cursor": None}, columns=_COLUMNS, lines=items)


def _stalled(cooperative: State, standing: Any, today: date) -> Line:
    held, since, last = standing
    has = frozenset((held or "").split())
    stage = cooperative["legality_stage"]
    return {
        "cooperative_id": cooperative["id"],
        **{name: cooperative[name] for name in ("name", *PLACE, "legality_stage")},
        "since": since,
        "days": (today - date.fromisoformat(since)).days if since else None,
        "last_milestone": last,
        "next_milestone": _next(stage, last, has),
        "lacking": cooperative["missing"],
    }


def _next(stage: str, last: str | None, has: frozenset[str]) -> str:
    """The step that came back; else the first of the way to the decree behind the last; else a loan's next paper."""
    if last in CHAIN and stage in ("dikembalikan", "ditolak"):
        return str(last)
    behind = CHAIN[CHAIN.index(last) + 1 :] if last in CHAIN else CHAIN
    return next(step for step in (*behind, *LOAN, *CHAIN) if step not in has)
