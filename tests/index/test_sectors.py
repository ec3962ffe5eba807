"""Which sector still needs strengthening: shares and gains of dimensions and sub-dimensions, whatever the scores."""

import pytest
from hypothesis import given, settings

from app.index.formula import calculate, describe
from tests.index.village_years import IDM, any_scores

MEMBERS = ["id", "name", "score", "sum", "maximum", "share", "gain_per_point", "gain", "sub_dimensions"]
SECTOR = ["id", "name", "score", "sum", "maximum", "gain"]


@settings(deadline=None)
@given(any_scores)
def test_a_dimension_tells_what_it_has_and_what_it_can_give(scores: bytes) -> None:
    calculation = calculate(IDM, scores)

    for shown, index, dimension in zip(
        describe(IDM, calculation, "en")["dimensions"], calculation.indices, IDM.dimensions, strict=True
    ):
        assert list(shown) == MEMBERS
        assert shown["name"] == dimension.name["en"]
        assert shown["sum"] == sum(scores[dimension.rows])
        assert shown["score"] == index == shown["sum"] / shown["maximum"]
        assert shown["share"] == pytest.approx(1 / 3)
        assert shown["gain_per_point"] == pytest.approx(shown["share"] / shown["maximum"])
        assert shown["gain"] == pytest.approx(shown["share"] * (1 - shown["score"]))


@settings(deadline=None)
@given(any_scores)
def test_the_sectors_of_a_dimension_add_up_to_it(scores: bytes) -> None:
    for shown in describe(IDM, calculate(IDM, scores), "id")["dimensions"]:
        sectors = shown["sub_dimensions"]

        assert all(list(sector) == SECTOR for sector in sectors)
        assert all(sector["score"] == sector["sum"] / sector["maximum"] for sector in sectors)
        assert sum(sector["sum"] for sector in sectors) == shown["sum"]
        assert sum(sector["maximum"] for sector in sectors) == shown["maximum"]
        assert sum(sector["gain"] for sector in sectors) == pytest.approx(shown["gain"])
