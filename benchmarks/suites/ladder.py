"""From a constant answer to ours, one change a rung: a rung that costs more than it used to names who got slower."""

from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from benchmarks.contest import COMPARISON, enter
from benchmarks.entrants import Entrant, bare, uvicorn
from benchmarks.equality import Side, ask
from benchmarks.lanes import Lane, race
from benchmarks.report import failures, figure, spread, table
from benchmarks.rounds import Sample, Spread, cheaper
from benchmarks.scenarios import draw
from benchmarks.servers import free_port
from benchmarks.stand import Finding, Stand

RUNGS = {
    "constant": "a constant in bare ASGI",
    "starlette": "the same constant by a route of Starlette",
    "fastapi": "by a route of FastAPI",
    "model": "as a dict through `response_model`",
    "routers": "by the last of 31 included routers",
    "yield": "with a dependency that yields",
    "orm": "a village from the database by the async ORM (the textbook)",
    "core": "by SQLAlchemy Core on the async engine, no model",
    "compiled": "Core compiled once, run on the driver",
    "driver": "Starlette instead of FastAPI, SQL by hand",
    "ours": "this project: any route, validation, caller, ETag, ready documents",
}
"""Name of each rung, and the one thing that it changes."""
OF_ITS_OWN = ("starlette", "fastapi", "model", "routers", "yield", "core", "compiled")


def measure(stand: Stand) -> Finding:
    """CPU of one village on every rung, against the lowest and against the one before."""
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        first = draw("one", stand.nation, seed=COMPARISON, number=1)[0]
        body = ask(Side(ours.server.port, ours.token), first)
        standing = {
            name: enter(stack, f"ladder-{name}", entrant, stand.plan)
            for name, entrant in _entrants(stand, body).items()
        } | {"ours": ours}
        lanes = {
            name: Lane(standing[name].server, partial(standing[name].asks, "one", stand.nation))
            for name in RUNGS
        }
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds / 2).samples
    against = {name: cheaper(samples["constant"], samples[name]) for name in RUNGS}
    figures = {f"{name} / constant": against[name] for name in RUNGS}
    figures["ours / driver"] = cheaper(samples["driver"], samples["ours"])
    flawless = all(sample.failed == 0 for lane in samples.values() for sample in lane)
    return Finding(f"## {stand.title}: ladder\n\n{_rows(samples, against)}\n", figures, flawless)


def _entrants(stand: Stand, body: bytes) -> dict[str, Entrant]:
    entrants = {"constant": bare(len(body)), "orm": stand.textbook}
    for name in OF_ITS_OWN:
        port = free_port()
        environment = {**stand.textbook.environment, "LADDER_RUNG": name, "LADDER_BODY": body.decode()}
        entrants[name] = Entrant(uvicorn("benchmarks.peers.ladder:app", port), environment, port)
    port = free_port()
    raw = uvicorn("benchmarks.peers.raw:app", port)
    entrants["driver"] = replace(stand.textbook, command=raw, port=port)
    return entrants


def _rows(samples: dict[str, list[Sample]], against: dict[str, Spread]) -> str:
    micros = {name: Spread.of([sample.cpu_micros for sample in lane]) for name, lane in samples.items()}
    names = list(RUNGS)
    before = dict(zip(names[1:], names, strict=False))
    rows = [
        [
            name,
            RUNGS[name],
            spread(micros[name]),
            spread(against[name]),
            f"{micros[name].median - micros[before[name]].median:+.0f}" if name in before else "",
            failures(samples[name]),
        ]
        for name in names
    ]
    header = (
        "rung",
        "what it changes",
        "CPU µs / answer",
        "× constant",
        "µs more than the rung before",
        "failed",
    )
    return table(header, rows).replace(figure(float("inf")), "no answer")
