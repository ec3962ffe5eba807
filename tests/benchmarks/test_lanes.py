"""Lanes take turns on what is really sent and answered, and an answer that was not expected is no answer."""

from benchmarks.lanes import Lane, race, same
from benchmarks.scenarios import get
from tests.benchmarks.answering import answering

SECONDS = 0.02


def test_every_lane_is_warmed_up_and_asked_once_a_round() -> None:
    numbers: dict[str, list[int]] = {"a": [], "b": []}

    with answering(200) as (server, asked):

        def lane(name: str) -> Lane:
            def ask(number: int) -> list[bytes]:
                numbers[name].append(number)
                return [get(f"/{name}/{number}")]

            return Lane(server, ask, connections=2)

        held = race({name: lane(name) for name in numbers}, rounds=2, seconds=SECONDS)

    assert numbers == {"a": [-1, 0, 1], "b": [-1, 0, 1]}
    assert list(dict.fromkeys(asked)) == ["/a/-1", "/b/-1", "/a/0", "/b/0", "/a/1", "/b/1"]
    assert {name: len(samples) for name, samples in held.samples.items()} == {"a": 2, "b": 2}


def test_an_answer_is_worth_as_many_things_as_the_lane_says() -> None:
    with answering(200) as (server, asked):
        lane = Lane(server, same([get("/")]), connections=1, items=1_000)
        held = race({"batch": lane}, rounds=1, seconds=SECONDS).samples["batch"][0]

    assert held.answered % 1_000 == 0
    assert 0 < held.answered // 1_000 < len(asked)


def test_statuses_that_were_not_expected_are_counted_by_their_number() -> None:
    with answering(200, 503) as (server, _):
        lane = Lane(server, same([get("/")]), connections=1)
        held = race({"one": lane}, rounds=1, seconds=SECONDS).samples["one"][0]

    assert held.failed > 0
    assert held.others == f"503: {held.failed}"


def test_a_lane_may_expect_another_status() -> None:
    with answering(405) as (server, _):
        lane = Lane(server, same([get("/")]), connections=1, expected=b"405")
        held = race({"refused": lane}, rounds=1, seconds=SECONDS).samples["refused"][0]

    assert (held.failed, held.others) == (0, "")
    assert held.answered > 0
