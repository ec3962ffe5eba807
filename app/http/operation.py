"""An operation is a FastAPI route served lean: permission, arguments, endpoint, answer; no solver, no exit stacks.

FastAPI keeps what it is best at, the document: each `Operation` is an `APIRoute`, so the OpenAPI text, the
response models and the docs page are its own. What it would do per request is done here in a few steps.
"""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import params
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.http.answers import Answer
from app.http.arguments import Signature
from app.http.ask import Ask
from app.http.caller import READ
from app.http.problems import Forbidden, Problem, Unauthenticated

Endpoint = Callable[..., Any]

_PROBLEMS: dict[int, str] = {
    308: "The code was retired; `Location` is the present address",
    400: "The bytes of the body are no JSON",
    401: "No token, or one that is wrong, expired or revoked",
    403: "The role lacks the permission",
    404: "It does not exist for this caller",
    406: "Not available in the media types asked for",
    409: "The register says otherwise",
    412: "Changed since the version in If-Match",
    413: "The body is over its limit",
    415: "The body has another media type",
    422: "Well formed and wrong; every fault is named",
    428: "This installation demands If-Match",
    503: "The database or the time is missing; try again after Retry-After",
}


class Operation(APIRoute):
    """One method at one path.

    `permission` is what the caller's role must include, None for what is open to anybody; `stores` says that
    the operation honours an Idempotency-Key; `personal` that its answer may hold personal fields.
    """

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        permission: str | None,
        refuses: Sequence[int] = (),
        stores: bool = False,
        **options: Any,
    ) -> None:
        self.permission = permission
        self.stores = stores
        options.setdefault("response_model", None)
        super().__init__(path, endpoint, **options)
        self.path_names = list(self.param_convertors)
        self.signature = Signature(endpoint, self.path_names)
        self.verbs: frozenset[str] = frozenset(self.methods or ())
        self.patches = "PATCH" in self.verbs
        self._document(refuses)

    async def answer(self, ask: Ask) -> Answer:
        """Serve one request: 401, 403, 422, then whatever the endpoint says."""
        permission = self.permission
        if permission is not None and permission not in ask.caller.permissions:
            if not ask.caller.id:
                raise Unauthenticated
            raise Forbidden("access.forbidden", permission=permission)
        values = await self.signature.values(ask, patch=self.patches)
        answer: Answer = await self.endpoint(**values)
        return answer

    def _document(self, refuses: Sequence[int]) -> None:
        statuses = {401, 503, *refuses}
        if self.permission is not None:
            statuses.add(403)
        if self.signature.body is not None:
            statuses |= {400, 413, 415, 422}
        if self.signature.paths or self.signature.query or self.stores:
            statuses.add(422)
        if "content" in self.responses.get(200, {}):
            statuses.add(406)
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for status in sorted(statuses):
            self.responses.setdefault(status, {"description": _PROBLEMS[status], "content": content})
        extra = dict(self.openapi_extra or {})
        if self.permission is not None:
            extra["security"] = [{}, {"bearer": []}] if self.permission == READ else [{"bearer": []}]
            extra["x-permission"] = self.permission
        if self.stores:
            extra["parameters"] = [*extra.get("parameters", []), _IDEMPOTENCY_KEY]
        if self.verbs & {"PATCH", "PUT", "DELETE"}:
            extra["parameters"] = [*extra.get("parameters", []), _IF_MATCH]
        self.openapi_extra = extra


_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any text of yours that names this attempt: a retry with it has no second effect and gets the "
    "first answer again, with `Idempotent-Replayed: true`. Kept for 7 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "5f0c1f0e-8f0c-4d8e-9a53-0e1a52f2b0c7",
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag you read; when the thing has changed since, nothing is written and the answer is 412.",
    "schema": {"type": "string"},
    "example": '"3"',
}


class Operations:
    """The operations of one feature: a table of contents that `main` adds to the application."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.routes: list[Operation] = []

    def get(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a reading operation; `permission=None` for what stays open even where reading is not public."""
        return self._declare("GET", path, {"permission": READ, **options})

    def post(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a POST that stores and answers 201, unless `stores=False, status_code=200`."""
        return self._declare("POST", path, {"stores": True, "status_code": 201, **options})

    def put(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a PUT that replaces a whole record."""
        return self._declare("PUT", path, options)

    def patch(self, path: str, *, patch: type[BaseModel], **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a JSON Merge Patch; the endpoint's parameter `patch` is read as that model."""
        declare = self._declare("PATCH", path, options)

        def with_model(endpoint: Endpoint) -> Endpoint:
            endpoint.__annotations__["patch"] = patch
            return declare(endpoint)

        return with_model

    def delete(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a DELETE, which answers 204 with nothing."""
        return self._declare("DELETE", path, {"status_code": 204, **options})

    def _declare(self, method: str, path: str, options: dict[str, Any]) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            self.routes.append(
                Operation(
                    path,
                    endpoint,
                    methods=[method],
                    tags=[self.tag],
                    operation_id=endpoint.__name__,
                    **options,
                )
            )
            return endpoint

        return declare


Query = params.Query
"""Marks a parameter as the model of the query string: `query: Annotated[VillageQuery, Query()]`."""

__all__ = ["Operation", "Operations", "Problem", "Query"]
