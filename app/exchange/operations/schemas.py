"""The shapes of an outbox at the door: up to 200 operations, each judged alone."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, SkipValidation, ValidationInfo, field_validator
from pydantic.json_schema import WithJsonSchema

from app.exchange.operations.kind import Action
from app.http.fields import Input, fault

AT_MOST = 200
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

ResourceType = Literal[
    "village",
    "cooperative",
    "ukm",
    "ukm_year",
    "group",
    "training",
    "enrolment",
    "follow_up",
    "idm_record",
]
TYPES = get_args(ResourceType)


def is_uuid7(text: str) -> bool:
    """Whether a text is a UUIDv7 as this API writes one."""
    return _UUID7.fullmatch(text) is not None


def _uuid7(text: str) -> str:
    if not is_uuid7(text):
        raise fault("operation.uuid7")
    return text


Uuid7 = Annotated[str, AfterValidator(_uuid7), WithJsonSchema({"type": "string", "format": "uuid"})]


class OutboxOperation(Input):
    """One thing that was done while offline."""

    id: Uuid7 = Field(
        description="the operation's own, a UUIDv7 made by the client",
        examples=["019b8c3a-7f40-7000-8000-000000000001"],
    )
    action: Action
    type: ResourceType
    resource_id: str = Field(
        min_length=1,
        max_length=80,
        description="what it is about: for a create a UUIDv7 made by the client. A village is meant by its `code`, "
        "a UKM's year by `<ukm_id>/<year>`, an IDM by `<village_code>/<year>`, an enrolment or follow-up by "
        "`<training_id>/<id>`",
    )
    data: dict[str, Any] | None = Field(
        default=None,
        validate_default=True,
        description="the body that the single request would have: of POST or PUT for a create, of PATCH (of PUT, where "
        "there is no PATCH) for an update; none for a delete",
    )
    expected_version: Annotated[int, Field(ge=1, le=2_147_483_647)] | None = Field(
        default=None,
        description="of an update or a delete: the version that was seen, as If-Match tells it",
    )

    @field_validator("data")
    @classmethod
    def _with_what(cls, data: dict[str, Any] | None, given: ValidationInfo) -> dict[str, Any] | None:
        action = given.data.get("action")
        if action == "delete" and data is not None:
            raise fault("field.unknown")
        if action in ("create", "update") and data is None:
            raise fault("field.required")
        return data

    @field_validator("expected_version")
    @classmethod
    def _of_what_is_there(cls, version: int | None, given: ValidationInfo) -> int | None:
        if version is not None and given.data.get("action") == "create":
            raise fault("field.unknown")
        return version


class Outbox(Input):
    """What a client did while it was offline, in the order in which it was done."""

    operations: list[SkipValidation[OutboxOperation]] = Field(min_length=1, max_length=AT_MOST)
