"""A stored year becomes an audited one: findings as facts, texts in the caller's language, the letter as it is."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import orjson

from app.database.register import State
from app.http.answers import Answer, spoken
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.paging import Listing, next_link
from app.http.problems import NotFound
from app.http.sheets.answer import Table, form_of, sheet
from app.http.sheets.columns import columns_of
from app.index import audit as auditing
from app.index.audits.findings import Audited, findings, statuses_meant
from app.index.audits.implied import Implied, implied
from app.index.audits.letter import Case, Contradiction, correction_request
from app.index.audits.queries import LISTINGS
from app.index.audits.schemas import AuditedYearOut, AuditQuery
from app.index.editions import EDITIONS
from app.index.formula import calculate, pack
from app.index.tables import IDM_RECORDS, record_id
from app.villages.moved import village_at

_COLUMNS = columns_of(AuditedYearOut)


async def audited_year(ask: Ask, code: str, year: int) -> Answer:
    """The audit of a village's year; a retired code raises the 308, a year without an IDM is 404."""
    village = await village_at(ask, code)
    record = await IDM_RECORDS.find(ask.database, record_id(village["village_id"], year))
    if record is None:
        raise NotFound("idm_record.not_found", pointer="/path/year")
    body = orjson.dumps(audited(record, ask.language))
    return spoken(body, record["version"], language=ask.language)


async def audited_years(ask: Ask, query: AuditQuery) -> Answer:
    """The years with a finding: a page as JSON, or all of them as a sheet."""
    query = await ask.presently(query)
    listing = LISTINGS[query.finding]
    form = form_of(ask, query)
    if form != "json":
        rows = _walked(ask, listing, query)
        return sheet(ask, query, form, Table("idm_audit", _COLUMNS, rows, spoken=True))
    page = await listing.page(ask.database, query)
    items = [audited(IDM_RECORDS.state(row), ask.language) for row in page.rows]
    told: dict[str, Any] = {"items": items, "next_cursor": page.next_cursor}
    body = orjson.dumps(told if page.total is None else {**told, "total": page.total})
    answer = spoken(body, None, language=ask.language)
    answer.etag, answer.cache = hashlib.sha256(body).hexdigest()[:24], b"no-cache"
    if page.next_cursor is not None:
        answer.headers.append((b"link", next_link(ask.url_path, ask.scope["query_string"], page.next_cursor)))
    return answer


async def _walked(ask: Ask, listing: Listing, query: AuditQuery) -> AsyncIterator[list[State]]:
    async for rows in listing.walk(ask.database, query):
        yield [audited(IDM_RECORDS.state(row), ask.language) for row in rows]


def audited(record: State, language: Language) -> dict[str, Any]:
    """A stored year with all that the audit found, ready for JSON: the fields of `AuditedYearOut`."""
    edition = EDITIONS[record["edition"]]
    scores = record["scores"] and pack(edition, **record["scores"])
    published = record["published"] and auditing.Published(**record["published"])
    verdict = auditing.audit(edition, year=record["year"], scores=scores, published=published)
    found = findings(
        Audited(
            edition=edition,
            published=published,
            status=record["status"],
            points=calculate(edition, scores).points if scores else None,
            consistent=verdict.consistent,
        )
    )
    pair = implied(edition, verdict.explanation, scores, published)
    told = auditing.describe(verdict, language)
    return {
        **{name: record[name] for name in ("village_code", "village_name", "year", "edition")},
        "consistent": verdict.consistent,
        "findings": list(found),
        **{name: told[name] for name in ("differences", "explanation")},
        "implied": pair and {**asdict(pair), "text": pair.text[language]},
        **_figures(record),
        "correction_request": _letter(record, verdict, pair, found),
    }


def _figures(record: State) -> dict[str, Any]:
    published = record["published"] or {}
    index = published.get("idm")
    meant = statuses_meant(EDITIONS[record["edition"]], index)
    return {
        "published_idm": index,
        "idm_by_rows": record["idm"],
        "published_status": published.get("status"),
        "status_by_published_idm": meant[0] if len(meant) == 1 else None,
        "status_by_rows": record["status"],
    }


def _letter(
    record: State, verdict: auditing.Audit, pair: Implied | None, found: tuple[str, ...]
) -> str | None:
    edition, figures = EDITIONS[record["edition"]], _figures(record)
    contradiction = None
    if "label_contradicts_value" in found:
        contradiction = Contradiction(
            index=figures["published_idm"],
            status=figures["published_status"],
            statuses_of_index=statuses_meant(edition, figures["published_idm"]),
        )
    return correction_request(
        Case(
            edition=edition,
            village=record["village_name"],
            code=record["village_code"],
            district=record["district_name"],
            year=record["year"],
            differences=verdict.differences,
            implied=pair,
            contradiction=contradiction,
        )
    )
