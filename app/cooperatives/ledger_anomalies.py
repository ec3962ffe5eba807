"""What an official should look at: a ledger takes every fact as it comes, and says what does not fit.

Law: an anomaly never refuses, hides or changes anything. Each rule below names what it found by code and facts;
days are compared as days, so an instant and a date of the same day are never out of order.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple

from app.cooperatives.ledger_conflicts import Case
from app.cooperatives.ledger_events import Event, History
from app.cooperatives.ledger_walk import Walk
from app.cooperatives.milestones import (
    CHAIN,
    DATES_IN_ORDER,
    MILESTONES,
    NEWLY_FORMED,
    OF_A_LEGAL_BODY,
)

Facts = Mapping[str, str | list[str] | None]


class Anomaly(NamedTuple):
    """One thing that does not fit: its code, and the facts that fill its text."""

    code: str
    facts: Facts

    def say(self, language: Literal["en", "id"]) -> str:
        """The anomaly as a sentence."""
        return TEXTS[self.code][language == "id"].format_map(
            {name: ", ".join(fact) if isinstance(fact, list) else fact for name, fact in self.facts.items()}
        )


class Findings(NamedTuple):
    """All that the rules look at; `lost`: cases that were decided for another cooperative."""

    walk: Walk
    history: History
    counted: list[Event]
    lost: list[Case]
    formation_method: str | None


TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "predecessor_missing": (
            "{milestone} was never reported, though {reached} was achieved.",
            "{milestone} belum pernah dilaporkan, padahal {reached} sudah tercapai.",
        ),
        "dates_out_of_order": (
            "{milestone} is dated {on}, before {predecessor} on {predecessor_on}.",
            "{milestone} bertanggal {on}, mendahului {predecessor} pada {predecessor_on}.",
        ),
        "before_legal_body": (
            "{milestone} is dated {on}, before the cooperative had its SK AHU.",
            "{milestone} bertanggal {on}, sebelum koperasi memiliki SK AHU.",
        ),
        "after_dissolution": (
            "{milestone} is dated {on}, after the dissolution on {dissolved_on}.",
            "{milestone} bertanggal {on}, setelah pembubaran pada {dissolved_on}.",
        ),
        "sent_back_after_decree": (
            "{milestone} was sent back on {on}, although the SK AHU stands.",
            "{milestone} dikembalikan atau ditolak pada {on}, padahal SK AHU masih berlaku.",
        ),
        "nothing_to_end": (
            "{milestone} is reported as {outcome} on {on}, but nothing of it stood then.",
            "{milestone} dilaporkan {outcome} pada {on}, tetapi saat itu tidak ada yang berlaku.",
        ),
        "numbers_differ": (
            "{milestone} was achieved with different numbers: {numbers}. The latest one is shown.",
            "{milestone} tercapai dengan nomor yang berbeda: {numbers}. Yang terakhir yang ditampilkan.",
        ),
        "number_of_another": (
            "The number of {milestone} was decided to be another cooperative's.",
            "Nomor {milestone} telah diputuskan sebagai milik koperasi lain.",
        ),
        "id_reused": (
            "{source} used the id {event_id} for different content; only what was received first counts.",
            "{source} memakai id {event_id} untuk isi yang berbeda; hanya yang diterima pertama yang dihitung.",
        ),
        "correction_unmatched": (
            "{event_id} of {source} corrects {supersedes}, which has not arrived.",
            "{event_id} dari {source} mengoreksi {supersedes} yang belum diterima.",
        ),
        "corrections_in_circle": (
            "{event_id} of {source} is part of corrections that correct one another; none of them counts.",
            "{event_id} dari {source} termasuk koreksi yang saling mengoreksi; tidak satu pun dihitung.",
        ),
    }
)


def anomalies(findings: Findings) -> tuple[Anomaly, ...]:
    """All anomalies, rule by rule, and within a rule in milestone or effective order."""
    return tuple([anomaly for rule in _RULES for anomaly in rule(findings)])


def _predecessor_missing(findings: Findings) -> Iterator[Anomaly]:
    walk = findings.walk
    reached = next((step for step in reversed(CHAIN) if walk.standing.get(step)), None)
    if reached is not None:
        for step in CHAIN[: CHAIN.index(reached)]:
            if step not in walk.achieved:
                yield Anomaly("predecessor_missing", {"milestone": step, "reached": reached})


def _dates_out_of_order(findings: Findings) -> Iterator[Anomaly]:
    standing = findings.walk.standing
    days = [(step, standing[step][0].occurred_on) for step in DATES_IN_ORDER if standing.get(step)]
    for (predecessor, predecessor_on), (step, on) in pairwise(days):
        if on < predecessor_on:
            yield Anomaly(
                "dates_out_of_order",
                {"milestone": step, "on": on, "predecessor": predecessor, "predecessor_on": predecessor_on},
            )


def _before_legal_body(findings: Findings) -> Iterator[Anomaly]:
    if findings.formation_method != NEWLY_FORMED:
        return
    decrees = findings.walk.achieved.get("sk_ahu")
    for milestone in OF_A_LEGAL_BODY:
        papers = findings.walk.standing.get(milestone)
        if papers and (not decrees or papers[0].occurred_on < decrees[0].occurred_on):
            yield Anomaly("before_legal_body", {"milestone": milestone, "on": papers[0].occurred_on})


def _after_dissolution(findings: Findings) -> Iterator[Anomaly]:
    dissolutions = findings.walk.standing.get("pembubaran")
    if dissolutions:
        dissolved_on = dissolutions[0].occurred_on
        for event in findings.counted:
            if (
                event.outcome == "achieved"
                and event.milestone != "pembubaran"
                and event.occurred_on > dissolved_on
            ):
                yield _of(event, "after_dissolution", dissolved_on=dissolved_on)


def _sent_back_after_decree(findings: Findings) -> Iterator[Anomaly]:
    if findings.walk.standing.get("sk_ahu"):
        for event in findings.walk.sent_back.values():
            yield _of(event, "sent_back_after_decree")


def _nothing_to_end(findings: Findings) -> Iterator[Anomaly]:
    for event in findings.walk.idle:
        yield _of(event, "nothing_to_end", outcome=event.outcome)


def _numbers_differ(findings: Findings) -> Iterator[Anomaly]:
    for row in MILESTONES:
        papers = findings.walk.standing.get(row.name)
        if papers and len(papers) > 1 and row.identifier is not None:
            numbers = list(dict.fromkeys(paper.number for paper in papers if paper.number is not None))
            if len(numbers) > 1:
                yield Anomaly("numbers_differ", {"milestone": row.name, "numbers": numbers})


def _number_of_another(findings: Findings) -> Iterator[Anomaly]:
    for case in findings.lost:
        yield Anomaly(
            "number_of_another", {"milestone": case.kind, "number": case.number, "conflict": case.id}
        )


def _id_reused(findings: Findings) -> Iterator[Anomaly]:
    again = {
        (entry.event.source, entry.event.event_id)
        for entry in findings.history.entries
        if entry.fate == "conflicting"
    }
    for source, event_id in sorted(again):
        yield Anomaly("id_reused", {"source": source, "event_id": event_id})


def _correction_unmatched(findings: Findings) -> Iterator[Anomaly]:
    for event in findings.history.unmatched:
        yield Anomaly("correction_unmatched", {**_key(event), "supersedes": event.supersedes})


def _corrections_in_circle(findings: Findings) -> Iterator[Anomaly]:
    for event in findings.history.in_circle:
        yield Anomaly("corrections_in_circle", _key(event))


def _key(event: Event) -> dict[str, str | list[str] | None]:
    return {"source": event.source, "event_id": event.event_id}


def _of(event: Event, code: str, **facts: str) -> Anomaly:
    return Anomaly(code, {"milestone": event.milestone, "on": event.occurred_on, **facts, **_key(event)})


_RULES: tuple[Callable[[Findings], Iterator[Anomaly]], ...] = (
    _predecessor_missing,
    _dates_out_of_order,
    _before_legal_body,
    _after_dissolution,
    _sent_back_after_decree,
    _nothing_to_end,
    _numbers_differ,
    _number_of_another,
    _id_reused,
    _correction_unmatched,
    _corrections_in_circle,
)
