"""The laws of the ledger, over any history that a store may come to hold."""

from dataclasses import replace
from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cooperatives.ledger import Event, Legality
from app.cooperatives.ledger_events import body
from app.cooperatives.milestones import LOAN, NUMBERED, STAGES
from tests.cooperatives.histories import (
    DAYS,
    INSTANTS,
    NIB,
    end_of,
    key,
    ledgers,
    legality,
    randoms,
    sent_again,
    shared_stores,
    stores,
    text,
    told,
)

THOUSANDS = settings(max_examples=1000, deadline=None)
HUNDREDS = settings(max_examples=150, deadline=None)


@THOUSANDS
@given(stores, randoms)
def test_any_order_repetition_or_batching_gives_the_same_legality_and_history(
    events: list[Event], random: Random
) -> None:
    again = sent_again(events, random)

    assert text(legality(again)) == text(legality(events))


@HUNDREDS
@given(ledgers, randoms)
def test_when_an_event_arrives_does_not_matter(events: list[Event], random: Random) -> None:
    arrived = [replace(event, received_at=random.choice(INSTANTS)) for event in events]

    as_sent, as_arrived = legality(events), legality(arrived)

    assert _state(as_arrived) == _state(as_sent)
    assert [entry.event.event_id for entry in as_arrived.history] == [
        entry.event.event_id for entry in as_sent.history
    ]


def test_every_order_of_six_events_ends_in_the_same_state() -> None:
    events = [
        told("musdesus", "2025-05-28"),
        told("pengajuan_sabh", "2025-06-05"),
        told("pengajuan_sabh", "2025-06-09", "returned", reason="a signature is missing", event_id="r"),
        told("pengajuan_sabh", "2025-06-12", event_id="s", supersedes="wrong"),
        told("sk_ahu", "2025-06-11", number="AHU-0000009.AH.01.29.TAHUN 2025", event_id="wrong"),
        told("nib", "2025-06-20", number=NIB),
    ]

    told_of = {text(legality(order)) for order in permutations(events)}

    assert len(told_of) == 1
    assert legality(events).legality_stage == "diajukan"


@HUNDREDS
@given(ledgers, st.sampled_from(sorted(NUMBERED)), st.sampled_from(DAYS))
def test_a_late_older_fact_never_overwrites_a_newer_one(events: list[Event], kind: str, on: str) -> None:
    before = legality(events)
    newer = [paper for paper in before.milestones if paper.milestone == kind and paper.achieved]
    late = told(
        kind, on, at="00:01", number="9" * 13, event_id="late", received_at="2026-01-01T00:00:00.000000Z"
    )

    after = legality([*events, late])

    if newer and newer[0].achieved_on is not None and newer[0].achieved_on > on:
        assert after.identifiers == before.identifiers
        assert after.legality_stage == before.legality_stage
        assert after.missing == before.missing


@HUNDREDS
@given(stores, st.sampled_from(DAYS))
def test_as_of_a_day_is_what_was_left_when_nothing_later_had_occurred(events: list[Event], day: str) -> None:
    then = legality(events, as_of=end_of(day))

    uncorrected = [entry.event for entry in then.history if entry.fate == "folded"]
    assert all(event.occurred_on <= day for event in uncorrected)
    assert all(entry.event.occurred_on > day for entry in then.history if entry.fate == "later")
    assert _state(then) == _state(legality([replace(event, supersedes=None) for event in uncorrected]))


@HUNDREDS
@given(stores, st.sampled_from(INSTANTS))
def test_known_at_an_instant_is_what_had_been_received_by_then(events: list[Event], at: str) -> None:
    then = legality(events, known_at=at)

    received = legality([event for event in events if event.received_at <= at])
    assert text(replace(received, known_at=at)) == text(then)


@HUNDREDS
@given(stores)
def test_only_the_events_that_count_shape_the_state(events: list[Event]) -> None:
    present = legality(events)

    counting = [replace(entry.event, supersedes=None) for entry in present.history if entry.fate == "folded"]
    assert _state(legality(counting)) == _state(present)


@HUNDREDS
@given(stores)
def test_every_stored_event_is_shown_once_and_counts_at_most_once(events: list[Event]) -> None:
    history = legality(events).history

    shown = [(key(entry.event), body(entry.event)) for entry in history]
    assert len(shown) == len(set(shown))
    assert set(shown) == {(key(event), body(event)) for event in events}
    counting = [key(entry.event) for entry in history if entry.fate != "conflicting"]
    assert sorted(counting) == sorted({key(event) for event in events})


@HUNDREDS
@given(stores)
def test_of_one_id_the_body_that_was_received_first_counts(events: list[Event]) -> None:
    history = legality(events).history

    for entry in history:
        same = [event for event in events if key(event) == key(entry.event)]
        first = min(event.received_at for event in same)
        if entry.fate == "conflicting":
            assert {body(event) for event in same} > {body(entry.event)}
        else:
            assert entry.event.received_at == first


@HUNDREDS
@given(stores)
def test_an_event_is_superseded_exactly_when_a_counting_body_of_its_source_names_it(
    events: list[Event],
) -> None:
    history = legality(events).history

    bodies = [entry.event for entry in history if entry.fate != "conflicting"]
    for entry in history:
        by = {event.event_id for event in bodies if (event.source, event.supersedes) == key(entry.event)}
        if entry.fate != "conflicting":
            assert (entry.fate == "superseded") == bool(by)
            assert set(entry.superseded_by) == by


@HUNDREDS
@given(shared_stores, randoms)
def test_what_has_no_bearing_on_a_cooperative_changes_nothing(events: list[Event], random: Random) -> None:
    own = [event for event in events if event.cooperative == "A"]
    ids = {key(event) for event in own}
    aims = {(event.source, event.supersedes) for event in own}
    bearing = {
        key(event) for event in events if key(event) in ids | aims or (event.source, event.supersedes) in ids
    }

    pool = [event for event in events if key(event) in bearing]

    assert _state(legality(pool)) == _state(legality(events))
    assert legality(pool).history == legality(sent_again(events, random)).history


@HUNDREDS
@given(shared_stores)
def test_one_id_counts_for_one_cooperative_only(events: list[Event]) -> None:
    histories = [legality(events, cooperative=name).history for name in ("A", "B", "C")]

    counting = [key(entry.event) for history in histories for entry in history if entry.fate != "conflicting"]
    assert len(counting) == len(set(counting))


@HUNDREDS
@given(stores, st.sampled_from((None, "pembentukan_baru", "pengembangan")))
def test_the_parts_of_a_legality_agree(events: list[Event], formation_method: str | None) -> None:
    present = legality(events, formation_method=formation_method)

    assert present.legality_stage in STAGES
    assert present.loan_ready == (present.missing == ())
    assert list(present.missing) == [name for name in LOAN if name in present.missing]
    assert ("sk_ahu" in present.missing) == (present.legality_stage != "berbadan_hukum")
    achieved = {paper.milestone for paper in present.milestones if paper.achieved}
    assert {name for name in LOAN[1:] if name not in present.missing} == achieved & set(LOAN[1:])
    assert (present.stage_since is None) == (present.stage_since_on is None)
    if present.legality_stage != "belum_terbentuk":
        assert present.stage_since is not None
        assert present.stage_milestone is not None
    for anomaly in present.anomalies:
        assert "{" not in anomaly.say("en") + anomaly.say("id")


def _state(present: Legality) -> tuple[object, ...]:
    """All that follows from the events that count."""
    return (
        present.legality_stage,
        present.stage_since,
        present.stage_milestone,
        present.milestones,
        present.identifiers,
        present.claims,
        present.missing,
    )
