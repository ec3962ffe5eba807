"""The ranking: every row below full marks, by what it gives, of equal ones the first in official order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.advice.ranking import Rise, describe, ranked
from app.index.editions import EDITIONS, Edition
from app.index.formula import calculate, gains
from tests.index.village_years import IDM, VILLAGE_YEARS, any_scores, scores_worth

PUBLISHED = [EDITIONS[name] for name in EDITIONS]


@st.composite
def _admissible(draw: st.DrawFn) -> tuple[Edition, bytes]:
    edition = draw(st.sampled_from(PUBLISHED))
    return edition, bytes(draw(st.sampled_from(sorted(known))) for known in edition.admissible)


@given(_admissible())
def test_every_row_below_full_marks_stands_once_in_the_order_of_its_gain(
    scored: tuple[Edition, bytes],
) -> None:
    edition, scores = scored

    ranking = ranked(edition, scores)

    below = [at for at, row in enumerate(edition.indicators) if scores[at] < row.maximum]
    exact = gains(edition, scores)
    assert [one.at for one in ranking] == sorted(below, key=lambda at: (-exact[at], at))
    told = describe(edition, ranking, "en")
    assert [one["gain"] for one in told] == [exact[one.at] for one in ranking]
    assert [one["rank"] for one in told] == list(range(1, len(below) + 1))


@given(any_scores)
def test_the_next_score_is_the_lowest_known_one_above(scores: bytes) -> None:
    for one in ranked(IDM, scores):
        known = [score for score in IDM.admissible[one.at] if score > one.score]
        assert (one.next.score, one.full.score) == (min(known), 5)
        assert 0 < one.next.points <= one.full.points


@given(_admissible())
def test_a_row_reaches_the_target_alone_exactly_when_the_calculation_says_so(
    scored: tuple[Edition, bytes],
) -> None:
    edition, scores = scored
    now = calculate(edition, scores)
    order = [status.id for status in edition.statuses]

    for one in ranked(edition, scores):
        for rise in (one.next, one.full):
            lifted = calculate(edition, scores[: one.at] + bytes([rise.score]) + scores[one.at + 1 :])
            reached = order.index(lifted.status) >= order.index(now.target_status)
            assert rise.reaches_target == (None if now.status == now.target_status else reached)
            assert now.points + rise.points == lifted.points


@pytest.mark.parametrize(("points", "reaches"), [(5137, False), (5138, True)])
def test_whole_points_decide_whether_the_target_is_reached_and_never_its_printed_minimum(
    points: int, *, reaches: bool
) -> None:
    scores = scores_worth(points)
    at = scores.index(5)

    ranking = ranked(IDM, scores[:at] + b"\x04" + scores[at + 1 :])

    (row,) = [one for one in ranking if one.at == at]
    assert row.full == row.next == Rise(5, 12, reaches)
    assert points / 6300 < 0.8156


def test_where_no_status_is_higher_nothing_is_said_of_reaching_it() -> None:
    ranking = ranked(IDM, VILLAGE_YEARS["Rantau Ikil"].scores)

    assert ranking
    assert {rise.reaches_target for one in ranking for rise in (one.next, one.full)} == {None}


def test_equal_gains_stand_in_official_order() -> None:
    ranking = ranked(IDM, bytes([4] * 50))

    ids = [IDM.indicators[one.at].id for one in ranking]
    assert ids[:3] == ["ikl_01", "ikl_02", "ikl_03"]
    assert ids[3:15] == [f"ike_{number:02}" for number in range(1, 13)]
    assert ids[15:] == [f"iks_{number:02}" for number in range(1, 36)]


def test_a_village_with_full_marks_has_nothing_to_rank() -> None:
    assert ranked(IDM, bytes([5] * 50)) == ()


def test_a_score_the_rubric_does_not_know_rises_to_a_known_one_and_names_no_activity() -> None:
    told = describe(IDM, ranked(IDM, VILLAGE_YEARS["Badak Mekar"].scores), "en")

    (row,) = [one for one in told if one["id"] == "iks_16"]
    assert (row["score"], row["next"]["score"], row["activity"]) == (1, 3, None)
    assert row["next"]["points"] == 24


def test_an_activity_is_in_the_callers_language_and_names_who_can_act() -> None:
    ranking = ranked(IDM, VILLAGE_YEARS["Perian"].scores)

    english, indonesian = describe(IDM, ranking, "en"), describe(IDM, ranking, "id")

    doctor = next(one for one in english if one["id"] == "iks_02")
    same = next(one for one in indonesian if one["id"] == "iks_02")
    assert doctor["activity"]
    assert same["activity"]
    assert doctor["activity"] != same["activity"]
    assert doctor["executors"] == same["executors"] == dict(IDM.indicators[1].executors)
    assert doctor["executors"]["kabupaten"] == ("dinas_kesehatan",)
