"""Legality and history as JSON shows them: the same keys in the same order, whatever is known."""

from typing import Any, Literal

from app.cooperatives.ledger import Legality, Standing
from app.cooperatives.ledger_anomalies import Anomaly
from app.cooperatives.ledger_conflicts import Case
from app.cooperatives.ledger_events import Entry

Language = Literal["en", "id"]


def describe(legality: Legality, language: Language) -> dict[str, Any]:
    """The answer of `GET /v1/cooperatives/{id}/legality`; anomalies speak the caller's language.

    `milestones` are all of them, in their order, also those nobody reported.
    """
    return {
        "legality_stage": legality.legality_stage,
        "stage_since": legality.stage_since,
        "stage_since_on": legality.stage_since_on,
        "stage_milestone": legality.stage_milestone,
        "as_of": legality.as_of,
        "known_at": legality.known_at,
        "milestones": [describe_milestone(standing) for standing in legality.milestones],
        "identifiers": dict(legality.identifiers),
        "loan_ready": legality.loan_ready,
        "missing": list(legality.missing),
        "anomalies": [describe_anomaly(anomaly, language) for anomaly in legality.anomalies],
        "conflicts": [describe_case(case) for case in legality.conflicts],
    }


def describe_history(legality: Legality) -> list[dict[str, Any]]:
    """Every event in effective order with its fate."""
    return [describe_entry(entry) for entry in legality.history]


def describe_milestone(standing: Standing) -> dict[str, Any]:
    """One milestone."""
    return standing._asdict()


def describe_anomaly(anomaly: Anomaly, language: Language) -> dict[str, Any]:
    """One anomaly: code, facts and the sentence they make."""
    return {"code": anomaly.code, "facts": dict(anomaly.facts), "message": anomaly.say(language)}


def describe_case(case: Case) -> dict[str, Any]:
    """One contested number; `holder`, `reason` and `decided_at` are null while it is open."""
    decided = case.resolution
    return {
        "id": case.id,
        "kind": case.kind,
        "number": case.number,
        "claimants": list(case.claimants),
        "state": case.state,
        "holder": case.holder,
        "reason": decided.reason if decided else None,
        "decided_at": decided.decided_at if decided else None,
    }


def describe_entry(entry: Entry) -> dict[str, Any]:
    """One event of the history; of `occurred_on` and `occurred_at` the one that its source told, the other null."""
    event = entry.event
    return {
        "source": event.source,
        "event_id": event.event_id,
        "milestone": event.milestone,
        "outcome": event.outcome,
        "occurred_on": event.occurred_on if event.whole_day else None,
        "occurred_at": None if event.whole_day else event.occurred_at,
        "number": event.number,
        "issuer": event.issuer,
        "reason": event.reason,
        "supersedes": event.supersedes,
        "note": event.note,
        "received_at": event.received_at,
        "fate": entry.fate,
        "superseded_by": list(entry.superseded_by),
    }
