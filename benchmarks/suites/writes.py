"""Changes by one, eight and sixteen clients: none is turned away, none waits long, and they share their commits."""

from contextlib import ExitStack
from functools import partial

from benchmarks.contest import enter
from benchmarks.lanes import Lane, race
from benchmarks.report import lanes_table
from benchmarks.rounds import Spread, faster
from benchmarks.stand import Finding, Stand

WRITERS = (1, 8, 16)


def measure(stand: Stand) -> Finding:
    """PATCH of villages at random, on ours alone; every answer must be 200."""
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        lanes = {
            f"{writers} writers": Lane(
                ours.server, partial(ours.asks, "patch", stand.nation), connections=writers
            )
            for writers in WRITERS
        }
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples
    eight = samples["8 writers"]
    figures = {
        "16 writers / 1 writer, rate": faster(samples["16 writers"], samples["1 writers"]),
        "turned away": Spread.of([sample.failed for lane in samples.values() for sample in lane]),
        "worst wait of 8, ms": Spread.of([sample.worst * 1000 for sample in eight]),
    }
    return Finding(
        f"## {stand.title}: writers\n\n{lanes_table(samples)}\n", figures, figures["turned away"].high == 0
    )
