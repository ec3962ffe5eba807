"""What a body is sent as, with an example that can be sent as it stands."""

from typing import Any

from app.http.openapi import recorded
from app.http.openapi.examples import PUT_TOGETHER, example_of, shown
from app.http.operation import Operation

Told = dict[str, Any]


def tell_body(told: Told, operation: Operation, schemas: Told) -> None:
    """Finish the body of an operation, where it takes one."""
    if "requestBody" not in told:
        return
    content = told["requestBody"]["content"]
    media = content["application/json"]
    if "examples" not in media and "example" not in media:
        asked = recorded.body(operation.name)
        media["examples"] = (
            shown(recorded.ASKED, asked)
            if asked is not None
            else shown(PUT_TOGETHER, example_of(media["schema"], schemas))
        )
    if operation.patches:
        # The first is its own name, and what the page sends; both are read as a merge patch.
        told["requestBody"]["content"] = {"application/merge-patch+json": media, "application/json": media}
