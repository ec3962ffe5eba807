"""The documented shapes of what the ledger answers."""

from typing import Any, Literal

from pydantic import Field

from app.cooperatives.legality.schemas import MilestoneName, NumberKind, Outcome, PushStatus
from app.cooperatives.schemas import LegalityStage
from app.http.fields import Output


class ProblemOfEvent(Output):
    """Why an event was rejected."""

    code: str
    errors: list[dict[str, str]]


class PushResult(Output):
    """What became of one event."""

    index: int
    event_id: str | None
    status: PushStatus
    cooperative_id: str | None
    legality_stage: LegalityStage | None
    conflict: str | None = Field(description="id of the open case about the number it brought")
    problem: ProblemOfEvent | None = None


class PushOut(Output):
    """What became of a batch."""

    applied: int
    duplicates: int
    conflicts: int
    rejected: int
    waiting: int
    results: list[PushResult]


class LegalityEventOut(Output):
    """An event as it is kept."""

    id: str
    source: str
    event_id: str
    cooperative_id: str | None = Field(description="null while it waits for its cooperative")
    village_code: str | None
    milestone: MilestoneName
    outcome: Outcome
    occurred_on: str | None
    occurred_at: str | None
    number: str | None
    issuer: str | None
    reason: str | None
    supersedes: str | None
    note: str | None
    received_at: str
    version: int
    created_at: str
    updated_at: str


class EventApplied(LegalityEventOut):
    """An event that was pushed alone, with what it led to."""

    legality_stage: LegalityStage | None
    conflict: str | None = Field(description="id of the open case about the number it brought")


class MilestoneOut(Output):
    """One milestone as it stands."""

    milestone: MilestoneName
    achieved: bool
    achieved_on: str | None
    achieved_at: str | None
    number: str | None = Field(description="null while it is contested")
    issuer: str | None
    times: int
    outcome: Outcome | None = Field(description="of the last event")
    outcome_on: str | None
    reason: str | None


class AnomalyOut(Output):
    """What an official should look at."""

    code: str
    facts: dict[str, Any]
    message: str


class CaseOut(Output):
    """A number that two cooperatives claim."""

    id: str
    kind: NumberKind
    number: str
    claimants: list[str]
    state: Literal["open", "resolved"]
    holder: str | None
    reason: str | None
    decided_at: str | None


class CasePage(Output):
    """Contested numbers."""

    items: list[CaseOut]
    next_cursor: str | None


class LegalityOut(Output):
    """The legality of a cooperative, as of a time and as known at a time."""

    cooperative_id: str
    legality_stage: LegalityStage
    stage_since: str | None
    stage_since_on: str | None
    stage_milestone: MilestoneName | None
    as_of: str | None
    known_at: str | None
    milestones: list[MilestoneOut]
    identifiers: dict[str, str | None]
    loan_ready: bool
    missing: list[str]
    anomalies: list[AnomalyOut]
    conflicts: list[CaseOut]
    history: list[dict[str, Any]]


class ResolutionOut(Output):
    """A decision."""

    id: str
    conflict_id: str
    kind: NumberKind
    number: str
    holder: str
    reason: str
    decided_at: str
    decided_by: str
    version: int
    created_at: str
    updated_at: str


class ReceiptOut(Output):
    """What became of an event, for its sender; the first of an id counts, others are conflicting."""

    event_id: str
    source: str
    events: list[dict[str, Any]]
