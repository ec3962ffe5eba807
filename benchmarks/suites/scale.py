"""How cost grows with the rows of the nation and with the clients that ask at once: ours alone."""

from contextlib import ExitStack

from benchmarks.contest import Contestant, enter
from benchmarks.data import PAGE, Nation, first, provinces
from benchmarks.lanes import Lane, race, same
from benchmarks.report import figure, table
from benchmarks.rounds import Sample, Spread
from benchmarks.scenarios import get
from benchmarks.stand import Finding, Stand, filled

CLIENTS = (1, 4, 16, 64, 256)
FEW, MANY = 237, 30
"""Villages at least; provinces at most, which makes 840,000 villages."""


def measure(stand: Stand) -> Finding:
    """CPU µs for an answer by size of the nation, then answers a second by number of clients."""
    sizes = [first(stand.nation, FEW), stand.nation]
    if stand.plan.large:
        sizes.append(provinces(MANY))
    by_rows = {f"{len(nation.villages):,}": _at_size(stand, nation) for nation in sizes}
    text = f"## {stand.title}: scale\n\nCPU µs for an answer, by villages held:\n\n{_rows(by_rows)}\n"
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        by_clients = {str(clients): _held(ours, stand.nation, stand, clients) for clients in CLIENTS}
    text += f"\nAnswers a second, by clients:\n\n{_rates(by_clients)}\n"
    return Finding(text)


def _at_size(stand: Stand, nation: Nation) -> dict[str, list[Sample]]:
    with ExitStack() as stack:
        if nation is stand.nation:
            entrant = stand.ours
        else:
            entrant = stack.enter_context(
                filled(stand.engine, nation, stand.plan.folder / str(len(nation.villages)))
            )
        return _held(enter(stack, "ours", entrant, stand.plan), nation, stand, clients=16)


def _held(ours: Contestant, nation: Nation, stand: Stand, clients: int) -> dict[str, list[Sample]]:
    codes = [village.code for village in nation.villages]
    regency, some = codes[0][:5], codes[:: max(1, len(codes) // 500)]
    asked = {
        "one": [get(f"/v1/villages/{code}") for code in some],
        "page": [get(f"/v1/villages?region={regency}&limit={PAGE}&count=exact")],
        "search": [get(f"/v1/villages?q={code}&limit={PAGE}") for code in some],
        "report": [get("/v1/reports/idm-status")],
        "feed": [get(f"/v1/changes?limit={PAGE}")],
    }
    lanes = {name: Lane(ours.server, same(requests), connections=clients) for name, requests in asked.items()}
    rounds = max(1, stand.plan.rounds // 2)
    return race(lanes, rounds=rounds, seconds=stand.plan.seconds / 2).samples


def _rows(held: dict[str, dict[str, list[Sample]]]) -> str:
    names = list(next(iter(held.values())))
    rows = [
        [size, *(_middle([sample.cpu_micros for sample in samples[name]]) for name in names)]
        for size, samples in held.items()
    ]
    return table(("villages", *names), rows)


def _rates(held: dict[str, dict[str, list[Sample]]]) -> str:
    names = list(next(iter(held.values())))
    rows = [
        [clients, *(_middle([sample.rate for sample in samples[name]]) for name in names)]
        for clients, samples in held.items()
    ]
    return table(("clients", *names), rows)


def _middle(values: list[float]) -> str:
    return figure(Spread.of(values).median)
