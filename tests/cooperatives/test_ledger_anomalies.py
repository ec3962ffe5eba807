"""What does not fit is named and refuses nothing."""

import pytest

from app.cooperatives.ledger_anomalies import TEXTS
from tests.cooperatives.histories import (
    NIB,
    OTHER_NIB,
    OTHER_SK,
    SK,
    codes,
    legality,
    told,
    way_to_the_decree,
)


def test_the_way_of_the_law_has_no_anomaly() -> None:
    present = legality(
        [*way_to_the_decree(), told("nib", "2025-06-01", number=NIB)], formation_method="pembentukan_baru"
    )

    assert present.anomalies == ()


def test_each_step_that_nobody_reported_is_missing_before_the_furthest_one() -> None:
    present = legality([told("musdesus", "2025-05-28"), told("akta", "2025-06-10")])

    assert [anomaly.facts for anomaly in present.anomalies] == [
        {"milestone": "sosialisasi", "reached": "akta"},
        {"milestone": "berkas_notaris", "reached": "akta"},
        {"milestone": "pemesanan_nama", "reached": "akta"},
    ]
    assert set(codes(present)) == {"predecessor_missing"}


def test_a_step_that_lapsed_after_use_is_not_missing() -> None:
    present = legality([*way_to_the_decree(), told("pemesanan_nama", "2025-06-30", "expired")])

    assert present.anomalies == ()


@pytest.mark.parametrize(
    ("steps", "out_of_order"),
    [
        ((("sosialisasi", "2025-05-01"), ("musdesus", "2025-05-01")), None),
        ((("sosialisasi", "2025-05-02"), ("musdesus", "2025-05-01")), "musdesus"),
        ((("musdesus", "2025-05-02"), ("akta", "2025-05-01")), "akta"),
        ((("akta", "2025-05-02"), ("sk_ahu", "2025-05-01")), "sk_ahu"),
        ((("sosialisasi", "2025-05-02"), ("sk_ahu", "2025-05-01")), "sk_ahu"),
        ((("berkas_notaris", "2025-05-02"), ("akta", "2025-05-01")), None),
    ],
)
def test_a_step_dated_before_the_one_it_follows_is_out_of_order(
    steps: tuple[tuple[str, str], ...], out_of_order: str | None
) -> None:
    present = legality([told(step, on) for step, on in steps])

    found = [anomaly.facts for anomaly in present.anomalies if anomaly.code == "dates_out_of_order"]
    assert [facts["milestone"] for facts in found] == ([out_of_order] if out_of_order else [])
    if out_of_order:
        (predecessor, before), (_, on) = steps
        assert found[0] == {
            "milestone": out_of_order,
            "on": on,
            "predecessor": predecessor,
            "predecessor_on": before,
        }


def test_a_step_that_is_taken_again_keeps_its_first_date() -> None:
    again = told("akta", "2025-06-20", event_id="again")

    present = legality([*way_to_the_decree(), again])
    renewed = legality([*way_to_the_decree(), told("akta", "2025-06-10", "revoked", reason="void"), again])

    assert present.anomalies == ()
    assert codes(renewed) == ["dates_out_of_order"]


def test_a_date_and_an_instant_of_one_day_are_in_order() -> None:
    present = legality([told("musdesus", "2025-05-28"), told("akta", "2025-05-28", at="03:00")])

    assert "dates_out_of_order" not in codes(present)


@pytest.mark.parametrize(
    ("formation_method", "on", "early"),
    [
        ("pembentukan_baru", "2025-05-09", True),
        ("pembentukan_baru", "2025-05-10", False),
        ("pengembangan", "2025-05-09", False),
        ("revitalisasi", "2025-05-09", False),
        (None, "2025-05-09", False),
    ],
)
@pytest.mark.parametrize("milestone", ["npwp", "nib", "nik_koperasi"])
def test_a_new_cooperative_has_no_number_before_it_is_a_legal_body(
    milestone: str,
    formation_method: str | None,
    on: str,
    early: bool,  # noqa: FBT001  # a column of the table
) -> None:
    events = [*way_to_the_decree(), told(milestone, on, number="5" * 16)]

    present = legality(events, formation_method=formation_method)

    assert codes(present) == (["before_legal_body"] if early else [])


def test_a_number_without_any_decree_is_early_too() -> None:
    present = legality([told("nib", "2025-05-09", number=NIB)], formation_method="pembentukan_baru")

    assert codes(present) == ["before_legal_body"]


def test_what_is_achieved_after_the_dissolution_is_named() -> None:
    events = [*way_to_the_decree(), told("pembubaran", "2025-06-01"), told("gerai", "2025-06-01", at="15:00")]

    present = legality(
        [*events, told("rat", "2025-06-02"), told("nib", "2025-06-03", "revoked", reason="dissolved")]
    )

    assert [(anomaly.code, anomaly.facts["milestone"]) for anomaly in present.anomalies] == [
        ("after_dissolution", "rat"),
        ("nothing_to_end", "nib"),
    ]


def test_a_return_after_the_decree_is_shown_as_the_stage_and_as_odd() -> None:
    present = legality(
        [*way_to_the_decree(), told("pengajuan_sabh", "2025-06-01", "returned", reason="late")]
    )

    before = legality([told("musdesus", "2025-06-01", "returned", reason="no quorum")])

    assert present.legality_stage == "dikembalikan"
    assert codes(present) == ["sent_back_after_decree"]
    assert codes(before) == []


def test_an_end_of_what_never_stood_is_named() -> None:
    present = legality(
        [told("nib", "2025-06-01", number=NIB), told("nib", "2025-06-02", "expired", number=OTHER_NIB)]
    )

    assert codes(present) == ["nothing_to_end"]
    assert present.identifiers["nib"] == NIB


def test_different_numbers_that_stand_for_one_paper_are_named_in_their_order() -> None:
    second = told("sk_ahu", "2025-06-01", number=OTHER_SK)
    again = told("sk_ahu", "2025-06-02", number=SK, event_id="again")

    present = legality([*way_to_the_decree(), second, again])
    replaced = legality(
        [*way_to_the_decree(), second, told("sk_ahu", "2025-06-03", "revoked", number=SK, reason="x")]
    )

    assert present.anomalies[0].facts == {"milestone": "sk_ahu", "numbers": [SK, OTHER_SK]}
    assert present.identifiers["sk_number"] == SK
    assert replaced.anomalies == ()


def test_an_anomaly_speaks_both_languages() -> None:
    anomaly = legality([told("musdesus", "2025-05-01"), told("sosialisasi", "2025-05-02")]).anomalies[0]

    assert anomaly.say("en") == "musdesus is dated 2025-05-01, before sosialisasi on 2025-05-02."
    assert anomaly.say("id") == "musdesus bertanggal 2025-05-01, mendahului sosialisasi pada 2025-05-02."
    assert all(english and indonesian and english != indonesian for english, indonesian in TEXTS.values())
