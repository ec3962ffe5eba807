"""What holds for any scores by any published edition: gains add up, more is never less, every score is described."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.index.editions import EDITIONS, Edition
from app.index.formula import (
    calculate,
    describe,
    gains,
    pack,
    scores_out_of_rubric,
    status_of,
    unpack,
)
from app.index.methods.presenting import explained

Case = tuple[Edition, bytes]
editions = st.sampled_from(list(EDITIONS.values()))


def _rubric(edition: Edition) -> st.SearchStrategy[bytes]:
    return st.tuples(*(st.sampled_from(sorted(known)) for known in edition.admissible)).map(bytes)


def _any(edition: Edition) -> st.SearchStrategy[bytes]:
    size = len(edition.indicators)
    return st.lists(st.integers(0, 5), min_size=size, max_size=size).map(bytes)


any_case = editions.flatmap(lambda edition: st.tuples(st.just(edition), _any(edition)))
rubric_case = editions.flatmap(lambda edition: st.tuples(st.just(edition), _rubric(edition)))


@given(any_case)
def test_the_gains_of_every_layer_and_the_index_make_one(case: Case) -> None:
    edition, scores = case

    answer = explained(edition, calculate(edition, scores), "en")

    sectors = [sector for dimension in answer["dimensions"] for sector in dimension["sub_dimensions"]]
    for layer in (answer["dimensions"], sectors, answer["indicators"]):
        total = sum(part["gain"] for part in layer)
        assert math.isclose(total + answer["value"], 1, rel_tol=0, abs_tol=1e-12)


@given(any_case, st.data())
def test_raising_a_row_never_lowers_the_index_nor_the_status(case: Case, data: st.DataObject) -> None:
    edition, scores = case
    row = data.draw(st.integers(0, len(scores) - 1))
    order = [status.id for status in edition.statuses]
    raised = scores[:row] + bytes([edition.indicators[row].maximum]) + scores[row + 1 :]

    before, after = calculate(edition, scores), calculate(edition, raised)

    assert math.isclose(after.value - before.value, gains(edition, scores)[row], rel_tol=0, abs_tol=1e-12)
    assert order.index(after.status) >= order.index(before.status)


@given(any_case)
def test_the_status_is_that_of_the_whole_points(case: Case) -> None:
    edition, scores = case

    calculation = calculate(edition, scores)

    assert calculation.value == calculation.points / edition.total
    assert calculation.status == status_of(edition, calculation.points)


@given(any_case)
def test_packed_scores_come_back_as_they_were(case: Case) -> None:
    edition, scores = case

    assert pack(edition, **unpack(edition, scores)) == scores


@given(rubric_case)
def test_scores_of_the_rubric_are_all_known_and_all_described(case: Case) -> None:
    edition, scores = case

    answer = describe(edition, calculate(edition, scores), "id")

    assert scores_out_of_rubric(edition, scores) == ()
    assert all(row["meaning"] for row in answer["indicators"])
    assert not any(row["activity"] for row in answer["indicators"] if row["score"] == 5)
