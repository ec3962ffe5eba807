"""The formula against what was published, at its thresholds, and by the laws that hold for any scores."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.formula import (
    calculate,
    gains,
    pack,
    points_of,
    scores_out_of_rubric,
    status_of,
    unpack,
)
from tests.index.village_years import (
    FIGURES,
    IDM,
    VILLAGE_YEARS,
    VillageYear,
    any_scores,
    scores_worth,
)

STATUSES = [status.id for status in IDM.statuses]
AGREEING = [
    record
    for name, record in VILLAGE_YEARS.items()
    if name not in {"Barat Daya", "Gunung Singit", "Jongkang", "Bila Talang", "Tukung Ritan"}
]


@pytest.mark.parametrize("record", AGREEING, ids=lambda record: record.village)
def test_a_published_village_year_is_reproduced(record: VillageYear) -> None:
    precision = 1e-9 if record.target_status else 0.00005

    calculation = calculate(IDM, record.scores)

    for figure, value in zip(FIGURES, (*calculation.indices, calculation.value), strict=True):
        assert value == pytest.approx(getattr(record.published, figure), abs=precision)
    assert calculation.status == record.published.status
    if record.target_status:
        assert calculation.target_status == record.target_status
        assert calculation.target_score == record.target_score
        assert calculation.increase_needed == pytest.approx(record.increase_needed, abs=1e-9)


@pytest.mark.parametrize(
    ("points", "status", "target_status", "target_score"),
    [
        (0, "sangat_tertinggal", "tertinggal", 0.4908),
        (3091, "sangat_tertinggal", "tertinggal", 0.4908),
        (3092, "tertinggal", "berkembang", 0.5990),
        (3773, "tertinggal", "berkembang", 0.5990),
        (3774, "berkembang", "maju", 0.7073),
        (4455, "berkembang", "maju", 0.7073),
        (4456, "maju", "mandiri", 0.8156),
        (5137, "maju", "mandiri", 0.8156),
        (5138, "mandiri", "mandiri", 0.8156),
        (6300, "mandiri", "mandiri", 0.8156),
    ],
)
def test_the_status_turns_between_two_whole_points(
    points: int, status: str, target_status: str, target_score: float
) -> None:
    calculation = calculate(IDM, scores_worth(points))

    assert calculation.points == points
    assert calculation.value == points / 6300
    assert (calculation.status, calculation.target_status) == (status, target_status)
    assert calculation.target_score == target_score
    assert calculation.increase_needed == target_score - points / 6300
    assert status_of(IDM, points) == status


def test_mandiri_may_lie_just_below_its_printed_minimum() -> None:
    calculation = calculate(IDM, VILLAGE_YEARS["Rantau Ikil"].scores)

    assert calculation.status == "mandiri"
    assert calculation.value < calculation.target_score


@given(any_scores)
def test_the_idm_is_the_mean_of_the_three_indices(scores: bytes) -> None:
    calculation = calculate(IDM, scores)

    assert math.isclose(calculation.value, sum(calculation.indices) / 3, rel_tol=0, abs_tol=1e-12)


@given(any_scores)
def test_every_index_is_the_double_nearest_to_the_exact_quotient(scores: bytes) -> None:
    iks, ike, ikl = sum(scores[:35]), sum(scores[35:47]), sum(scores[47:])

    calculation = calculate(IDM, scores)

    assert calculation.indices == (iks / 175, ike / 60, ikl / 15)
    assert calculation.value == float((Fraction(iks, 175) + Fraction(ike, 60) + Fraction(ikl, 15)) / 3)
    assert calculation.points == points_of(IDM, (iks, ike, ikl)) == 12 * iks + 35 * ike + 140 * ikl


@given(any_scores, st.integers(0, 49), st.integers(1, 5))
def test_raising_any_score_never_lowers_the_index(scores: bytes, row: int, by: int) -> None:
    raised = scores[:row] + bytes([min(5, scores[row] + by)]) + scores[row + 1 :]

    before, after = calculate(IDM, scores), calculate(IDM, raised)

    assert after.value >= before.value
    assert STATUSES.index(after.status) >= STATUSES.index(before.status)


@given(any_scores, st.integers(0, 49))
def test_a_gain_is_what_the_index_wins_when_its_row_reaches_five(scores: bytes, row: int) -> None:
    best = scores[:row] + bytes([5]) + scores[row + 1 :]

    gain = gains(IDM, scores)[row]

    won = calculate(IDM, best).value - calculate(IDM, scores).value
    assert math.isclose(gain, won, rel_tol=0, abs_tol=1e-12)


@pytest.mark.parametrize(("row", "divisor"), [(0, 175), (34, 175), (35, 60), (46, 60), (47, 15), (49, 15)])
def test_a_gain_is_the_missing_points_over_the_divisor_over_three(row: int, divisor: int) -> None:
    for score in range(6):
        gain = gains(IDM, bytes([score] * 50))[row]

        assert gain == float(Fraction(5 - score, divisor) / 3)


@given(any_scores)
def test_packed_scores_come_back_as_they_were(scores: bytes) -> None:
    rows = unpack(IDM, scores)

    assert pack(IDM, **rows) == scores
    assert [len(rows[dimension]) for dimension in ("iks", "ike", "ikl")] == [35, 12, 3]


@pytest.mark.parametrize(
    "rows",
    [
        {"iks": [5] * 35, "ike": [5] * 12},
        {"iks": [5] * 35, "ike": [5] * 12, "ikl": [5] * 3, "idm": []},
        {"iks": [5] * 12, "ike": [5] * 35, "ikl": [5] * 3},
        {"iks": [5] * 35, "ike": [5] * 12, "ikl": [5, 5]},
        {"iks": [5] * 35, "ike": [5] * 12, "ikl": [5, 5, 6]},
        {"iks": [5] * 35, "ike": [5] * 12, "ikl": [5, 5, -1]},
    ],
)
def test_scores_that_are_not_the_editions_are_not_packed(rows: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        pack(IDM, **rows)


@pytest.mark.parametrize("length", [0, 49, 51])
def test_a_missing_or_surplus_score_is_never_calculated(length: int) -> None:
    with pytest.raises(ValueError, match="idm-2016 has 50 scores"):
        calculate(IDM, bytes(length))


def test_each_score_outside_the_rubric_is_named() -> None:
    scores = bytes([1] * 50)

    outside = scores_out_of_rubric(IDM, scores)

    expected = [row.id for row in IDM.indicators if 1 not in {level.score for level in row.levels}]
    assert list(outside) == expected
    assert {"iks_02", "iks_16", "ike_05", "ikl_02"} <= set(outside)
