"""An edition becomes an answer that may be kept; a calculation by one becomes an answer of its own."""

import hashlib
from functools import cache
from typing import Any

import orjson

from app.http.answers import Answer, spoken
from app.http.catalogue import Language
from app.http.problems import NotFound
from app.index.editions import EDITIONS, Edition, document
from app.index.formula import Calculation, calculate, describe
from app.index.methods.schemas import EditionScores, packed
from app.index.rules import describe_broken

_LASTING = b"public, max-age=86400"
_SUMMARY = ("id", "index", "name", "regulation", "years", "verified_years")
_STANDING = ("status", "target_status", "target_score", "increase_needed")


def editions() -> Answer:
    """What there is to read of each edition."""
    return _lasting(*_editions())


def edition(name: str) -> Answer:
    """One edition in full, or 404 `index_edition.not_found`."""
    return _lasting(*_edition(_published(name).id))


def calculated(name: str, told: EditionScores, language: Language) -> Answer:
    """The calculation of scores by that edition, or 404 `index_edition.not_found`."""
    edition = _published(name)
    result = calculate(edition, packed(edition, told))
    return spoken(orjson.dumps(explained(edition, result, language)), None, language=language)


def explained(edition: Edition, result: Calculation, language: Language) -> dict[str, Any]:
    """The answer of a calculation by any edition, ready for JSON: always the same keys in the same order."""
    told = describe(edition, result, language)
    return {
        "edition": edition.id,
        "index": edition.index,
        "points": result.points,
        "total": edition.total,
        "value": result.value,
        **{name: told[name] for name in _STANDING},
        "dimensions": told["dimensions"],
        "indicators": told["indicators"],
        "warnings": describe_broken(edition, result.scores, language),
    }


def _published(name: str) -> Edition:
    edition = EDITIONS.get(name)
    if edition is None:
        raise NotFound("index_edition.not_found", pointer="/path/edition")
    return edition


@cache
def _editions() -> tuple[bytes, str]:
    items = [{name: edition[name] for name in _SUMMARY} for edition in map(document, EDITIONS)]
    return _tagged({"items": items, "next_cursor": None})


@cache
def _edition(name: str) -> tuple[bytes, str]:
    return _tagged(document(name))


def _tagged(value: object) -> tuple[bytes, str]:
    body = orjson.dumps(value)
    return body, hashlib.sha256(body).hexdigest()[:24]


def _lasting(body: bytes, etag: str) -> Answer:
    return Answer(body=body, etag=etag, cache=_LASTING)
