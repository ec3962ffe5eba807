"""Which of the stored events count: of one id the body received first, unless its own source has corrected it.

Law: the answer depends on the set of stored events alone, never on their order, repetition or batches. There is
one thing in which arrival decides: when a source uses an `event_id` again with another body, the one received
first counts and the others are shown as `conflicting`; what was received in the same instant is ordered by its
digest. Everything else follows from what the events say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Literal, NamedTuple

from app.cooperatives.milestones import RANK

Key = tuple[str, str]
"""(source, event_id): what names an event for its sender."""

Fate = Literal["folded", "superseded", "conflicting", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing a source has told of one cooperative, as stored.

    `occurred_at` is a canonical instant; where the source told a day only, `whole_day` is true and the instant
    is the end of that day. `occurred_on` is its day. Both are judged in the office's zone by the caller.
    `number` is canonical (`numbers.normalise`). `supersedes` is an `event_id` of the same source.
    """

    cooperative: str
    source: str
    event_id: str
    milestone: str
    outcome: str
    occurred_at: str
    occurred_on: str
    whole_day: bool
    received_at: str
    number: str | None = None
    issuer: str | None = None
    reason: str | None = None
    supersedes: str | None = None
    note: str | None = None


class Entry(NamedTuple):
    """An event and what became of it; `superseded_by` holds ids of the same source, sorted.

    `later`: it occurred after the time that was asked about.
    """

    event: Event
    fate: Fate
    superseded_by: tuple[str, ...] = ()


class History(NamedTuple):
    """Every event of one cooperative in effective order, and the corrections that cannot be as they were meant.

    `unmatched` correct something that has not arrived; `in_circle` correct one another.
    """

    entries: tuple[Entry, ...]
    unmatched: tuple[Event, ...]
    in_circle: tuple[Event, ...]


def body(event: Event) -> tuple[str | bool | None, ...]:
    """What an event says: two with the same key and body are one event, whichever door they came by."""
    return (
        event.cooperative,
        event.milestone,
        event.outcome,
        event.whole_day,
        event.occurred_on if event.whole_day else event.occurred_at,
        event.number,
        event.issuer,
        event.reason,
        event.supersedes,
        event.note,
    )


def digest(event: Event) -> str:
    """The SHA-256 of key and body in hex: equal exactly when both are."""
    return sha256(dumps([event.source, event.event_id, *body(event)]).encode()).hexdigest()


def history(
    events: Iterable[Event], *, cooperative: str, as_of: str | None = None, known_at: str | None = None
) -> History:
    """What the office knew of a cooperative at `known_at`, with the fate of each event as of `as_of`.

    `events` are those of the cooperative, and of others what bears on them: whatever shares source and
    `event_id` with one of them, corrects it or is corrected by it (a source that told an event of the wrong
    cooperative corrects it with an event of the right one). Anything beyond that changes nothing.

    A correction is knowledge, not a happening: it counts from when it was received, even if the day it
    names lies after `as_of`. What is corrected stays corrected when the correction is corrected in turn. So of
    a chain only the last counts, and of a circle none does, until its source sends another correction.
    """
    told: dict[Key, list[Event]] = {}
    for event in events:
        if known_at is None or event.received_at <= known_at:
            told.setdefault((event.source, event.event_id), []).append(event)
    bodies = {key: same if len(same) == 1 else _bodies(same) for key, same in told.items()}
    corrections = _corrections(bodies)
    placed = [
        (event.occurred_at, RANK[event.milestone], event.event_id, event.source, place, event)
        for same in bodies.values()
        for place, event in enumerate(same)
        if event.cooperative == cooperative
    ]
    placed.sort()  # no two are alike before the event itself
    entries = tuple([_entry(event, place, corrections, as_of) for _, _, _, _, place, event in placed])
    if not corrections:
        return History(entries, (), ())
    amiss = _amiss(bodies, corrections)
    counted = [event for _, _, _, _, place, event in placed if place == 0]
    return History(
        entries,
        *(tuple([event for event in counted if (event.source, event.event_id) in keys]) for keys in amiss),
    )


def _bodies(same: list[Event]) -> list[Event]:
    """The bodies told under one key, the one that counts first; of equal ones the first received."""
    first: dict[tuple[str | bool | None, ...], Event] = {}
    for event in sorted(same, key=lambda event: (event.received_at, event.occurred_at, event.occurred_on)):
        first.setdefault(body(event), event)
    return sorted(first.values(), key=lambda event: (event.received_at, digest(event)))


def _corrections(bodies: Mapping[Key, list[Event]]) -> dict[Key, list[str]]:
    """By key of what is corrected, the ids that correct it."""
    corrections: dict[Key, list[str]] = {}
    for counted, *_ in bodies.values():
        if counted.supersedes is not None:
            corrections.setdefault((counted.source, counted.supersedes), []).append(counted.event_id)
    return corrections


def _entry(event: Event, place: int, corrections: Mapping[Key, list[str]], as_of: str | None) -> Entry:
    if place:
        return Entry(event, "conflicting")
    if corrections and (by := corrections.get((event.source, event.event_id))):
        return Entry(event, "superseded", tuple(sorted(by)))
    return Entry(event, "later" if as_of is not None and event.occurred_at > as_of else "folded", ())


def _amiss(
    bodies: Mapping[Key, list[Event]], corrections: Mapping[Key, list[str]]
) -> tuple[set[Key], set[Key]]:
    """The keys of corrections that have nothing to correct, and of those that only correct one another."""
    aims = {
        key: (counted.source, counted.supersedes)
        for key, (counted, *_) in bodies.items()
        if counted.supersedes is not None
    }
    unmatched = {key for key, aim in aims.items() if aim not in bodies and key not in corrections}
    return unmatched, {
        key
        for circle in _circles(aims)
        if all((key[0], by) in circle for key in circle for by in corrections[key])
        for key in circle
    }


def _circles(aims: Mapping[Key, Key]) -> Iterator[set[Key]]:
    """Each set of keys that following `aims` leads around in."""
    settled: set[Key] = set()
    for start in aims:
        path: list[Key] = []
        key = start
        while key in aims and key not in settled:
            settled.add(key)
            path.append(key)
            key = aims[key]
        if key in path:
            yield set(path[path.index(key) :])
