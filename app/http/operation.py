"""An operation is a FastAPI route served lean: permission, arguments, endpoint, answer; no solver, no exit stacks.

FastAPI keeps what it is best at, the document: each `Operation` is an `APIRoute`, so the OpenAPI text, the
response models and the docs page are its own. What it would do per request is done here in a few steps.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import params
from pydantic import BaseModel

from app.http.answers import Answer
from app.http.arguments import Signature
from app.http.ask import Ask
from app.http.caller import READ
from app.http.described import DescribedLater
from app.http.problems import Forbidden, Problem, Unauthenticated

Endpoint = Callable[..., Any]
Admission = Callable[[Ask], Awaitable[None]]

_CHANGES = frozenset({"PATCH", "PUT", "DELETE"})
_ALWAYS = frozenset({401, 422, 500, 503})
_OF_A_BODY = frozenset({400, 413, 415})


class Operation(DescribedLater):
    """One method at one path.

    `permission` is what the caller's role must include, None for what is open to anybody; `stores` says that
    the operation honours an Idempotency-Key; `tagged` that its answer has an ETag although its shape has no version;
    `newest` that it only makes sense of what was committed last, so that no replica answers it; `keyed` that it begins
    with `Ask.one`, so that its caller may be presumed until then.
    `admits` lets in by the request itself where no token says who asks: before anything else it fills in the caller
    and the attempt, or raises `Unauthenticated`.
    """

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        permission: str | None,
        refuses: Sequence[int] = (),
        stores: bool = False,
        tagged: bool = False,
        newest: bool = False,
        keyed: bool = False,
        admits: Admission | None = None,
        **options: Any,
    ) -> None:
        self.permission = permission
        self.stores = stores
        self.tagged = tagged
        self.keyed = keyed
        self.admits = admits
        self.replays = stores or admits is not None
        options.setdefault("response_model", None)
        super().__init__(path, endpoint, **options)
        self.path_names = list(self.param_convertors)
        self.signature = Signature(endpoint, self.path_names)
        self.verbs: frozenset[str] = frozenset(self.methods or ())
        self.patches = "PATCH" in self.verbs
        self.reads = permission == READ
        self.beside = self.reads and not newest
        self.writes = "GET" not in self.verbs and (admits is not None or permission not in (None, READ))
        self.counted = path.startswith("/v1/")
        self.conditional = bool(self.verbs & _CHANGES) or 412 in refuses
        self.refusals = self._refusals(refuses)
        for status in self.refusals:
            self.responses.setdefault(status, {})

    async def answer(self, ask: Ask) -> Answer:
        """Serve one request: 401, 403, 422, then whatever the endpoint says."""
        if self.admits is not None:
            await self.admits(ask)
        permission = self.permission
        if permission is not None and permission not in ask.caller.permissions:
            if not ask.caller.id:
                raise Unauthenticated
            raise Forbidden("access.forbidden", permission=permission)
        try:
            values = await self.signature.values(ask, patch=self.patches)
            answer: Answer = await self.endpoint(**values)
        finally:
            if ask.presumed is not None:
                await ask.prove()
        return answer

    def _refusals(self, refuses: Sequence[int]) -> list[int]:
        """Every status of a problem that this operation can answer with."""
        statuses = _ALWAYS.union(refuses)
        if self.counted:
            statuses |= {429}
        if self.permission is not None:
            statuses |= {403}
        if self.signature.body is not None:
            statuses |= _OF_A_BODY
        if self.conditional:
            statuses |= {412, 428}
        if self.replays or self.verbs & _CHANGES:
            statuses |= {409}
        if "content" in self.responses.get(200, {}) and self.signature.query is not None:
            statuses |= {406}
        return sorted(statuses)


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
