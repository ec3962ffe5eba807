"""The fold: from the events told of a cooperative to its legality, which nobody ever writes by hand.

Law: `fold` is a function of the set of events. Any order, repetition or batches of them give the same legality
and the same history, and a late older fact never overwrites a newer one, because events take effect in the order
in which they occurred: at one time the earlier milestone first, then by `event_id`, then by source. The one thing
in which arrival decides stands in `ledger_events`; what each outcome does, in `ledger_walk`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from app.cooperatives.ledger_anomalies import Anomaly, Findings, anomalies
from app.cooperatives.ledger_conflicts import (
    Case,
    Claim,
    Number,
    Resolution,
    case,
    conflict_id,
    conflicts,
    decisions,
)
from app.cooperatives.ledger_events import Entry, Event, digest, history
from app.cooperatives.ledger_walk import Walk
from app.cooperatives.milestones import BY_NAME, LOAN, MILESTONES, UNIQUE

__all__ = [
    "Anomaly",
    "Case",
    "Claim",
    "Entry",
    "Event",
    "Legality",
    "Resolution",
    "Standing",
    "conflict_id",
    "conflicts",
    "digest",
    "fold",
]

NOBODY: Mapping[Number, Iterable[str]] = MappingProxyType({})
IDENTIFIERS = tuple(
    field
    for row in MILESTONES
    if row.identifier is not None
    for field in ((row.identifier, "sk_on") if row.name == "sk_ahu" else (row.identifier,))
)
"""The fields of `Legality.identifiers`, in milestone order; the decree has its day beside it."""


class Standing(NamedTuple):
    """One milestone: whether it stands, by which achievement, and the last word on it.

    `achieved_at` is None where only the day was told; `number` also while it is contested. `times`: standing
    achievements. `outcome`, `outcome_on` and `reason` are of the last event, None when there is none.
    """

    milestone: str
    achieved: bool = False
    achieved_on: str | None = None
    achieved_at: str | None = None
    number: str | None = None
    issuer: str | None = None
    times: int = 0
    outcome: str | None = None
    outcome_on: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Legality:
    """What the events say, as of a time and as known at a time.

    `stage_since` (instant) and `stage_since_on` (day) are those of the event by which the present stage was
    reached, `stage_milestone` the step it comes from: for `dikembalikan` and `ditolak` the step that came back.
    All three are None before any. `claims`: by kind, the number claimed, contested or not.
    """

    legality_stage: str
    stage_since: str | None
    stage_since_on: str | None
    stage_milestone: str | None
    as_of: str | None
    known_at: str | None
    milestones: tuple[Standing, ...]
    identifiers: Mapping[str, str | None]
    claims: Mapping[str, str]
    loan_ready: bool
    missing: tuple[str, ...]
    anomalies: tuple[Anomaly, ...]
    conflicts: tuple[Case, ...]
    history: tuple[Entry, ...]


def fold(
    events: Iterable[Event],
    *,
    cooperative: str,
    formation_method: str | None = None,
    held_by_others: Mapping[Number, Iterable[str]] = NOBODY,
    resolutions: Iterable[Resolution] = (),
    as_of: str | None = None,
    known_at: str | None = None,
) -> Legality:
    """The legality of one cooperative.

    `events`: see `ledger_events.history` for what may be among them. `held_by_others`: by (kind, number), the
    cooperatives beside this one that claim it (their `claims`, at the same `as_of` and `known_at`); only the
    numbers that this cooperative claims are looked up. `resolutions`: the officers' decisions about them.
    `as_of` ignores what occurred later, `known_at` what was received (or decided) later; canonical instants.

    A milestone whose number is contested stands; only the number is None, until an officer decides whose it is,
    and after that for all but the holder.
    """
    known = history(events, cooperative=cooperative, as_of=as_of, known_at=known_at)
    counted = [entry.event for entry in known.entries if entry.fate == "folded"]
    walk = Walk()
    for event in counted:
        walk.take(event)
    speaking = walk.speaking()
    claims = _claims(speaking)
    contested = _contested(claims, cooperative, held_by_others, decisions(resolutions, known_at=known_at))
    withheld = {one.kind for one in contested if one.holder != cooperative}
    lost = [one for one in contested if one.holder is not None and one.kind in withheld]
    missing = tuple([name for name in LOAN if not _has(walk, name)])
    return Legality(
        legality_stage=walk.stage,
        stage_since=walk.reached_by.occurred_at if walk.reached_by else None,
        stage_since_on=walk.reached_by.occurred_on if walk.reached_by else None,
        stage_milestone=walk.step,
        as_of=as_of,
        known_at=known_at,
        milestones=tuple([_standing(row.name, walk, speaking, withheld) for row in MILESTONES]),
        identifiers=_identifiers(speaking, withheld),
        claims=claims,
        loan_ready=not missing,
        missing=missing,
        anomalies=anomalies(Findings(walk, known, counted, lost, formation_method)),
        conflicts=tuple([one for one in contested if one.state == "open"]),
        history=known.entries,
    )


def _claims(speaking: Mapping[str, Event]) -> dict[str, str]:
    papers = [(kind, speaking[kind].number) for kind in UNIQUE if kind in speaking]
    return {kind: number for kind, number in papers if number is not None}


def _contested(
    claims: Mapping[str, str],
    cooperative: str,
    held_by_others: Mapping[Number, Iterable[str]],
    decided: Mapping[str, Resolution],
) -> list[Case]:
    cases = (
        case(kind, number, [cooperative, *held_by_others[kind, number]], decided)
        for kind, number in claims.items()
        if (kind, number) in held_by_others
    )
    return [one for one in cases if one is not None]


def _has(walk: Walk, name: str) -> bool:
    """Whether a paper that a loan asks for is there; the decree is only while it makes a legal body."""
    return walk.stage == "berbadan_hukum" if name == "sk_ahu" else bool(walk.standing.get(name))


def _standing(
    milestone: str, walk: Walk, speaking: Mapping[str, Event], withheld: Collection[str]
) -> Standing:
    last = walk.last.get(milestone)
    if last is None:
        return _UNREPORTED[milestone]
    paper = speaking.get(milestone)
    if paper is None:
        return Standing(milestone, outcome=last.outcome, outcome_on=last.occurred_on, reason=last.reason)
    papers = walk.standing[milestone]
    return Standing(
        milestone,
        True,
        papers[-1].occurred_on,
        None if papers[-1].whole_day else papers[-1].occurred_at,
        None if milestone in withheld else paper.number,
        paper.issuer,
        len(papers),
        last.outcome,
        last.occurred_on,
        last.reason,
    )


def _identifiers(speaking: Mapping[str, Event], withheld: Collection[str]) -> dict[str, str | None]:
    identifiers: dict[str, str | None] = dict.fromkeys(IDENTIFIERS)
    for milestone, paper in speaking.items():
        field = BY_NAME[milestone].identifier
        if field is not None and milestone not in withheld:
            identifiers[field] = paper.number
    if "sk_ahu" in speaking:
        identifiers["sk_on"] = speaking["sk_ahu"].occurred_on
    return identifiers


_UNREPORTED: Mapping[str, Standing] = MappingProxyType({row.name: Standing(row.name) for row in MILESTONES})
