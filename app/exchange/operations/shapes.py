"""The documented shapes of what became of an outbox."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.exchange.operations.schemas import ResourceType
from app.http.fields import Output
from app.http.problems import ProblemError

Fate = Literal["applied", "replayed", "conflict", "refused"]


Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""The value of a field, in the form JSON has it."""


class OperationProblem(Output):
    """Why an operation was refused: what the single request would have been answered; some carry more members."""

    model_config = ConfigDict(extra="allow")

    status: int = Field(description="the HTTP status that the single request would have had")
    code: str = Field(description="stable, for programs", examples=["village.not_found"])
    detail: str = Field(description="what is wrong, for people")
    errors: list[ProblemError] = Field(
        description="every fault; pointers begin at the operation, as `/data/name`"
    )


class FieldConflict(Output):
    """A field that the client wants to change and that has another value now."""

    field: str
    yours: Value = Field(description="what the operation wants it to be")
    theirs: Value = Field(description="what it is now")
    base: Value = Field(
        default=None,
        description="what it was at `expected_version`, where that is still known and not personal",
    )
    masked: bool = Field(default=False, description="true: `theirs` is personal and not for this caller")


class OperationResult(Output):
    """What became of one operation."""

    index: int = Field(description="its place in the outbox, from 0")
    id: str | None = Field(description="the operation's own; null where it could not be read")
    status: Fate
    type: ResourceType | None
    resource_id: str | None
    version: int | None = Field(
        description="of the thing: after the operation; in a conflict the present one; null when refused"
    )
    data: dict[str, Any] | None = Field(
        default=None,
        description="the thing as this operation left it, personal fields as the caller may see them",
    )
    problem: OperationProblem | None = None
    conflicts: list[FieldConflict] | None = None


class OutboxOut(Output):
    """What became of an outbox."""

    applied: int
    replayed: int = Field(description="done by an earlier sending, and nothing now")
    conflicts: int
    refused: int
    results: list[OperationResult]
