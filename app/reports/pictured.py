"""The data of the reports handed to the drawing: a picture shows the counts of its report and asks nothing else."""

import asyncio
from typing import Annotated

from pydantic import Field

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import QueryYear
from app.reports.asking import names_of
from app.reports.drawn import PictureQuery, drawn, region_named, tongue_of
from app.reports.idm_transitions import TransitionsQuery, transitions
from app.reports.legality import LegalityReportQuery, legality_counts
from app.reports.pictures.flows import Aside, status_flows
from app.reports.pictures.funnel import legality_funnel
from app.reports.pictures.village_map import regions_of, village_map
from app.reports.village_statuses import village_statuses
from app.reports.years import YearQuery, year_of

_DAY_LENGTH = 10


class MapQuery(PictureQuery):
    """Which villages, and in which year."""

    year: QueryYear | None = Field(
        default=None, description="the latest that anything of the region is known of, unless said"
    )


class FunnelQuery(PictureQuery):
    """Which cooperatives, and as of when."""

    as_of: Annotated[str, Field(max_length=40)] | None = Field(
        default=None, description="a day (its end) or an instant: what had happened by then; else now"
    )


class FlowsQuery(PictureQuery):
    """Which villages, from which year to which; `from` is before `to`, and both are of one edition."""

    first: QueryYear = Field(alias="from", examples=["2023"])
    last: QueryYear = Field(alias="to", examples=["2024"])


async def map_of_statuses(ask: Ask, query: MapQuery) -> Answer:
    """The map."""
    tongue = tongue_of(ask)
    query = await ask.presently(query)
    year = await year_of(ask.database, YearQuery(region=query.region, year=query.year))
    villages = await village_statuses(ask.database, query.region, year)
    names = await names_of(ask.database, await asyncio.to_thread(regions_of, villages))
    region = await region_named(ask, query.region, tongue)
    return await drawn(
        tongue, lambda: village_map(villages, year=year, region=region, names=names, tongue=tongue)
    )


async def funnel_of_legality(ask: Ask, query: FunnelQuery) -> Answer:
    """The funnel; 422 `report.too_many` where another time is asked for of too large a region."""
    tongue = tongue_of(ask)
    query = await ask.presently(query)
    asked = LegalityReportQuery(region=query.region, as_of=query.as_of, group_by="regency")
    told = await legality_counts(ask, asked)
    # Of now only the day is shown, so that the same counts give the same bytes all day.
    exact = query.as_of is not None and len(query.as_of) > _DAY_LENGTH
    day = tongue.moment(told["as_of"], ask.place.settings.zone, to_the_minute=exact)
    region = await region_named(ask, query.region, tongue)
    return await drawn(tongue, lambda: legality_funnel(told["total"], day=day, region=region, tongue=tongue))


async def flows_of_statuses(ask: Ask, query: FlowsQuery) -> Answer:
    """The flows; 422 where the two years cannot be compared."""
    tongue = tongue_of(ask)
    query = await ask.presently(query)
    asked = {"region": query.region, "from": query.first, "to": query.last, "group_by": "regency"}
    told = await transitions(ask.database, TransitionsQuery.model_validate(asked))
    region = await region_named(ask, query.region, tongue)
    matrix, total = told.total["matrix"], told.total
    flows = {(start, end): many for start, ends in matrix.items() for end, many in ends.items() if many}
    aside = Aside(total["only_from"], total["only_to"], total["status_unknown"])
    years = told.first, told.last
    return await drawn(
        tongue, lambda: status_flows(flows, years=years, aside=aside, region=region, tongue=tongue)
    )
