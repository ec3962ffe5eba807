"""Where a cooperative stands, told event by event, and the published series of Kukar."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from app.cooperatives.milestones import CHAIN, MILESTONES
from tests.cooperatives.histories import (
    NIB,
    NPWP,
    OTHER_NIB,
    OTHER_SK,
    PAPERS,
    SK,
    end_of,
    legality,
    sent_again,
    told,
    way_to_the_decree,
)


@pytest.mark.parametrize(
    ("milestone", "stage"),
    [
        ("sosialisasi", "belum_terbentuk"),
        ("musdesus", "terbentuk"),
        ("berkas_notaris", "belum_terbentuk"),
        ("pemesanan_nama", "pemesanan_nama"),
        ("akta", "akta_terbit"),
        ("pengajuan_sabh", "diajukan"),
        ("sk_ahu", "berbadan_hukum"),
        *((row.name, "belum_terbentuk") for row in MILESTONES[7:-1]),
        ("pembubaran", "dibubarkan"),
    ],
)
def test_a_stage_is_the_furthest_step_achieved_even_without_the_steps_before(
    milestone: str, stage: str
) -> None:
    present = legality([told(milestone, "2025-06-01")])

    assert present.legality_stage == stage
    reached = stage != "belum_terbentuk"
    assert present.stage_milestone == (milestone if reached else None)
    assert present.stage_since_on == ("2025-06-01" if reached else None)


def test_nothing_told_is_not_formed() -> None:
    present = legality([])

    assert present.legality_stage == "belum_terbentuk"
    assert (present.stage_since, present.stage_milestone, present.history, present.anomalies) == (
        None,
        None,
        (),
        (),
    )
    assert present.missing == ("sk_ahu", "npwp", "rekening", "nib", "nik_koperasi")
    assert not any(paper.achieved or paper.outcome for paper in present.milestones)
    assert [paper.milestone for paper in present.milestones] == [row.name for row in MILESTONES]


def test_a_step_behind_the_furthest_one_takes_nothing_back() -> None:
    present = legality([told("akta", "2025-06-01"), told("musdesus", "2025-06-05")])

    assert present.legality_stage == "akta_terbit"
    assert present.stage_since_on == "2025-06-01"


@pytest.mark.parametrize(("outcome", "stage"), [("returned", "dikembalikan"), ("rejected", "ditolak")])
def test_what_comes_back_stays_back_until_that_step_or_one_beyond_is_achieved(
    outcome: str, stage: str
) -> None:
    events = [
        told("akta", "2025-06-01"),
        told("pengajuan_sabh", "2025-06-02"),
        told("pengajuan_sabh", "2025-06-04", outcome, reason="a signature is missing"),
    ]

    back = legality(events)
    behind = legality([*events, told("akta", "2025-06-05")])
    again = legality([*events, told("pengajuan_sabh", "2025-06-06")])
    beyond = legality([*events, told("sk_ahu", "2025-06-07", number=SK)])

    assert (back.legality_stage, back.stage_milestone, back.stage_since_on) == (
        stage,
        "pengajuan_sabh",
        "2025-06-04",
    )
    assert behind.legality_stage == stage
    assert (again.legality_stage, again.stage_since_on) == ("diajukan", "2025-06-06")
    assert beyond.legality_stage == "berbadan_hukum"
    assert back.milestones[5].reason == "a signature is missing"


@pytest.mark.parametrize("step", CHAIN)
def test_any_step_of_the_chain_can_come_back(step: str) -> None:
    present = legality([told(step, "2025-06-04", "returned", reason="incomplete")])

    assert (present.legality_stage, present.stage_milestone) == ("dikembalikan", step)


@pytest.mark.parametrize("milestone", [row.name for row in MILESTONES[7:]])
def test_a_return_beyond_the_chain_leaves_the_stage(milestone: str) -> None:
    events = [*way_to_the_decree(), *PAPERS]

    present = legality([*events, told(milestone, "2025-06-20", "rejected", reason="incomplete")])

    assert present.legality_stage == "berbadan_hukum"
    assert present.loan_ready


def test_of_two_open_returns_the_latest_shows_and_the_other_comes_back_when_it_is_settled() -> None:
    events = [
        told("pengajuan_sabh", "2025-06-01", "returned", reason="incomplete"),
        told("pemesanan_nama", "2025-06-02", "rejected", reason="the name is taken"),
    ]

    both = legality(events)
    settled = legality([*events, told("pemesanan_nama", "2025-06-03")])

    assert (both.legality_stage, both.stage_milestone) == ("ditolak", "pemesanan_nama")
    assert (settled.legality_stage, settled.stage_milestone) == ("dikembalikan", "pengajuan_sabh")
    assert settled.stage_since_on == "2025-06-03"


def test_a_second_return_does_not_begin_the_wait_anew() -> None:
    first = told("pengajuan_sabh", "2025-06-01", "returned", reason="incomplete")
    second = told("pengajuan_sabh", "2025-06-20", "returned", reason="still incomplete")

    present = legality([first, second])

    assert (present.stage_since_on, present.milestones[5].outcome_on) == ("2025-06-01", "2025-06-20")


def test_a_booked_name_lapses_and_the_stage_falls_to_what_still_stands() -> None:
    booked = [told("musdesus", "2025-05-28"), told("pemesanan_nama", "2025-06-01")]
    lapsed = told("pemesanan_nama", "2025-06-30", "expired")

    waiting = legality([*booked, lapsed])
    used = legality([*booked, lapsed, told("akta", "2025-06-10")])

    assert (waiting.legality_stage, waiting.stage_since_on) == ("terbentuk", "2025-06-30")
    assert (used.legality_stage, used.stage_since_on) == ("akta_terbit", "2025-06-10")
    assert not used.milestones[3].achieved


def test_dissolution_is_final() -> None:
    events = [*way_to_the_decree(), *PAPERS, told("pembubaran", "2025-06-20")]

    present = legality([*events, told("sk_ahu", "2025-06-25", number=OTHER_SK)])
    returned = legality([*events, told("pengajuan_sabh", "2025-06-25", "returned", reason="late")])

    assert (present.legality_stage, present.stage_since_on) == ("dibubarkan", "2025-06-20")
    assert not present.loan_ready
    assert returned.legality_stage == "dibubarkan"


def test_a_dissolution_ends_only_by_revocation_or_correction() -> None:
    dissolved = [*way_to_the_decree(), *PAPERS, told("pembubaran", "2025-06-20")]

    revoked = legality(
        [*dissolved, told("pembubaran", "2025-06-21", "revoked", reason="the meeting was void")]
    )
    corrected = legality(
        [*dissolved, told("gerai", "2025-06-20", supersedes="pembubaran achieved 2025-06-20")]
    )
    rejected = legality([*dissolved, told("pembubaran", "2025-06-21", "rejected", reason="creditors object")])

    assert (revoked.legality_stage, revoked.stage_since_on) == ("berbadan_hukum", "2025-06-21")
    assert (corrected.legality_stage, corrected.stage_since_on) == ("berbadan_hukum", "2025-05-10")
    assert revoked.loan_ready
    assert rejected.legality_stage == "dibubarkan"


def test_at_the_same_time_the_earlier_milestone_comes_first_then_the_event_id_then_the_source() -> None:
    events = [
        told("sk_ahu", "2025-06-30", number=SK, event_id="a"),
        told("pengajuan_sabh", "2025-06-30", "returned", reason="incomplete", event_id="z"),
        told("nib", "2025-06-30", number=NIB, event_id="m"),
        told("nib", "2025-06-30", number=OTHER_NIB, event_id="n"),
        told("npwp", "2025-06-30", number="0" * 16, event_id="s", source="notaris"),
        told("npwp", "2025-06-30", number=NPWP, event_id="s", source="dinas"),
    ]

    present = legality(events)

    assert present.legality_stage == "berbadan_hukum"
    assert present.identifiers["nib"] == OTHER_NIB
    assert present.identifiers["npwp"] == "0" * 16


def test_a_day_lasts_until_its_last_instant() -> None:
    returned = told("pengajuan_sabh", "2025-06-30", "returned", reason="incomplete")
    morning = told("pengajuan_sabh", "2025-06-30", at="03:00")

    present = legality([returned, morning])

    assert present.legality_stage == "dikembalikan"
    assert present.milestones[5].achieved_at == "2025-06-30T03:00:00.000000Z"
    assert legality([told("akta", "2025-06-30")]).milestones[4].achieved_at is None
    assert legality([returned], as_of="2025-06-30T15:59:59.999998Z").legality_stage == "belum_terbentuk"
    assert legality([returned], as_of=end_of("2025-06-30")).legality_stage == "dikembalikan"


def test_the_published_series_of_kukar_is_replayed_in_any_order() -> None:
    published = {"sk_ahu": 203, "pemesanan_nama": 15, "pengajuan_sabh": 19}
    last = [milestone for milestone, count in published.items() for _ in range(count)]
    random = Random(0)  # noqa: S311  # an order, not a secret
    cooperatives = [
        sent_again(
            [
                told("musdesus", "2025-05-28", source="demo"),
                told(
                    milestone,
                    "2025-06-30",
                    source="demo",
                    number=f"AHU-{number:07}.AH.01.29.TAHUN 2025" if milestone == "sk_ahu" else None,
                ),
            ],
            random,
        )
        for number, milestone in enumerate(last)
    ]

    in_may = Counter(legality(events, as_of=end_of("2025-05-28")).legality_stage for events in cooperatives)
    in_june = Counter(legality(events, as_of=end_of("2025-06-30")).legality_stage for events in cooperatives)

    assert in_may == {"terbentuk": 237}
    assert in_june == {"berbadan_hukum": 203, "pemesanan_nama": 15, "diajukan": 19}


def test_how_long_a_stage_has_lasted_follows_from_the_day_it_was_reached() -> None:
    events = [told("musdesus", "2025-05-28"), told("pemesanan_nama", "2025-06-10")]

    present = legality(events)

    assert present.stage_since_on is not None
    assert date(2025, 7, 10) - date.fromisoformat(present.stage_since_on) == timedelta(days=30)
    assert present.stage_since == end_of("2025-06-10")
