"""An explanation adds up without remainder at every level, and its distances are where the status turns."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.advice.explanation import Part, describe, explain, thresholds
from app.index.editions import EDITIONS, Edition
from app.index.formula import calculate, status_of
from tests.index.village_years import IDM, VILLAGE_YEARS, scores_worth

PUBLISHED = [EDITIONS[name] for name in EDITIONS]
PERIAN = VILLAGE_YEARS["Perian"].scores


@st.composite
def _scored(draw: st.DrawFn) -> tuple[Edition, bytes]:
    edition = draw(st.sampled_from(PUBLISHED))
    return edition, bytes(draw(st.integers(0, row.maximum)) for row in edition.indicators)


def within(part: Part) -> Iterator[Part]:
    """A part and all that it is made of."""
    yield part
    for one in part.parts:
        yield from within(one)


@given(_scored())
def test_the_parts_add_up_to_the_index_without_remainder(scored: tuple[Edition, bytes]) -> None:
    edition, scores = scored
    calculation = calculate(edition, scores)

    explanation = explain(edition, scores)

    every = [part for dimension in explanation.dimensions for part in within(dimension)]
    for part in every:
        if part.parts:
            assert sum(one.points for one in part.parts) == part.points
            assert sum(one.missing for one in part.parts) == part.missing
            assert sum(one.maximum for one in part.parts) == part.maximum
    rows = {part.id: part.sum for part in every if not part.parts}
    assert rows == {row.id: score for row, score in zip(edition.indicators, scores, strict=True)}
    shares = [Fraction(one.points, edition.total) for one in explanation.dimensions]
    assert sum(shares) == Fraction(calculation.points, edition.total)
    assert sum(one.points + one.missing for one in explanation.dimensions) == edition.total
    assert (explanation.points, explanation.status) == (calculation.points, calculation.status)


@given(_scored())
def test_every_printed_share_is_the_double_nearest_to_its_points(scored: tuple[Edition, bytes]) -> None:
    edition, scores = scored

    told = describe(edition, explain(edition, scores), "en")

    shown = list(_shown(told["dimensions"]))
    assert len(shown) > len(edition.indicators)
    for part in shown:
        assert part["contribution"] == float(Fraction(part["points"], edition.total))
        assert part["gain"] == float(Fraction(part["points_missing"], edition.total))
    assert told[edition.index] == calculate(edition, scores).value


def _shown(parts: list[dict]) -> Iterator[dict]:  # type: ignore[type-arg]  # JSON
    for part in parts:
        yield part
        for level in ("sub_dimensions", "variables", "indicators"):
            yield from _shown(part.get(level, []))


@pytest.mark.parametrize("edition", PUBLISHED, ids=lambda edition: edition.id)
def test_every_distance_ends_exactly_where_the_status_turns(edition: Edition) -> None:
    order = [status.id for status in edition.statuses]
    turns = 0

    for points in range(edition.total + 1):
        for rank, threshold in enumerate(thresholds(edition, points)):
            if threshold.missing is not None:
                assert threshold.cushion is None
                assert status_of(edition, points + threshold.missing) == threshold.status.id
                assert order.index(status_of(edition, points + threshold.missing - 1)) == rank - 1
            else:
                assert threshold.cushion is not None
                assert status_of(edition, points - threshold.cushion) == threshold.status.id
                below = points - threshold.cushion - 1
                assert below < 0 or order.index(status_of(edition, below)) == rank - 1
            turns += threshold.missing == 1

    assert turns == len(edition.statuses) - 1


@pytest.mark.parametrize(
    ("points", "maju"), [(4454, (2, None)), (4455, (1, None)), (4456, (None, 0)), (4457, (None, 1))]
)
def test_at_the_threshold_of_maju_a_single_point_decides(
    points: int, maju: tuple[int | None, int | None]
) -> None:
    explanation = explain(IDM, scores_worth(points))

    threshold = explanation.thresholds[3]
    assert (threshold.status.id, threshold.at_least) == ("maju", 4456)
    assert (threshold.missing, threshold.cushion) == maju


def test_a_village_reads_where_its_points_come_from() -> None:
    told = describe(IDM, explain(IDM, PERIAN), "en")

    social, economic, environmental = told["dimensions"]
    assert [(one["sum"], one["weight"], one["points"]) for one in told["dimensions"]] == [
        (160, 12, 1920),
        (58, 35, 2030),
        (13, 140, 1820),
    ]
    assert (told["points"], told["total"], told["idm"]) == (5770, 6300, 5770 / 6300)
    assert (environmental["contribution"], environmental["gain_per_point"]) == (1820 / 6300, 140 / 6300)
    assert [sector["id"] for sector in social["sub_dimensions"]] == [
        *("kesehatan", "pendidikan", "modal_sosial", "permukiman")
    ]
    health = social["sub_dimensions"][0]["variables"][0]
    assert (health["id"], [row["score"] for row in health["indicators"]]) == (
        "pelayanan_kesehatan",
        [5, 0, 5, 4],
    )
    assert health["indicators"][1]["points_missing"] == 60
    assert (economic["score"], economic["points_missing"]) == (58 / 60, 70)
    mandiri = told["thresholds"][-1]
    assert (mandiri["status"], mandiri["at_least"], mandiri["missing"]) == ("mandiri", 5138, None)
    assert mandiri["cushion"] == {"points": 632, "score": 632 / 6300}


def test_the_weakest_sector_is_by_its_share_and_what_gives_or_misses_most_by_points() -> None:
    explanation = explain(IDM, bytes([5] * 7 + [3] * 7 + [5] * 21 + [4] * 12 + [5, 5, 4]))

    assert explanation.weakest is not None
    assert explanation.weakest.id == "pendidikan"
    assert explanation.gives_most is not None
    assert (explanation.gives_most.id, explanation.gives_most.points) == ("ekologi", 1960)
    assert explanation.most_to_gain is not None
    assert (explanation.most_to_gain.id, explanation.most_to_gain.missing) == ("ekonomi", 420)


def test_of_equal_sectors_the_first_in_official_order_is_named() -> None:
    explanation = explain(IDM, bytes([4] * 50))

    found = (explanation.weakest, explanation.gives_most, explanation.most_to_gain)
    assert [sector and sector.id for sector in found] == ["kesehatan", "ekonomi", "ekonomi"]


def test_no_sector_is_named_where_there_is_none() -> None:
    full, nothing = explain(IDM, bytes([5] * 50)), explain(IDM, bytes(50))

    assert (full.weakest, full.most_to_gain) == (None, None)
    assert nothing.gives_most is None
    told = describe(IDM, full, "en")
    assert (told["weakest"], told["most_to_gain"]) == (None, None)


@pytest.mark.parametrize("edition", PUBLISHED, ids=lambda edition: edition.id)
def test_names_are_in_the_callers_language(edition: Edition) -> None:
    explanation = explain(edition, bytes(row.maximum for row in edition.indicators))

    english, indonesian = (describe(edition, explanation, language) for language in ("en", "id"))

    pairs = list(zip(_shown(english["dimensions"]), _shown(indonesian["dimensions"]), strict=True))
    assert sum(one["name"] != other["name"] for one, other in pairs) > len(pairs) / 2
    assert english["thresholds"][-1]["name"] != indonesian["thresholds"][0]["name"]


def test_a_score_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="50 scores"):
        explain(IDM, bytes(49))
