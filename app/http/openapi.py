"""The OpenAPI document: FastAPI's own, with our problem model, the two ways in, and no default 422 of its own."""

from typing import Any

from fastapi.openapi.utils import get_openapi

from app.http.operation import Operation
from app.http.problems import Problem

DESCRIPTION = """
The register of a regency's villages: their cooperatives and legal papers, small businesses (UKM), trainings,
and the index that says which sector still needs strengthening.

**First steps.** `GET /v1/villages?region=64.02.04` lists the villages of Anggana. Reading is open; for writing,
make a token with `berdaya tokens create --role admin --name me` and press *Authorize*.

**Conventions.** A village is addressed by its Kemendagri code, dotted or not. `region` takes a province,
regency, district or village code and means everything in it. Lists are walked with `cursor`; send back the
`ETag` you read as `If-Match` when you change a thing, and an `Idempotency-Key` with every POST you may have to
repeat. Every refusal is a problem document (RFC 9457) whose `errors` name each fault, in English or, with
`Accept-Language: id`, in Bahasa Indonesia.
"""


def build(*, routes: list[Operation], version: str) -> dict[str, Any]:
    """The whole document for these operations."""
    document = get_openapi(
        title="Berdaya",
        version=version,
        summary="The register that lifts villages",
        description=DESCRIPTION,
        routes=routes,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(_problem_schemas())
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "A token: `berdaya tokens create …`"}
    }
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    return document


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
