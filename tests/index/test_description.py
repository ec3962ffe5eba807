"""The answer of a calculation: one shape, two languages, and the gains of every layer add up."""

import json
import math
from fractions import Fraction

import pytest
from hypothesis import given

from app.index.editions import Language
from app.index.formula import calculate, describe, scores_out_of_rubric
from tests.index.village_years import IDM, VILLAGE_YEARS, any_scores, rubric_scores


@given(any_scores)
def test_the_gains_of_every_layer_add_up_to_what_the_index_lacks(scores: bytes) -> None:
    calculation = calculate(IDM, scores)

    answer = describe(IDM, calculation, "en")

    sectors = [sector for dimension in answer["dimensions"] for sector in dimension["sub_dimensions"]]
    for layer in (answer["dimensions"], sectors, answer["indicators"]):
        total = sum(part["gain"] for part in layer)
        assert math.isclose(total, 1 - calculation.value, rel_tol=0, abs_tol=1e-12)


@given(rubric_scores)
def test_scores_of_the_rubric_are_all_known_and_all_described(scores: bytes) -> None:
    answer = describe(IDM, calculate(IDM, scores), "id")

    assert scores_out_of_rubric(IDM, scores) == ()
    assert all(row["meaning"] for row in answer["indicators"])
    assert not any(row["activity"] for row in answer["indicators"] if row["score"] == 5)


def test_badak_mekar_keeps_its_published_score_that_the_rubric_does_not_know() -> None:
    scores = VILLAGE_YEARS["Badak Mekar"].scores

    answer = describe(IDM, calculate(IDM, scores), "id")

    row = next(row for row in answer["indicators"] if row["id"] == "iks_16")
    assert scores_out_of_rubric(IDM, scores) == ("iks_16",)
    assert (row["score"], row["meaning"], row["activity"]) == (1, None, None)
    assert row["gain"] == float(Fraction(4, 525))
    assert answer["idm"] == 4550 / 6300


def test_the_description_has_the_shape_of_the_contract() -> None:
    answer = describe(IDM, calculate(IDM, VILLAGE_YEARS["Perian"].scores), "en")

    assert list(answer) == [
        *("edition", "iks", "ike", "ikl", "idm", "status", "target_status", "target_score"),
        *("increase_needed", "dimensions", "indicators"),
    ]
    assert [row["id"] for row in answer["indicators"]] == [row.id for row in IDM.indicators]
    assert {tuple(row) for row in answer["indicators"]} == {
        ("id", "name", "dimension", "variable", "score", "gain", "meaning", "activity", "executors")
    }
    assert [dimension["id"] for dimension in answer["dimensions"]] == ["iks", "ike", "ikl"]
    assert [dimension["score"] for dimension in answer["dimensions"]] == [
        answer[d] for d in ("iks", "ike", "ikl")
    ]
    assert [dimension["maximum"] for dimension in answer["dimensions"]] == [175, 60, 15]


def test_the_description_shows_which_sector_still_needs_strengthening() -> None:
    answer = describe(IDM, calculate(IDM, VILLAGE_YEARS["Ladolaka"].scores), "id")

    sectors = {s["name"]: s for dimension in answer["dimensions"] for s in dimension["sub_dimensions"]}
    assert list(sectors) == ["Kesehatan", "Pendidikan", "Modal sosial", "Permukiman", "Ekonomi", "Ekologi"]
    assert max(sectors.values(), key=lambda sector: sector["gain"])["id"] == "ekonomi"
    assert (sectors["Ekonomi"]["sum"], sectors["Ekonomi"]["maximum"]) == (16, 60)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_same_scores_give_the_same_bytes(language: Language) -> None:
    scores = VILLAGE_YEARS["Perian"].scores

    first, second = (json.dumps(describe(IDM, calculate(IDM, bytes(scores)), language)) for _ in range(2))

    assert first == second


def test_a_description_can_be_changed_without_touching_the_edition() -> None:
    calculation = calculate(IDM, VILLAGE_YEARS["Perian"].scores)
    untouched = json.dumps(describe(IDM, calculation, "en"))

    changed = describe(IDM, calculation, "en")
    changed["indicators"][0]["executors"]["pusat"] = ["someone"]
    changed["dimensions"].clear()

    assert json.dumps(describe(IDM, calculation, "en")) == untouched
