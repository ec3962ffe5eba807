"""Dependency rules: data of the edition, a warning where scores contradict one another, silence where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.editions import EDITIONS, Rule
from app.index.rules import broken, describe_broken
from tests.index.indeks_desa import HIGHEST, INDEKS_DESA, VILLAGES, with_scores
from tests.index.village_years import IDM, any_scores

ASSETS = ("tk_11", "tk_12", "tk_13", "tk_14")
DEPENDENT = [rule for rule in INDEKS_DESA.rules if rule.count == 1 and len(rule.when.indicators) == 1]
items = st.lists(st.integers(1, 5), min_size=127, max_size=127).map(bytes)


def test_the_idm_has_no_rule_because_official_records_bear_out_none() -> None:
    assert IDM.rules == ()


@given(any_scores)
def test_without_rules_there_is_nothing_to_warn_of(scores: bytes) -> None:
    assert broken(IDM, scores) == ()


def test_the_rules_of_indeks_desa_are_16_presences_and_the_count_of_assets() -> None:
    assert len(DEPENDENT) == 16
    assert len(INDEKS_DESA.rules) == 21


@pytest.mark.parametrize("rule", DEPENDENT, ids=lambda rule: rule.id)
def test_what_is_absent_cannot_be_good(rule: Rule) -> None:
    absent = with_scores(HIGHEST.scores, {rule.when.indicators[0]: 1})

    found = [one for one in broken(INDEKS_DESA, absent) if one.rule is rule]

    assert [one.indicators for one in found] == [rule.then.indicators]


@pytest.mark.parametrize("score", [1, 5])
def test_a_village_that_is_the_same_throughout_contradicts_nothing(score: int) -> None:
    assert broken(INDEKS_DESA, bytes([score] * 127)) == ()


@given(items)
def test_the_productivity_of_assets_is_one_more_than_the_productive_ones(scores: bytes) -> None:
    productive = sum(scores[INDEKS_DESA.position[row]] == 5 for row in ASSETS)
    counted = scores[INDEKS_DESA.position["tk_15"]] == 1 + productive

    warned = [one.rule.id for one in broken(INDEKS_DESA, scores) if one.rule.id.startswith("productive")]

    assert warned == ([] if counted else [f"productive_assets_{productive}"])


def test_a_warning_names_its_rule_the_rows_and_what_was_expected() -> None:
    scores = with_scores(VILLAGES[1].scores, {"ld_16": 1, "ld_17": 1, "ld_18": 3, "ld_19": 5})

    warnings = describe_broken(INDEKS_DESA, scores, "id")

    assert warnings == [
        {
            "rule": "no_doctor",
            "indicators": ["ld_18", "ld_19"],
            "expected": [1],
            "message": "Tanpa dokter, baris yang bergantung padanya bernilai 1.",
        }
    ]


@given(items)
def test_the_rows_of_a_warning_are_those_outside_what_the_rule_expects(scores: bytes) -> None:
    for rule, rows in broken(INDEKS_DESA, scores):
        at = {row: scores[INDEKS_DESA.position[row]] for row in rule.then.indicators}

        assert rows == tuple(row for row, score in at.items() if score not in rule.then.scores)


def test_scores_of_another_edition_are_never_judged() -> None:
    with pytest.raises(ValueError, match="zip"):
        broken(EDITIONS["indeks-desa-2025"], bytes(50))
