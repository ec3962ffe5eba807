"""The papers of a cooperative: what it has, what it lost, what it lacks for a loan, and how that is shown."""

import json

import pytest

from app.cooperatives.ledger import Event
from app.cooperatives.ledger_view import describe, describe_history
from tests.cooperatives.histories import (
    NIB,
    NIK_KOPERASI,
    NPWP,
    OTHER_NIB,
    OTHER_SK,
    PAPERS,
    SK,
    end_of,
    legality,
    told,
    way_to_the_decree,
)


def test_a_revoked_decree_makes_no_legal_body_and_shows_no_number() -> None:
    events = [*way_to_the_decree(), *PAPERS, told("sk_ahu", "2025-07-01", "revoked", reason="by a court")]

    present = legality(events)
    before = legality(events, as_of=end_of("2025-06-30"))

    assert (present.legality_stage, present.stage_since_on) == ("diajukan", "2025-07-01")
    assert (present.identifiers["sk_number"], present.identifiers["sk_on"]) == (None, None)
    assert present.missing == ("sk_ahu",)
    assert (before.legality_stage, before.identifiers["sk_on"]) == ("berbadan_hukum", "2025-05-10")


def test_an_old_number_that_is_revoked_takes_nothing_from_the_new_one() -> None:
    events = [
        told("nib", "2025-06-01", number=NIB),
        told("nib", "2025-06-10", number=OTHER_NIB),
        told("nib", "2025-06-11", "revoked", number=NIB, reason="replaced"),
    ]

    present = legality(events)
    nothing_left = legality([*events, told("nib", "2025-06-12", "revoked", reason="by OSS")])

    assert present.identifiers["nib"] == OTHER_NIB
    assert nothing_left.identifiers["nib"] is None
    assert "nib" in nothing_left.missing


def test_the_number_before_speaks_again_when_the_latest_one_is_revoked() -> None:
    events = [told("nib", "2025-06-01", number=NIB), told("nib", "2025-06-10", number=OTHER_NIB)]

    present = legality(
        [*events, told("nib", "2025-06-11", "revoked", number=OTHER_NIB, reason="issued in error")]
    )

    assert present.identifiers["nib"] == NIB


def test_a_paper_without_a_number_ends_with_whatever_number_is_revoked() -> None:
    present = legality(
        [told("akta", "2025-06-01"), told("akta", "2025-06-02", "revoked", number="21", reason="void")]
    )

    assert present.legality_stage == "belum_terbentuk"


def test_a_revoked_yearly_meeting_leaves_those_of_earlier_years() -> None:
    meetings = [told("rat", "2026-03-01"), told("rat", "2027-03-01")]

    present = legality([*meetings, told("rat", "2027-04-01", "revoked", reason="no quorum")])

    rat = present.milestones[-2]
    assert (rat.times, rat.achieved_on) == (1, "2026-03-01")
    assert legality(meetings).anomalies == ()
    held = legality(meetings).milestones[-2]
    assert (held.times, held.achieved_on) == (2, "2027-03-01")


@pytest.mark.parametrize("absent", [*PAPERS, None], ids=lambda event: event.milestone if event else "none")
def test_a_loan_asks_for_the_decree_and_four_papers(absent: Event | None) -> None:
    papers = [paper for paper in PAPERS if paper is not absent]

    present = legality([*way_to_the_decree(), *papers])

    assert present.missing == ((absent.milestone,) if absent else ())
    assert present.loan_ready is (absent is None)


def test_papers_make_no_loan_while_the_decree_is_missing_or_the_chain_is_broken() -> None:
    returned = told("pengajuan_sabh", "2025-06-20", "returned", reason="incomplete")

    without = legality([told("musdesus", "2025-05-28"), *PAPERS])
    broken = legality([*way_to_the_decree(), *PAPERS, returned])

    assert without.missing == ("sk_ahu",)
    assert (broken.missing, broken.identifiers["sk_number"]) == (("sk_ahu",), SK)


def test_the_latest_number_of_each_paper_is_shown() -> None:
    events = [
        *way_to_the_decree(),
        *PAPERS,
        told("sk_ahu", "2025-08-01", number=OTHER_SK),
        told("akta", "2025-05-06"),
    ]
    numbered = [
        told("akta", "2025-05-05", number="21", event_id="numbered"),
        told("berita_negara", "2025-09-01"),
    ]

    present = legality([*events, *numbered])

    assert present.identifiers == {
        "akta_number": "21",
        "sk_number": OTHER_SK,
        "sk_on": "2025-08-01",
        "bn_number": None,
        "npwp": NPWP,
        "nib": NIB,
        "nik_koperasi": NIK_KOPERASI,
    }
    assert present.claims == {"sk_ahu": OTHER_SK, "npwp": NPWP, "nib": NIB, "nik_koperasi": NIK_KOPERASI}


def test_the_answer_has_the_same_members_whatever_is_known() -> None:
    little = describe(legality([]), "en")
    much = describe(legality([*way_to_the_decree(), *PAPERS]), "id")

    assert list(little) == list(much)
    assert [list(paper) for paper in little["milestones"]] == [list(paper) for paper in much["milestones"]]
    assert list(little["identifiers"]) == list(much["identifiers"])
    assert json.loads(json.dumps(much)) == much


def test_the_history_shows_a_day_or_an_instant_as_it_was_told() -> None:
    day, instant = told("akta", "2025-06-01", issuer="a notary"), told("akta", "2025-06-02", at="03:00")

    history = describe_history(legality([instant, day]))

    assert [(shown["occurred_on"], shown["occurred_at"]) for shown in history] == [
        ("2025-06-01", None),
        (None, "2025-06-02T03:00:00.000000Z"),
    ]
    assert [shown["issuer"] for shown in history] == ["a notary", None]
