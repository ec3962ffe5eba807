"""Every refusal is one problem document: all faults with their pointers, in two languages, nothing sent echoed."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.catalogue import TEXTS, TITLES
from app.http.operation import Operations
from app.main import Berdaya
from tests.conftest import Callers

SEPATIN = "/v1/villages/64.02.04.2001"
JSON = {"content-type": "application/json"}

Provoke = Callable[[httpx.AsyncClient, dict[str, str]], Awaitable[httpx.Response]]

REFUSED: dict[str, tuple[int, Provoke]] = {
    "request.malformed_json": (400, lambda c, h: c.patch(SEPATIN, content="{", headers=JSON | h)),
    "request.malformed_text": (400, lambda c, h: c.patch(SEPATIN, content=b'"\xff"', headers=JSON | h)),
    "request.too_deep": (400, lambda c, h: c.patch(SEPATIN, content="[" * 40 + "]" * 40, headers=JSON | h)),
    "access.unauthenticated": (401, lambda c, h: c.get(SEPATIN, headers={"authorization": "Bearer no"} | h)),
    "route.not_found": (404, lambda c, h: c.get("/v1/nothing", headers=h)),
    "village.not_found": (404, lambda c, h: c.get("/v1/villages/64.02.04.2999", headers=h)),
    "region.not_found": (404, lambda c, h: c.get("/v1/regions/99", headers=h)),
    "route.method": (405, lambda c, h: c.put(SEPATIN, headers=h)),
    "request.not_acceptable": (406, lambda c, h: c.get("/v1/villages", headers={"accept": "image/png"} | h)),
    "village.exists": (
        409,
        lambda c, h: c.post("/v1/villages", json={"code": "6402042001", "name": "Sepatin"}, headers=h),
    ),
    "request.precondition": (412, lambda c, h: c.delete(SEPATIN, headers={"if-match": '"99"'} | h)),
    "request.too_large": (413, lambda c, h: c.patch(SEPATIN, json={"name": "x" * 1_100_000}, headers=h)),
    "request.media_type": (415, lambda c, h: c.patch(SEPATIN, content="{}", headers=h)),
    "request.encoding": (
        415,
        lambda c, h: c.patch(SEPATIN, content="{}", headers=JSON | {"content-encoding": "gzip"} | h),
    ),
    "request.invalid": (422, lambda c, h: c.patch(SEPATIN, json={"population": -1, "x": 1}, headers=h)),
}


@pytest.mark.parametrize("code", REFUSED)
async def test_a_refusal_says_the_same_in_english_and_bahasa_indonesia(
    code: str, office: httpx.AsyncClient
) -> None:
    status, provoke = REFUSED[code]

    english = await provoke(office, {"x-request-id": "en-1"})
    indonesian = await provoke(office, {"accept-language": "id-ID,id;q=0.9,en;q=0.8"})

    for answer, language in ((english, "en"), (indonesian, "id")):
        problem = answer.json()
        assert answer.status_code == problem["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language
        assert "Accept-Language" in answer.headers["vary"]
        assert answer.headers["cache-control"] == "no-store"
        assert problem["request_id"] == answer.headers["x-request-id"]
        assert problem["instance"] == answer.request.url.path
        assert problem["code"] == code
        assert problem["type"] == f"/problems/{code}"
        assert problem["title"] == getattr(TITLES[status], language)
        assert "{" not in problem["detail"]
    assert english.json()["request_id"] == "en-1"
    assert english.json()["detail"] != indonesian.json()["detail"]
    assert [error["pointer"] for error in english.json()["errors"]] == [
        error["pointer"] for error in indonesian.json()["errors"]
    ]


async def test_the_role_lacks_the_permission(callers: Callers) -> None:
    viewer = await callers.holding("viewer")

    english = await viewer.patch(SEPATIN, json={})
    indonesian = await viewer.patch(SEPATIN, json={}, headers={"accept-language": "id"})

    assert (english.status_code, indonesian.status_code) == (403, 403)
    assert english.json()["detail"] == "Your role does not include villages:write."
    assert indonesian.json()["detail"] == "Peran Anda tidak mencakup villages:write."


LANGUAGES = {
    "": "en",
    "id": "id",
    "in": "id",
    "ID-id": "id",
    "en": "en",
    "en-GB, id": "en",
    "id, en": "en",
    "id, en;q=0.9": "id",
    "id;q=0.5, en;q=0.9": "en",
    "jv, id;q=0.4": "id",
    "id;q=0, en;q=0.1": "en",
    "de": "en",
    "*": "en",
    "id;q=x": "en",
    ";;,": "en",
}


async def test_the_language_is_the_one_the_caller_prefers(visitor: httpx.AsyncClient) -> None:
    for accepted, language in LANGUAGES.items():
        answer = await visitor.get("/v1/nothing", headers={"accept-language": accepted})

        assert answer.headers["content-language"] == language, accepted


async def test_a_stranger_is_told_how_to_come_in(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.patch(SEPATIN, json={})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="berdaya"'


METHODS = {
    "/v1/villages": {"GET", "HEAD", "POST"},
    SEPATIN: {"GET", "HEAD", "PATCH", "DELETE"},
    f"{SEPATIN}/recode": {"POST"},
    "/v1/regions": {"GET", "HEAD"},
    "/health/live": {"GET", "HEAD"},
}


async def test_a_wrong_method_is_told_all_the_right_ones(visitor: httpx.AsyncClient) -> None:
    for path, methods in METHODS.items():
        for method in {"PUT", "POST", "DELETE", "OPTIONS", "TRACE", "BREW"} - methods:
            answer = await visitor.request(method, path)

            assert answer.status_code == 405, (method, path)
            assert set(answer.headers["allow"].split(", ")) == methods


async def test_all_faults_of_path_query_and_body_are_named_at_once(office: httpx.AsyncClient) -> None:
    body = {"name": " ", "latitude": 91, "longitude": "117", "population": 1.5, "code": "x", "mayor": "x"}

    answer = await office.patch("/v1/villages/6403120001?dry_run=1&dry_run=2", json=body)

    assert answer.status_code == 422
    faults = {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert faults == {
        ("/path/code", "code.bps"),
        ("/query/dry_run", "field.repeated"),
        ("/query/dry_run", "field.unknown"),
        ("/name", "text.blank"),
        ("/latitude", "value.too_large"),
        ("/longitude", "value.number"),
        ("/population", "value.integer"),
        ("/mayor", "field.unknown"),
    }


async def test_a_key_that_stands_twice_is_named_beside_the_other_faults(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/villages?x=1", content='{"code":"64.02.04.2777","name":"A","name":"B"}', headers=JSON
    )

    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/query/x", ""}


async def test_a_pointer_escapes_what_the_caller_chose_as_a_key(office: httpx.AsyncClient) -> None:
    answer = await office.patch(SEPATIN, content='{"a/b~c":1,"\\ud800":1}', headers=JSON)

    assert {error["pointer"] for error in answer.json()["errors"]} == {"/a~1b~0c", "/\\ud800"}


async def test_nothing_that_was_sent_is_echoed(office: httpx.AsyncClient) -> None:
    bodies: list[dict[str, object]] = [
        {"name": "kanari\u0000x"},
        {"name": ["kanarix"], "population": "kanarix", "latitude": "kanarix"},
        {"version": "kanarix"},
        {"code": "kanarix"},
    ]

    answers = [
        *[await office.patch(SEPATIN, json=body) for body in bodies],
        await office.get("/v1/villages", params={"kind": "kanarix", "cursor": "kanarix", "sort": "kanarix"}),
        await office.patch(
            SEPATIN, json={}, headers={"if-match": '"kanarix"', "authorization": "Bearer kanarix"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [422] * 5 + [401]
    assert not any("kanari" in answer.text for answer in answers)


async def test_a_fault_of_ours_is_a_500_that_tells_nothing(
    application: Berdaya, callers: Callers, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = Operations("Broken")

    @broken.get("/v1/broken", permission=None, refuses=(500,))
    async def break_down(ask: Ask) -> Answer:
        """Not ours to keep."""
        raise RuntimeError("a secret of the house")

    @broken.get("/v1/late", permission=None)
    async def never_end(ask: Ask) -> Answer:
        """Longer than anybody waits."""
        raise TimeoutError

    application.operations += broken.routes
    visitor = callers.anybody()

    for language, other in (("en", "id"), ("id", "en")):
        headers = {"x-request-id": "find-me", "accept-language": f"{language}, {other};q=0.5"}
        fault = await visitor.get("/v1/broken", headers=headers)
        late = await visitor.get("/v1/late", headers=headers)

        assert (fault.status_code, late.status_code) == (500, 503)
        assert fault.json()["detail"] == getattr(TEXTS["server.fault"], language)
        assert late.json()["detail"] == getattr(TEXTS["server.unavailable"], language)
        assert late.headers["retry-after"] == "1"
        assert "secret" not in fault.text
    assert "find-me" in "".join(capfd.readouterr())
