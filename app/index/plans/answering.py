"""A wish told over HTTP is answered from a stored year or from scores in the body; nothing is stored."""

import asyncio
from typing import Any

import orjson

from app.http.answers import Answer, spoken
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.fields import faults_of, several
from app.http.problems import Conflict, Invalid, NotFound, told_first
from app.index.editions import EDITIONS
from app.index.formula import pack
from app.index.methods.schemas import packed
from app.index.plans.describing import describe, raised
from app.index.plans.planning import plan
from app.index.plans.schemas import EditionPlanOptions, IdmPlanOptions, unfit_for
from app.index.rules import describe_broken
from app.index.tables import IDM_RECORDS, record_id
from app.villages.service import find

_OF_THE_YEAR = ("edition", "village_code", "village_name", "year", "audit")


async def for_year(ask: Ask, code: str, year: int, options: IdmPlanOptions) -> Answer:
    """Plans for a village's year; a retired code is understood, a year without rows is 409."""
    village = await find(ask.database, code)
    if village is None:
        raise NotFound("village.not_found", pointer="/path/code")
    record = await IDM_RECORDS.find(ask.database, record_id(village["village_id"], year))
    if record is None:
        raise NotFound("idm_record.not_found", pointer="/path/year")
    if record["scores"] is None:
        raise Conflict("idm_record.no_rows", pointer="/path/year")
    edition = EDITIONS[record["edition"]]
    scores, wish = pack(edition, **record["scores"]), options.wish(options.target_status)
    planned = await asyncio.to_thread(plan, edition, scores, wish)
    told = describe(edition, planned, wish, ask.language, index=edition.index)
    return _spoken({**{name: record[name] for name in _OF_THE_YEAR}, **told}, ask.language)


async def for_scores(ask: Ask, name: str, options: EditionPlanOptions) -> Answer:
    """Plans by any edition for scores that are not stored; 404 `index_edition.not_found`."""
    if name not in EDITIONS:
        raise NotFound("index_edition.not_found", pointer="/path/edition")
    edition = EDITIONS[name]
    unfit = unfit_for(edition, options)
    faults = faults_of(several(unfit)) if unfit else []
    with told_first(faults):
        scores = packed(edition, options)
    if faults:
        raise Invalid(faults)
    wish = options.wish(options.target_status)
    # Several alternatives over 127 rows are a few tenths of a second, in which others are served too.
    planned = await asyncio.to_thread(plan, edition, scores, wish)
    told = describe(edition, planned, wish, ask.language, index="value")
    for one, solution in zip(told["plans"], planned.solutions, strict=True):
        one["warnings"] = describe_broken(edition, raised(scores, solution), ask.language)
    return _spoken({"edition": edition.id, "index": edition.index, **told}, ask.language)


def _spoken(told: dict[str, Any], language: Language) -> Answer:
    return spoken(orjson.dumps(told), None, language=language)
