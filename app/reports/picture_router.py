"""The pictures of the reports over HTTP."""

from typing import Annotated

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations, Query
from app.http.shapes import SVG_PICTURE
from app.reports.pictured import (
    FlowsQuery,
    FunnelQuery,
    MapQuery,
    flows_of_statuses,
    funnel_of_legality,
    map_of_statuses,
)
from app.reports.proved import OF_LEGALITY, OF_THE_INDEX, unless_proved

operations = Operations("Reports")


@operations.get(
    "/v1/reports/idm-status.svg",
    summary="The status of the villages as a map",
    tagged=True,
    responses={200: {"description": "The map", "content": SVG_PICTURE}},
)
async def picture_idm_status(query: Annotated[MapQuery, Query()], ask: Ask) -> Answer:
    """A mark for each village at its coordinates, by its IDM status as published, else as calculated.

    The legend counts every village of the region once, also those without coordinates, without a status, and the
    kelurahan, which are not measured. Of more than 1,000 villages those of one square of a grid become one mark.
    The picture is an A4 page, also for black and white, in the language of `Accept-Language`.
    """
    return await unless_proved(ask, OF_THE_INDEX, lambda: map_of_statuses(ask, query))


@operations.get(
    "/v1/reports/legality.svg",
    summary="How far the cooperatives are, as a funnel",
    tagged=True,
    responses={200: {"description": "The funnel", "content": SVG_PICTURE}},
)
async def picture_legality(query: Annotated[FunnelQuery, Query()], ask: Ask) -> Answer:
    """How many cooperatives reached at least each stage, how many have each paper, and how many stand apart.

    A cooperative that was sent back, refused or dissolved is in no stage but on a line of its own. The counts are
    those of `GET /v1/reports/legality`; without `as_of` they are today's. An A4 page, as the map.
    """
    return await unless_proved(ask, OF_LEGALITY, lambda: funnel_of_legality(ask, query))


@operations.get(
    "/v1/reports/idm-transitions.svg",
    summary="How villages moved between statuses, as flows",
    tagged=True,
    responses={200: {"description": "The flows", "content": SVG_PICTURE}},
)
async def picture_idm_transitions(query: Annotated[FlowsQuery, Query()], ask: Ask) -> Answer:
    """Ribbons from the statuses of one year to those of another, as thick as the villages are many, and every count.

    `from=2023&to=2024`. The counts are those of `GET /v1/reports/idm-transitions`; villages that were measured in
    one of the years alone are told below. An A4 page, as the map.
    """
    return await unless_proved(ask, OF_THE_INDEX, lambda: flows_of_statuses(ask, query))
