"""How cost grows with the rows of the nation and with the clients that ask at once: ours alone."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from benchmarks.contest import Contestant, enter
from benchmarks.data import PAGE, Nation, first, provinces
from benchmarks.equality import UnequalAnswersError
from benchmarks.lanes import Lane, race, same
from benchmarks.load import UnreadableAnswerError
from benchmarks.report import figure, table
from benchmarks.rounds import Sample, Spread, cheaper
from benchmarks.scenarios import get
from benchmarks.servers import ServerFailedError
from benchmarks.stand import Finding, Stand, filled
from benchmarks.suites.legality import batches, found

CLIENTS = (1, 4, 16, 64, 256)
FEW, MANY = 237, 30
"""Villages at least; provinces at most, which makes 840,000 villages."""
COOPERATIVES, PUSHED, PUSHES = 200, 10, 1_000
"""Cooperatives that are spoken of, events in a push, and pushes prepared for a round, every event a new one."""
GROWING = ("one", "page", "search", "report", "push", "feed")


def measure(stand: Stand) -> Finding:
    """CPU µs for an answer by size of the nation, then answers a second by number of clients."""
    sizes = [first(stand.nation, FEW), stand.nation]
    if stand.plan.large:
        sizes.append(provinces(MANY))
    by_rows = {}
    for nation in sizes:
        try:
            by_rows[f"{len(nation.villages):,}"] = _at_size(stand, nation)
        except (
            ServerFailedError,
            UnequalAnswersError,
            OSError,
        ) as failed:  # the other sizes still say something
            print(f"scale, {len(nation.villages):,} villages: {failed}", file=sys.stderr)
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        asked = _asked(ours, stand.nation)
        by_clients = {str(clients): _held(ours, asked, stand, clients) for clients in CLIENTS}
    text = (
        f"## {stand.title}: scale\n\nCPU µs for an answer, by villages held, 16 clients; "
        f"a push is of {PUSHED} events, page and report are of one regency:\n\n"
        f"{_cells('villages', by_rows, _micros)}\n\nAnswers a second, by clients; the longest wait in ms:\n\n"
        f"{_cells('clients', by_clients, _rate)}\n"
    )
    return Finding(text, dict(_growth(by_rows)))


def _growth(by_rows: Mapping[str, Mapping[str, list[Sample]]]) -> list[tuple[str, Spread]]:
    """What an answer costs at the largest size, by what it costs at the smallest."""
    held = list(by_rows.values())
    return [
        (
            f"{name}: most / fewest rows",
            cheaper(held[0][name], held[-1][name]),
        )
        for name in GROWING
    ]


def _at_size(stand: Stand, nation: Nation) -> dict[str, list[Sample]]:
    with ExitStack() as stack:
        if nation is stand.nation:
            entrant = stand.ours
        else:
            place = stand.plan.folder / str(len(nation.villages))
            entrant = stack.enter_context(filled(stand.engine, nation, place))
        ours = enter(stack, "ours", entrant, stand.plan)
        return _held(ours, _asked(ours, nation), stand, clients=16)


def _asked(ours: Contestant, nation: Nation) -> dict[str, Callable[[int], Sequence[bytes]]]:
    codes = [village.code for village in nation.villages]
    regency, some = codes[0][:5], codes[:: max(1, len(codes) // 500)]
    ids = found(ours, codes[:COOPERATIVES])
    return {
        "one": same([get(f"/v1/villages/{code}") for code in some]),
        "page": same([get(f"/v1/villages?region={regency}&limit={PAGE}&count=exact")]),
        "search": same([get(f"/v1/villages?q={code}&limit={PAGE}") for code in some]),
        "report": same([get(f"/v1/reports/idm-status?region={regency}")]),
        "push": lambda _round: batches(ours, ids, PUSHES, PUSHED),
        "feed": same([get(f"/v1/changes?limit={PAGE}")]),
    }


def _held(
    ours: Contestant, asked: Mapping[str, Callable[[int], Sequence[bytes]]], stand: Stand, clients: int
) -> dict[str, list[Sample]]:
    rounds, seconds = max(1, stand.plan.rounds // 2), stand.plan.seconds / 2
    held: dict[str, list[Sample]] = {}
    for name in GROWING:
        lane = {name: Lane(ours.server, asked[name], connections=clients)}
        try:
            held |= race(lane, rounds=rounds, seconds=seconds).samples
        except (UnreadableAnswerError, OSError) as failed:  # one that cannot keep up is a cell, not the end
            print(f"{name}, {clients} clients: {failed}", file=sys.stderr)
            held[name] = [Sample(answered=0, failed=1, seconds=seconds, cpu_seconds=0)]
    return held


def _cells(
    what: str, held: Mapping[str, Mapping[str, list[Sample]]], told: Callable[[list[Sample]], str]
) -> str:
    rows = [[size, *(told(samples[name]) for name in GROWING)] for size, samples in held.items()]
    return table((what, *GROWING), rows)


def _median(samples: list[Sample]) -> float:
    return Spread.of([sample.cpu_micros for sample in samples]).median


def _micros(samples: list[Sample]) -> str:
    return figure(_median(samples)) + _refused(samples)


def _rate(samples: list[Sample]) -> str:
    rate = figure(Spread.of([sample.rate for sample in samples]).median)
    return f"{rate}; {figure(max(sample.worst for sample in samples) * 1000)}{_refused(samples)}"


def _refused(samples: list[Sample]) -> str:
    """Answers that were not 200; a queue that is full turns away, which is no speed."""
    answered, failed = sum(one.answered for one in samples), sum(one.failed for one in samples)
    return f"; {failed / (answered + failed):.0%} turned away" if failed else ""
