"""A stored year with its rows becomes an explanation, a ranking or a simulation, in the caller's language."""

from collections.abc import Sequence
from typing import Any

import orjson

from app.database.register import State
from app.http.answers import Answer, spoken
from app.http.ask import Ask
from app.http.problems import Conflict, NotFound
from app.index import formula
from app.index.advice import explanation, moving, queries, ranking
from app.index.advice.schemas import Simulation
from app.index.editions import EDITIONS, Edition
from app.index.tables import IDM_RECORDS, record_id
from app.villages.moved import village_at
from app.villages.service import find

_SPOKEN_OF = ("year", "village_code", "village_name", "edition", "audit")


async def explained(ask: Ask, code: str, year: int) -> Answer:
    """The explanation of a year; a retired code raises the 308."""
    record = await _year(ask, await village_at(ask, code), year)
    edition, scores = _rows(record)
    told = explanation.describe(edition, explanation.explain(edition, scores), ask.language)
    return _spoken(ask, record, told, version=record["version"])


async def recommended(ask: Ask, code: str, year: int) -> Answer:
    """The calculation of a year with its ranking; a retired code raises the 308."""
    record = await _year(ask, await village_at(ask, code), year)
    edition, scores = _rows(record)
    told = formula.describe(edition, formula.calculate(edition, scores), ask.language)
    open_rows = ranking.describe(edition, ranking.ranked(edition, scores), ask.language)
    return _spoken(ask, record, {**told, "ranking": open_rows}, version=record["version"])


async def simulated(ask: Ask, code: str, year: int, simulation: Simulation) -> Answer:
    """A year before and after some changes; a retired code is understood."""
    village = await find(ask.database, code)
    if village is None:
        raise NotFound("village.not_found", pointer="/path/code")
    record = await _year(ask, village, year)
    edition, scores = _rows(record)
    after = moving.changed(edition, scores, simulation.changes)
    sides = tuple(formula.calculate(edition, rows) for rows in (scores, after))
    ranks = await _ranks(ask, record, [side.value for side in sides])
    before, afterwards = (
        {**moving.figures(edition, side), "ranks": standing}
        for side, standing in zip(sides, ranks, strict=True)
    )
    moved = moving.describe(edition, moving.moves(edition, scores, after), ask.language)
    return _spoken(ask, record, {"before": before, "after": afterwards, "changes": moved}, version=None)


async def _year(ask: Ask, village: State, year: int) -> State:
    record = await IDM_RECORDS.find(ask.database, record_id(village["village_id"], year))
    if record is None:
        raise NotFound("idm_record.not_found", pointer="/path/year")
    return record


def _rows(record: State) -> tuple[Edition, bytes]:
    if record["scores"] is None:
        raise Conflict("idm_record.no_rows", pointer="/path/year")
    edition = EDITIONS[record["edition"]]
    return edition, formula.pack(edition, **record["scores"])


async def _ranks(ask: Ask, record: State, values: Sequence[float]) -> list[dict[str, Any]]:
    before, after = values
    # The village itself is not among those counted, so that its own row may change meanwhile.
    (counted,) = await ask.database.survey(
        queries.others,
        {
            **queries.around(record["village_code"]),
            **{name: record[name] for name in ("year", "village_code")},
            "before": before,
            "after": after,
        },
    )
    found: list[dict[str, Any]] = [{}, {}]
    for at, (level, length) in enumerate(queries.LEVELS.items()):
        others, *above = counted[3 * at : 3 * at + 3]
        for ranks, higher in zip(found, above, strict=True):
            region = record["village_code"][:length]
            ranks[level] = {"region": region, "rank": higher + 1, "of": others + 1}
    return found


def _spoken(ask: Ask, record: State, told: dict[str, Any], *, version: int | None) -> Answer:
    about = {name: record[name] for name in _SPOKEN_OF}
    return spoken(orjson.dumps({**about, **told}), version, language=ask.language)
