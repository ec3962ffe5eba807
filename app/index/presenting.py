"""What is stored of the index becomes an answer: the facts as they are, the texts in the caller's language."""

from collections.abc import Callable

import orjson

from app.database.register import State
from app.http.answers import Answer, spoken
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.lists import listed
from app.http.presenting import Put
from app.http.problems import NotFound
from app.index import audit, formula
from app.index.editions import EDITIONS
from app.index.queries import SERIES
from app.index.schemas import IDM, IdmScores, SeriesQuery
from app.index.tables import IDM_RECORDS, record_id
from app.villages.moved import village_at


def calculated(scores: IdmScores, language: Language) -> Answer:
    """The calculation of scores that are not stored."""
    result = formula.calculate(IDM, formula.pack(IDM, **scores.model_dump()))
    return spoken(orjson.dumps(formula.describe(IDM, result, language)), None, language=language)


async def year_of(ask: Ask, code: str, year: int) -> Answer:
    """A village's year; a retired code raises the 308, a year without an IDM is 404."""
    village = await village_at(ask, code)
    record = await IDM_RECORDS.find(ask.database, record_id(village["village_id"], year))
    if record is None:
        raise NotFound("idm_record.not_found", pointer="/path/year")
    return recorded(record, ask.language)


async def series_of(ask: Ask, code: str, query: SeriesQuery) -> Answer:
    """All years of a village; a retired code raises the 308."""
    village = await village_at(ask, code)
    return await listed(ask, SERIES, query, village_id=village["village_id"])


def recorded(record: State, language: Language, *, status: int = 200) -> Answer:
    """A village's year with all its texts."""
    body = orjson.dumps(_described(record, language))
    return spoken(body, record["version"], language=language, status=status)


def put(language: Language) -> Callable[[Put, str | None], Answer]:
    """201 with its address the first time, 200 from then on."""

    def present(written: Put, reach: str | None) -> Answer:
        record = written.state
        answer = recorded(record, language, status=201 if written.first else 200)
        if written.first:
            address = f"/v1/villages/{record['village_code']}/idm/{record['year']}"
            answer.headers.append((b"location", address.encode()))
        return answer

    return present


def _described(record: State, language: Language) -> State:
    edition = EDITIONS[record["edition"]]
    scores = record["scores"] and formula.pack(edition, **record["scores"])
    published = record["published"] and audit.Published(**record["published"])
    verdict = audit.audit(edition, year=record["year"], scores=scores, published=published)
    shown = {name: record[name] for name in IDM_RECORDS.fields}
    told = formula.describe(edition, formula.calculate(edition, scores), language) if scores else {}
    texts = {name: told.get(name) for name in ("dimensions", "indicators")}
    return {**shown, "audit": audit.describe(verdict, language), **texts}
