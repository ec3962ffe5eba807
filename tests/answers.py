"""Every answer of the suite is held, strictly, to the shape its operation documents."""

from collections.abc import Awaitable, Callable

import httpx
from pydantic import TypeAdapter

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
