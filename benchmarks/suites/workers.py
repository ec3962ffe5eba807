"""One worker and two on PostgreSQL, free to use every core: an answer costs the same, and more come at once."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from benchmarks.contest import enter
from benchmarks.entrants import Entrant
from benchmarks.lanes import Lane, race
from benchmarks.report import lanes_table
from benchmarks.rounds import cheaper, faster
from benchmarks.servers import free_port
from benchmarks.stand import Finding, Stand

CLIENTS, SCENARIOS = 32, ("one", "page", "patch")
WORKERS = {"one worker": "1", "two workers": "2"}


def measure(stand: Stand) -> Finding:
    """SQLite has one writer, a file; several workers are PostgreSQL's."""
    if stand.engine == "sqlite":
        return Finding("")
    plan = replace(stand.plan, cores=stand.plan.every)
    with ExitStack() as stack:
        standing = {
            name: enter(stack, name.replace(" ", "-"), _with(stand.ours, number), plan)
            for name, number in WORKERS.items()
        }
        lanes = {
            f"{scenario}, {name}": Lane(
                one.server, partial(one.asks, scenario, stand.nation), connections=CLIENTS
            )
            for scenario in SCENARIOS
            for name, one in standing.items()
        }
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples
    figures = {}
    for scenario in SCENARIOS:
        one, two = (samples[f"{scenario}, {name}"] for name in WORKERS)
        figures[f"{scenario}: CPU of two workers / one"] = cheaper(one, two)
        figures[f"{scenario}: rate of two workers / one"] = faster(two, one)
    flawless = all(sample.failed == 0 for lane in samples.values() for sample in lane)
    told = (
        f"{CLIENTS} clients. The load generator and PostgreSQL share the {len(plan.cores)} cores with the workers, so "
        "the rate cannot double where there are two; that an answer's CPU does not grow is what can be told here."
    )
    return Finding(f"## {stand.title}: workers\n\n{told}\n\n{lanes_table(samples)}\n", figures, flawless)


def _with(ours: Entrant, workers: str) -> Entrant:
    port = free_port()
    more: Mapping[str, str] = {"BERDAYA_PORT": str(port), "BERDAYA_WORKERS": workers}
    return replace(ours, environment={**ours.environment, **more}, port=port)
