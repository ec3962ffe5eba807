"""How far the cooperatives of each district are: every one is in exactly one stage, so the stages add up to all.

Now is read off what the ledger keeps beside each cooperative; another time is folded from the events.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import Field
from sqlalchemy import case, func, literal_column, select

from app import clock
from app.cooperatives.ledger import Legality
from app.cooperatives.legality.doors import moment_of
from app.cooperatives.legality.past import events_of_region, legalities
from app.cooperatives.legality.tables import legality_standings
from app.cooperatives.milestones import STAGES
from app.cooperatives.schemas import LegalityStage
from app.cooperatives.tables import cooperatives
from app.database import Database, Statement
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Output
from app.http.problems import invalid
from app.reports.asking import LENGTH, MOST, Grouping, Line, ReportQuery, answered, bounds, names_of, within

Paper = Literal["akta", "sk_ahu", "berita_negara", "npwp", "rekening", "nib", "nik_koperasi"]
PAPERS: tuple[str, ...] = get_args(Paper)
_COLUMNS = ("code", "name", "cooperatives", *STAGES, *PAPERS, "loan_ready", "as_of")


class LegalityReportQuery(ReportQuery):
    """Which cooperatives, and as of when."""

    group_by: Grouping = "district"
    as_of: Annotated[str, Field(max_length=40)] | None = Field(
        default=None, description="a day (its end) or an instant: what had happened by then; else now"
    )


class Share(Output):
    """So many of so many."""

    numerator: int
    denominator: int


class LegalityCounts(Output):
    """The cooperatives of one region as of a time."""

    code: str | None = Field(description="of the district or regency; null for the total")
    name: str | None
    cooperatives: int
    as_of: str
    stages: dict[LegalityStage, Share] = Field(description="each cooperative is in one")
    papers: dict[Paper, Share] = Field(description="who has it, also while its number is contested")
    loan_ready: Share


class LegalityReport(Output):
    """Counts per stage and per paper by region, and their total."""

    as_of: str
    region: str | None
    group_by: Grouping
    items: list[LegalityCounts]
    total: LegalityCounts


class Group(NamedTuple):
    """Cooperatives of one region and stage, and how many of them have each paper."""

    code: str
    stage: str
    cooperatives: int
    papers: Counter[str]


def _now(length: int) -> Statement:
    # The length stands in the text: as an argument it would not be the same expression in both places.
    code = func.substr(cooperatives.c.village_code, literal_column("1"), literal_column(str(length)))
    stage = cooperatives.c.legality_stage
    having = [func.sum(case((legality_standings.c.held.like(f"% {name} %"), 1), else_=0)) for name in PAPERS]
    ready = func.sum(case((cooperatives.c.loan_ready == "true", 1), else_=0))
    joined = cooperatives.outerjoin(
        legality_standings, legality_standings.c.cooperative_id == cooperatives.c.id
    )
    return Statement(
        select(code, stage, func.count(), *having, ready)
        .select_from(joined)
        .where(*within(cooperatives.c.village_code))
        .group_by(code, stage)
    )


_NOW: Mapping[str, Statement] = {level: _now(length) for level, length in LENGTH.items()}
_of_region = Statement(
    select(cooperatives.c.id, cooperatives.c.village_code)
    .where(*within(cooperatives.c.village_code))
    .limit(MOST + 1)
)


async def legality_report(ask: Ask, query: LegalityReportQuery) -> Answer:
    """The report; 422 `report.too_many` where another time is asked for of too large a region."""
    query = await ask.presently(query)
    whole = await legality_counts(ask, query)
    lines = (_line(one) for one in (*whole["items"], whole["total"]))
    return answered(ask, query, whole, columns=_COLUMNS, lines=lines)


async def legality_counts(ask: Ask, query: LegalityReportQuery) -> dict[str, Any]:
    """What the report says, without regard to the form of an answer."""
    as_of = moment_of(ask, query.as_of, "as_of")
    groups = await _present(ask.database, query) if as_of is None else await _past(ask.database, query, as_of)
    at = as_of or clock.now()
    names = await names_of(ask.database, [group.code for group in groups])
    items = [
        _counts(code, names.get(code), [group for group in groups if group.code == code], at)
        for code in sorted({group.code for group in groups})
    ]
    total = _counts(None, None, groups, at)
    return {"as_of": at, "region": query.region, "group_by": query.group_by, "items": items, "total": total}


async def _present(database: Database, query: LegalityReportQuery) -> list[Group]:
    rows = await database.fetch(_NOW[query.group_by], bounds(query.region))
    having = (*PAPERS, "loan_ready")
    return [
        Group(code, stage or STAGES[0], count, Counter(dict(zip(having, papers, strict=True))))
        for code, stage, count, *papers in rows
    ]


async def _past(database: Database, query: LegalityReportQuery, as_of: str) -> list[Group]:
    places = {row[0]: row[1] for row in await database.fetch(_of_region, bounds(query.region))}
    if len(places) > MOST:
        raise invalid("/query/region", "report.too_many", limit=MOST)
    events = await events_of_region(database, bounds(query.region))
    # In a thread, as a regency's events are some tens of milliseconds of arithmetic.
    then = await asyncio.to_thread(legalities, events, list(places), as_of=as_of)
    length = LENGTH[query.group_by]
    return [
        Group(places[one][:length], legality.legality_stage, 1, _having(legality))
        for one, legality in then.items()
    ]


def _having(legality: Legality) -> Counter[str]:
    standing = {one.milestone for one in legality.milestones if one.achieved}
    return Counter(
        {**{name: int(name in standing) for name in PAPERS}, "loan_ready": int(legality.loan_ready)}
    )


def _counts(code: str | None, name: str | None, groups: Iterable[Group], at: str) -> dict[str, Any]:
    stages: Counter[str] = Counter()
    papers: Counter[str] = Counter()
    for group in groups:
        stages[group.stage] += group.cooperatives
        papers.update(group.papers)
    whole = stages.total()
    return {
        "code": code,
        "name": name,
        "cooperatives": whole,
        "as_of": at,
        "stages": {stage: _share(stages[stage], whole) for stage in STAGES},
        "papers": {paper: _share(papers[paper], whole) for paper in PAPERS},
        "loan_ready": _share(papers["loan_ready"], whole),
    }


def _share(numerator: int, denominator: int) -> dict[str, int]:
    return {"numerator": numerator, "denominator": denominator}


def _line(counts: dict[str, Any]) -> Line:
    """A district as a line of a sheet; the line of the total bears no code."""
    shares = {**counts["stages"], **counts["papers"], "loan_ready": counts["loan_ready"]}
    told = {name: counts[name] for name in ("code", "name", "cooperatives", "as_of")}
    named = {**told, "name": "TOTAL"} if told["code"] is None else told
    return {**named, **{name: share["numerator"] for name, share in shares.items()}}
