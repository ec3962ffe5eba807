"""Rows changed on paper: what moved adds up, in whole points, to what the index gained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.advice.moving import Move, changed, moves
from app.index.editions import EDITIONS, Edition
from app.index.formula import calculate
from tests.index.village_years import IDM

PUBLISHED = [EDITIONS[name] for name in EDITIONS]


@st.composite
def _told(draw: st.DrawFn) -> tuple[Edition, bytes, dict[str, int]]:
    edition = draw(st.sampled_from(PUBLISHED))
    scores = bytes(draw(st.integers(0, row.maximum)) for row in edition.indicators)
    rows = draw(st.lists(st.sampled_from(edition.indicators), unique=True, max_size=6))
    return edition, scores, {row.id: draw(st.sampled_from(sorted(row.admissible))) for row in rows}


@given(_told())
def test_what_moved_adds_up_to_what_was_gained(told: tuple[Edition, bytes, dict[str, int]]) -> None:
    edition, scores, changes = told

    after = changed(edition, scores, changes)
    moved = moves(edition, scores, after)

    gained = calculate(edition, after).points - calculate(edition, scores).points
    assert sum(move.points for move in moved) == gained
    for row, old, new in zip(edition.indicators, scores, after, strict=True):
        assert new == changes.get(row.id, old)
    assert [move.at for move in moved] == [
        at for at, (old, new) in enumerate(zip(scores, after, strict=True)) if old != new
    ]


def test_a_point_is_worth_what_its_dimension_says() -> None:
    scores = bytes([3] * 50)

    after = changed(IDM, scores, {"ikl_03": 5, "iks_01": 4, "ike_12": 1, "ike_01": 3})

    assert moves(IDM, scores, after) == (Move(0, 3, 4, 12), Move(46, 3, 1, -70), Move(49, 3, 5, 280))


def test_an_indicator_of_another_edition_is_refused() -> None:
    with pytest.raises(KeyError):
        changed(IDM, bytes(50), {"iks_36": 5})
