"""Lanes take turns: each is one server, one stream of questions to it, and what an answer is worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.load import drive
from benchmarks.rounds import Sample, interleave
from benchmarks.servers import Server

CONNECTIONS = 16  # enough that a server never waits for its next request
WARM_UP = -1  # a seed apart from the numbers of the rounds
WARM_UP_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Lane:
    """`ask` gives the requests of a round by its number; `items` is how many things one answer is worth."""

    server: Server
    ask: Callable[[int], Sequence[bytes]]
    connections: int = CONNECTIONS
    expected: bytes = b"200"
    items: int = 1


@dataclass(frozen=True, slots=True)
class Race:
    """Samples by lane, and the generator's busiest round (0..1)."""

    samples: dict[str, list[Sample]]
    generator_busy: float


def same(requests: Sequence[bytes]) -> Callable[[int], Sequence[bytes]]:
    """These requests in every round."""
    return lambda _round: requests


def race(lanes: Mapping[str, Lane], *, rounds: int, seconds: float) -> Race:
    """Measure every lane once a round, after a short warm-up of each."""
    busiest = [0.0]

    def sample(name: str, number: int, seconds: float = seconds) -> Sample:
        lane = lanes[name]
        requests = lane.ask(number)
        before = lane.server.cpu_seconds()
        load = drive(
            lane.server.port,
            requests,
            connections=lane.connections,
            seconds=seconds,
            expected=lane.expected,
        )
        spent = lane.server.cpu_seconds() - before
        busiest.append(load.busy)
        answered = load.answered * lane.items
        return Sample(answered, load.failed, load.seconds, spent, load.worst, load.others)

    for name in lanes:
        sample(name, WARM_UP, WARM_UP_SECONDS)
    return Race(interleave(list(lanes), rounds, sample), max(busiest))
