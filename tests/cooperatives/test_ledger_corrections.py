"""Corrections, ids that are used again, and events told of the wrong cooperative."""

from dataclasses import replace

import pytest

from app.cooperatives.ledger import Event, digest
from app.cooperatives.ledger_events import Entry
from tests.cooperatives.histories import NIB, OTHER_NIB, codes, end_of, legality, told

EARLY, LATE = "2025-07-01T00:00:00.000000Z", "2025-07-02T00:00:00.000000Z"
WRONG = told("nib", "2025-06-01", number=NIB, event_id="wrong")
RIGHT = told("nib", "2025-06-02", number=OTHER_NIB, event_id="right", supersedes="wrong")


def test_a_correction_takes_the_event_out_and_leaves_it_in_sight() -> None:
    present = legality([WRONG, RIGHT])

    assert present.identifiers["nib"] == OTHER_NIB
    assert present.history == (Entry(WRONG, "superseded", ("right",)), Entry(RIGHT, "folded"))
    assert "numbers_differ" not in codes(present)


def test_a_correction_may_arrive_before_what_it_corrects() -> None:
    alone = legality([replace(RIGHT, received_at=EARLY)])

    both = legality([replace(RIGHT, received_at=EARLY), replace(WRONG, received_at=LATE)])

    assert alone.identifiers["nib"] == both.identifiers["nib"] == OTHER_NIB
    assert codes(alone) == ["correction_unmatched"]
    assert codes(both) == []
    assert [entry.fate for entry in both.history] == ["superseded", "folded"]


def test_a_correction_of_what_never_arrives_counts_by_itself() -> None:
    present = legality([RIGHT])

    assert present.identifiers["nib"] == OTHER_NIB
    assert present.anomalies[0].say("en") == "right of dinas corrects wrong, which has not arrived."


def test_an_unmatched_correction_that_is_corrected_itself_is_no_longer_amiss() -> None:
    present = legality([RIGHT, told("nib", "2025-06-03", number=NIB, event_id="last", supersedes="right")])

    assert codes(present) == []


def test_of_a_chain_of_corrections_only_the_last_counts() -> None:
    last = told("nib", "2025-06-01", number=NIB, event_id="last", supersedes="right")

    present = legality([WRONG, RIGHT, last])

    assert [(entry.event.event_id, entry.fate) for entry in present.history] == [
        ("last", "folded"),
        ("wrong", "superseded"),
        ("right", "superseded"),
    ]
    assert present.identifiers["nib"] == NIB


@pytest.mark.parametrize("length", [1, 2, 3])
def test_of_corrections_in_a_circle_none_counts(length: int) -> None:
    circle = [
        told("nib", f"2025-06-0{at + 1}", number=NIB, event_id=f"e{at}", supersedes=f"e{(at + 1) % length}")
        for at in range(length)
    ]

    present = legality(circle)

    assert {entry.fate for entry in present.history} == {"superseded"}
    assert present.identifiers["nib"] is None
    assert codes(present) == ["corrections_in_circle"] * length


def test_a_circle_is_mended_by_one_more_correction() -> None:
    circle = [replace(WRONG, supersedes="right"), RIGHT]

    present = legality([*circle, told("nib", "2025-06-03", number=NIB, event_id="last", supersedes="right")])

    assert present.identifiers["nib"] == NIB
    assert codes(present) == []


def test_only_its_own_source_corrects_an_event() -> None:
    present = legality([WRONG, replace(RIGHT, source="notaris")])

    assert [entry.fate for entry in present.history] == ["folded", "folded"]
    assert codes(present) == ["numbers_differ", "correction_unmatched"]


def test_a_correction_counts_from_when_it_was_received_not_from_the_day_it_names() -> None:
    wrong, right = replace(WRONG, received_at=EARLY), replace(RIGHT, received_at=LATE)

    as_we_know = legality([wrong, right], as_of=end_of("2025-06-01"))
    as_we_knew = legality([wrong, right], as_of=end_of("2025-06-01"), known_at=EARLY)

    assert as_we_know.identifiers["nib"] is None
    assert [entry.fate for entry in as_we_know.history] == ["superseded", "later"]
    assert as_we_knew.identifiers["nib"] == NIB
    assert [entry.event.event_id for entry in as_we_knew.history] == ["wrong"]


