"""Every answer of the suite is held, strictly, to the shape its operation documents."""

from collections.abc import Awaitable, Callable

import httpx
from pydantic import TypeAdapter

from app.http.openapi.headers import SHARED
from app.http.problems import MethodNotAllowed, NotFound, Problem
from app.http.routing import Addresses
from app.main import Berdaya

Check = Callable[[httpx.Response], Awaitable[None]]


def checked(application: Berdaya) -> Check:
    """An httpx hook that fails the test when an answer is not what the document says."""
    addresses = Addresses(application.operations)

    async def check(response: httpx.Response) -> None:
        await response.aread()
        request = response.request
        assert response.headers["x-request-id"], "every answer has a request id"
        assert response.headers["cache-control"], "every answer says how it may be kept"
        media = response.headers["content-type"].partition(";")[0]
        headers_are_told(application, addresses, response)
        if request.method == "HEAD" or response.status_code in (204, 304):
            assert not response.content
            return
        if media == "application/problem+json":
            problem = Problem.model_validate_json(response.content, strict=True)
            assert problem.status == response.status_code
            assert problem.errors, "a problem names at least one fault"
            assert all("{" not in error.message for error in problem.errors), (
                "every fact of a message is filled in"
            )
        try:
            operation, _ = addresses.find(
                {"path": request.url.path, "raw_path": request.url.raw_path, "method": request.method}
            )
        except (NotFound, MethodNotAllowed):
            return
        if media == "application/problem+json":
            assert response.status_code in operation.responses, (
                f"{operation.name} documents {response.status_code}"
            )
        elif media == "application/json" and operation.include_in_schema:
            documented = operation.response_model or operation.responses[200]["model"]
            TypeAdapter(documented).validate_json(response.content, strict=True)

    return check


SURE = {"etag", "location", "www-authenticate"}
"""Headers that, where the document names them, are always there; the others depend on the case."""


def headers_are_told(application: Berdaya, addresses: Addresses, response: httpx.Response) -> None:
    """Fail when an answer has a status or a header that the document does not name, or lacks one it promises."""
    request = response.request
    method = "GET" if request.method == "HEAD" else request.method
    try:
        operation, _ = addresses.find(
            {"path": request.url.path, "raw_path": request.url.raw_path, "method": method}
        )
    except (NotFound, MethodNotAllowed):
        return
    if not operation.include_in_schema:
        return
    documented = _told(application).get((method, operation.path))
    if documented is None:
        return
    told = documented.get(response.status_code)
    assert told is not None, f"{operation.name} documents {response.status_code}"
    known = {name.lower() for name in SHARED}
    assert (known & response.headers.keys()) - told == set(), f"{operation.name} documents its headers"
    if response.headers["content-type"].startswith(("application/json", "application/problem+json")):
        assert (SURE & told) - response.headers.keys() == set(), (
            f"{operation.name} sends the headers it documents"
        )


_kept: dict[tuple[str, str], dict[int, set[str]]] = {}


def _told(application: Berdaya) -> dict[tuple[str, str], dict[int, set[str]]]:
    """The headers by method, path and status; every application of the suite has the same document."""
    if not _kept:
        document = application.openapi()
        shared = document["components"]["responses"]
        for path, verbs in document["paths"].items():
            for verb, told in verbs.items():
                statuses = _kept[verb.upper(), path] = {}
                for status, response in told["responses"].items():
                    whole = shared[response["$ref"].rpartition("/")[2]] if "$ref" in response else response
                    statuses[int(status)] = {name.lower() for name in whole["headers"]}
    return _kept
