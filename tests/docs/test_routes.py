"""What is served is documented and what is documented is served; the type of a problem can be opened."""

from typing import Any

import httpx
import pytest

from app.http.catalogue import TEXTS
from app.main import Berdaya, create_app
from app.settings import Settings

Told = dict[str, Any]

OF_THE_PAGE = {("GET", "/"), ("GET", "/docs"), ("GET", "/docs/{asset}"), ("GET", "/openapi.json")}
TOLD_AS_A_SCHEME = {("POST", "/v1/sessions/oauth")}
"""Where the page signs in; the document names it among the security schemes."""


def served(application: Berdaya) -> set[tuple[str, str]]:
    return {(verb, operation.path) for operation in application.operations for verb in operation.verbs}


def test_every_route_is_documented_and_every_documented_one_is_served(
    described: Berdaya, document: Told
) -> None:
    told = {(verb.upper(), path) for path, verbs in document["paths"].items() for verb in verbs}

    assert {("GET", "/health/ready"), ("GET", "/metrics"), ("PATCH", "/v1/villages/{code}")} <= told
    assert served(described) - told == OF_THE_PAGE | TOLD_AS_A_SCHEME
    assert told - served(described) == set()


def test_without_the_page_the_types_of_problems_still_open() -> None:
    application = create_app(Settings(database_url="sqlite:///never.db", docs=False))

    assert not served(application) & OF_THE_PAGE
    assert ("GET", "/problems/{code}") in served(application)


async def test_the_type_of_a_refusal_leads_to_what_it_means_in_both_languages(
    visitor: httpx.AsyncClient,
) -> None:
    refusal = await visitor.get("/v1/villages/64.02.04.2999")

    meaning = await visitor.get(refusal.json()["type"])

    assert meaning.status_code == 200
    assert meaning.json() == {
        "type": "/problems/village.not_found",
        "code": "village.not_found",
        "detail": {
            "en": "There is no such village here. Codes are Kemendagri codes, as 64.02.04.2001.",
            "id": "Desa ini tidak ada di sini. Kode yang dipakai adalah kode Kemendagri, misalnya 64.02.04.2001.",
        },
    }
    assert meaning.headers["cache-control"] == "public, max-age=3600"


async def test_every_code_has_its_address(visitor: httpx.AsyncClient) -> None:
    answers = {code: await visitor.get(f"/problems/{code}") for code in TEXTS}

    assert len(answers) > 50
    assert {code for code, answer in answers.items() if answer.status_code != 200} == set()


@pytest.mark.parametrize("code", ["village.blue", "x", "%2F", "a" * 90])
async def test_an_unknown_code_is_not_found(visitor: httpx.AsyncClient, code: str) -> None:
    answer = await visitor.get(f"/problems/{code}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "problem.not_found"


async def test_a_code_longer_than_any_is_refused(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(f"/problems/{'a' * 101}")

    assert answer.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]] == [
        ("/path/code", "text.too_long")
    ]
