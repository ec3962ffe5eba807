"""The generator's arrivals are those of many who know nothing of each other, whatever the server does."""

from itertools import pairwise

from tests.overload.plan import arrivals


def test_so_many_come_as_are_asked_for_at_instants_of_their_own() -> None:
    due = list(arrivals(1000, 10, seed=1))

    assert due == list(arrivals(1000, 10, seed=1))
    assert due == sorted(due)
    assert 9_500 < len(due) < 10_500
    gaps = [later - earlier for earlier, later in pairwise(due)]
    shorter = sum(gap < 0.001 for gap in gaps) / len(gaps)
    assert 0.6 < shorter < 0.66