def test_the_same_id_with_another_body_keeps_the_first() -> None:
    first, second = replace(WRONG, received_at=EARLY), replace(WRONG, received_at=LATE, number=OTHER_NIB)

    present = legality([second, first, replace(first, received_at=LATE)])

    assert present.identifiers["nib"] == NIB
    assert present.history == (Entry(first, "folded"), Entry(second, "conflicting"))
    assert codes(present) == ["id_reused"]


def test_two_bodies_received_in_one_instant_are_ordered_by_their_digest() -> None:
    bodies = sorted([WRONG, replace(WRONG, number=OTHER_NIB), replace(WRONG, note="x")], key=digest)

    present = legality(bodies[::-1])

    assert [entry.event for entry in present.history] == bodies
    assert [entry.fate for entry in present.history] == ["folded", "conflicting", "conflicting"]


def test_a_body_that_does_not_count_corrects_nothing() -> None:
    first = told("nib", "2025-06-02", number=OTHER_NIB, event_id="right", received_at=EARLY)

    present = legality([WRONG, first, replace(RIGHT, received_at=LATE)])

    assert [entry.fate for entry in present.history] == ["folded", "folded", "conflicting"]


def test_a_late_repetition_changes_nothing_and_an_early_one_dates_the_event() -> None:
    early, late = replace(WRONG, received_at=EARLY), replace(WRONG, received_at=LATE)

    assert legality([late, early]).history == legality([early]).history
    assert legality([late, early], known_at=EARLY).identifiers["nib"] == NIB


def test_a_day_that_was_stored_under_two_zones_is_one_event_in_any_order() -> None:
    elsewhere = replace(WRONG, occurred_at="2025-06-01T14:59:59.999999Z")

    history = legality([WRONG, elsewhere]).history

    assert history == legality([elsewhere, WRONG]).history == (Entry(elsewhere, "folded"),)


def test_an_event_told_of_the_wrong_cooperative_moves_by_a_correction() -> None:
    moved = replace(RIGHT, cooperative="B")

    here, there = legality([WRONG, moved]), legality([WRONG, moved], cooperative="B")

    assert (here.identifiers["nib"], here.history) == (None, (Entry(WRONG, "superseded", ("right",)),))
    assert (there.identifiers["nib"], there.history) == (OTHER_NIB, (Entry(moved, "folded"),))
    assert codes(there) == []


def test_an_id_that_was_used_for_another_cooperative_does_not_count_again() -> None:
    first, second = replace(WRONG, cooperative="B", received_at=EARLY), replace(WRONG, received_at=LATE)

    here, there = legality([first, second]), legality([first, second], cooperative="B")

    assert here.history == (Entry(second, "conflicting"),)
    assert here.identifiers["nib"] is None
    assert there.identifiers["nib"] == NIB


def test_two_sources_may_use_the_same_id() -> None:
    present = legality([WRONG, replace(WRONG, source="notaris", number=OTHER_NIB)])

    assert [entry.fate for entry in present.history] == ["folded", "folded"]


@pytest.mark.parametrize(
    "other",
    [
        {"cooperative": "B"},
        {"source": "notaris"},
        {"event_id": "other"},
        {"milestone": "npwp"},
        {"outcome": "revoked"},
        {"occurred_on": "2025-06-03"},
        {"whole_day": False},
        {"number": None},
        {"issuer": "OSS"},
        {"reason": "x"},
        {"supersedes": "x"},
        {"note": "x"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_digest_tells_any_two_contents_apart(other: dict[str, str | bool | None]) -> None:
    changed: Event = replace(WRONG, **other)  # type: ignore[arg-type]  # any one field

    assert digest(changed) != digest(WRONG)


def test_the_digest_is_of_what_was_told_not_of_when_it_came_or_in_which_zone_a_day_ends() -> None:
    elsewhere = replace(WRONG, occurred_at="2025-06-01T16:59:59.999999Z", received_at=LATE)
    instant = replace(WRONG, whole_day=False)

    assert digest(elsewhere) == digest(WRONG)
    assert digest(replace(instant, occurred_on="2025-06-02")) == digest(instant)
    assert digest(replace(instant, occurred_at="2025-06-01T16:59:59.999999Z")) != digest(instant)
