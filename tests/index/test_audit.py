"""The audit: it reports every figure that the rows do not bear out, and names a cause only where it fits."""

import dataclasses
from typing import Any

import pytest

from app.index.audit import INTERNET_ROWS_SHOWN_ALIKE, Audit, Published, audit, describe
from app.index.editions import Language
from app.index.formula import calculate
from tests.index.village_years import IDM, VILLAGE_YEARS, VillageYear, scores_worth

UNEXPLAINED = {
    "Jongkang": ["ike", "idm"],
    "Bila Talang": ["iks", "idm", "status"],
    "Tukung Ritan": ["iks", "idm"],
}
EXPLAINED = {"Barat Daya": ["iks", "idm", "status"], "Gunung Singit": ["iks", "idm", "status"]}


def audited(record: VillageYear, published: Published | None = None, *, year: int | None = None) -> Audit:
    return audit(IDM, year=year or record.year, scores=record.scores, published=published or record.published)


def figures(verdict: Audit) -> list[str]:
    return [difference.figure for difference in verdict.differences]


@pytest.mark.parametrize(
    "record",
    [record for name, record in VILLAGE_YEARS.items() if name not in {*UNEXPLAINED, *EXPLAINED}],
    ids=lambda record: record.village,
)
def test_a_publication_that_its_rows_bear_out_is_consistent(record: VillageYear) -> None:
    verdict = audited(record)

    assert verdict.consistent is True
    assert (verdict.differences, verdict.explanation) == ((), None)


@pytest.mark.parametrize("village", EXPLAINED)
def test_the_internet_rows_of_2024_explain_an_offset_of_four_points(village: str) -> None:
    verdict = audited(VILLAGE_YEARS[village])

    assert verdict.consistent is False
    assert figures(verdict) == EXPLAINED[village]
    assert verdict.explanation is INTERNET_ROWS_SHOWN_ALIKE


@pytest.mark.parametrize("village", UNEXPLAINED)
def test_a_difference_of_another_kind_is_reported_without_a_cause(village: str) -> None:
    verdict = audited(VILLAGE_YEARS[village])

    assert verdict.consistent is False
    assert figures(verdict) == UNEXPLAINED[village]
    assert verdict.explanation is None


def test_a_difference_shows_both_figures() -> None:
    record = VILLAGE_YEARS["Barat Daya"]

    iks, idm, status = audited(record).differences

    assert (iks.published, iks.computed) == (0.78285714285714, 141 / 175)
    assert (idm.published, idm.computed) == (0.69984126984127, 4457 / 6300)
    assert (status.published, status.computed) == ("berkembang", "maju")


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_fault_of_2024_explains_no_other_year(year: int) -> None:
    verdict = audited(VILLAGE_YEARS["Barat Daya"], year=year)

    assert verdict.consistent is False
    assert verdict.explanation is None


@pytest.mark.parametrize(
    "change",
    [
        {"iks": 145 / 175},
        {"iks": 136 / 175},
        {"ike": 0.6667},
        {"ikl": 0.6},
        {"ike": None},
        {"ikl": None},
        {"iks": None},
        {"idm": 0.7},
        {"status": "tertinggal"},
    ],
    ids=str,
)
def test_a_figure_that_the_fault_would_not_leave_withdraws_the_cause(change: dict[str, Any]) -> None:
    record = VILLAGE_YEARS["Barat Daya"]

    verdict = audited(record, dataclasses.replace(record.published, **change))

    assert verdict.consistent is False
    assert verdict.explanation is None


def test_unequal_internet_rows_are_never_the_fault_of_2024() -> None:
    record = VILLAGE_YEARS["Perian"]
    scores = record.scores[:29] + bytes([1]) + record.scores[30:]
    iks, ike, ikl = calculate(IDM, record.scores).indices
    published = Published(iks=iks, ike=ike, ikl=ikl)

    verdict = audit(IDM, year=2024, scores=scores, published=published)

    assert figures(verdict) == ["iks"]
    assert verdict.explanation is None


def test_an_internet_score_outside_the_rubric_is_never_the_fault_of_2024() -> None:
    record = VILLAGE_YEARS["Barat Daya"]
    scores = record.scores[:29] + bytes([3, 3]) + record.scores[31:]

    verdict = audit(IDM, year=2024, scores=scores, published=record.published)

    assert verdict.explanation is None


def test_without_rows_or_without_publication_there_is_nothing_to_compare() -> None:
    record = VILLAGE_YEARS["Perian"]

    verdicts = [
        audit(IDM, year=2024, scores=None, published=record.published),
        audit(IDM, year=2024, scores=record.scores, published=None),
        audit(IDM, year=2024, scores=record.scores, published=Published()),
        audit(IDM, year=2024, scores=None, published=None),
    ]

    assert verdicts == [Audit(None, (), None, ())] * 4


def test_only_what_was_published_is_compared() -> None:
    record = VILLAGE_YEARS["Jongkang"]

    verdict = audited(record, dataclasses.replace(record.published, ike=None, idm=None))

    assert verdict.consistent is True


@pytest.mark.parametrize(
    ("iks", "consistent"),
    [(0.28005, True), (0.27995, True), (0.28006, False), (0.27994, False), (0.280051, False)],
)
def test_a_figure_agrees_within_half_a_unit_of_the_fourth_decimal(*, iks: float, consistent: bool) -> None:
    scores = scores_worth(12 * 49)

    verdict = audit(IDM, year=2024, scores=scores, published=Published(iks=iks))

    assert calculate(IDM, scores).indices[0] == 0.28
    assert verdict.consistent is consistent


def test_a_published_score_outside_the_rubric_is_a_warning_that_names_it() -> None:
    verdict = audited(VILLAGE_YEARS["Badak Mekar"])

    assert verdict.consistent is True
    assert describe(verdict, "en")["warnings"] == [
        {
            "code": "score_outside_rubric",
            "indicator": "iks_16",
            "score": 1,
            "admissible": [0, 3, 5],
            "message": "iks_16 carries 1, outside the rubric, which knows 0, 3, 5.",
        }
    ]


@pytest.mark.parametrize(
    ("language", "phrase"), [("en", "cannot tell which"), ("id", "tidak dapat menunjukkan")]
)
def test_the_explanation_claims_no_more_than_the_sum_can_tell(language: Language, phrase: str) -> None:
    answer = describe(audited(VILLAGE_YEARS["Barat Daya"]), language)

    assert list(answer) == ["consistent", "differences", "explanation", "warnings"]
    assert answer["consistent"] is False
    assert [list(difference) for difference in answer["differences"]] == [
        ["figure", "published", "computed"]
    ] * 3
    assert answer["explanation"]["code"] == "internet_rows_shown_alike"
    assert phrase in answer["explanation"]["text"]


def test_a_clean_verdict_is_described_with_every_key() -> None:
    answer = describe(audited(VILLAGE_YEARS["Perian"]), "id")

    assert answer == {"consistent": True, "differences": [], "explanation": None, "warnings": []}
