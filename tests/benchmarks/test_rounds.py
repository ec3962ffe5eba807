"""A ratio is taken within a round, and the median of the ratios is what counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rounds import Sample, Spread, cheaper, faster, interleave


def sample(*, answered: int = 1000, seconds: float = 2.0, cpu_seconds: float = 1.0) -> Sample:
    return Sample(answered=answered, failed=0, seconds=seconds, cpu_seconds=cpu_seconds)


SAMPLES = st.builds(
    sample,
    answered=st.integers(1, 100_000),
    seconds=st.floats(0.1, 10),
    cpu_seconds=st.floats(0.01, 10),
)


def test_a_sample_knows_its_rate_and_its_cpu_in_microseconds() -> None:
    round_of_500 = sample(answered=500, seconds=2.0, cpu_seconds=1.5)

    figures = (round_of_500.rate, round_of_500.cpu_micros)

    assert figures == (250.0, 3000.0)


def test_refused_answers_are_no_answers_but_their_cost_stays() -> None:
    half_refused = Sample(answered=100, failed=100, seconds=1.0, cpu_seconds=0.2)

    figures = (half_refused.rate, half_refused.cpu_micros)

    assert figures == (100.0, 2000.0)


def test_a_ratio_compares_the_same_round_of_both() -> None:
    slow_machine_in_round_two = (1.0, 3.0, 1.0)
    ours = [sample(cpu_seconds=factor) for factor in slow_machine_in_round_two]
    theirs = [sample(cpu_seconds=10 * factor) for factor in slow_machine_in_round_two]

    ratio = cheaper(ours, theirs)

    assert (ratio.low, ratio.median, ratio.high) == (10.0, 10.0, 10.0)


def test_the_spread_is_the_median_with_the_least_and_the_greatest() -> None:
    spread = Spread.of([9.0, 2.0, 4.0, 3.0])

    assert spread == Spread(median=3.5, low=2.0, high=9.0)


@given(st.lists(st.tuples(SAMPLES, SAMPLES), min_size=1, max_size=9))
def test_what_is_twice_as_cheap_one_way_is_half_as_cheap_the_other(
    pairs: list[tuple[Sample, Sample]],
) -> None:
    left, right = [one for one, _ in pairs], [other for _, other in pairs]

    there = (cheaper(left, right), faster(left, right))
    back = (cheaper(right, left), faster(right, left))

    for one, other in zip(there, back, strict=True):
        assert one.low == pytest.approx(1 / other.high)
        assert one.high == pytest.approx(1 / other.low)


def test_rounds_of_different_number_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="longer"):
        cheaper([sample()], [sample(), sample()])


def test_the_servers_take_turns() -> None:
    asked: list[tuple[str, int]] = []

    def measure(name: str, number: int) -> Sample:
        asked.append((name, number))
        return sample()

    samples = interleave(["a", "b", "c"], 2, measure)

    assert asked == [("a", 0), ("b", 0), ("c", 0), ("a", 1), ("b", 1), ("c", 1)]
    assert {name: len(rounds) for name, rounds in samples.items()} == {"a": 2, "b": 2, "c": 2}
