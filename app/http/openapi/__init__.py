"""The OpenAPI document is FastAPI's own, told to the end: whatever a client meets on the wire stands in it."""

from typing import Any

from fastapi.openapi.utils import get_openapi

from app.http.openapi import headers, parameters, refusals, schemas
from app.http.openapi.bodies import tell_body
from app.http.openapi.responses import tell_responses
from app.http.openapi.words import DESCRIPTION, SUMMARY, TAGS, TITLE, ways_in
from app.http.openapi.writing import tell_apart
from app.http.operation import Operation

Told = dict[str, Any]


def build(*, routes: list[Operation], version: str, issuer: str = "") -> Told:
    """The whole document for these operations; `issuer` is the one whose tokens let in, where there is one."""
    document: Told = get_openapi(
        title=TITLE,
        version=version,
        summary=SUMMARY,
        description=DESCRIPTION,
        routes=routes,
    )
    document = schemas.tidied(document)
    components = document["components"]
    components["parameters"] = parameters.SHARED
    components["headers"] = headers.SHARED
    components["responses"] = refusals.shared()
    schemes = components["securitySchemes"] = ways_in(issuer)
    operations = {operation.operation_id: operation for operation in routes}
    for verbs in document["paths"].values():
        for told in verbs.values():
            _tell(told, operations[told["operationId"]], components["schemas"], list(schemes))
    tell_apart(document)
    used = {tag for operation in routes for tag in operation.tags}
    document["tags"] = [{"name": name, "description": about} for name, about in TAGS.items() if name in used]
    return document


def _tell(told: Told, operation: Operation, known: Told, schemes: list[str]) -> None:
    permission = operation.permission
    if permission is not None:
        needed: list[Told] = [{name: []} for name in schemes]
        told["security"] = [{}, *needed] if operation.reads else needed
        told["x-permission"] = permission
        if not operation.reads:
            told["description"] += f"\n\nNeeds the permission `{permission}`."
    parameters.tell_parameters(told, operation, known)
    tell_body(told, operation, known)
    tell_responses(told, operation, known)
