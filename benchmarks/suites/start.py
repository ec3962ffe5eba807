"""From nothing to the first answer: the time, the CPU, and the memory of one worker."""

import time
from collections.abc import Sequence

from benchmarks.entrants import Entrant
from benchmarks.equality import fetch
from benchmarks.report import figure, spread, table
from benchmarks.rounds import Spread
from benchmarks.servers import serving
from benchmarks.stand import Finding, Stand


def measure(stand: Stand) -> Finding:
    """Ours and the textbook start in turns; the first answer is that of one village."""
    entrants = {"ours": stand.ours, "textbook": stand.textbook}
    taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in entrants}
    for _ in range(stand.plan.rounds):
        for name, entrant in entrants.items():
            taken[name].append(_started(entrant, stand))
    seconds, cpu, memory = (
        {name: [one[place] for one in all_of_it] for name, all_of_it in taken.items()} for place in range(3)
    )
    figures = {
        "start: ours / textbook, CPU": _ratio(cpu["ours"], cpu["textbook"]),
        "start: ours / textbook, seconds": _ratio(seconds["ours"], seconds["textbook"]),
        "memory at start, MB": Spread.of([size / 1e6 for size in memory["ours"]]),
        "memory at start: ours / textbook": _ratio(memory["ours"], memory["textbook"]),
    }
    rows = [
        [
            name,
            spread(Spread.of(seconds[name])),
            spread(Spread.of(cpu[name])),
            figure(max(memory[name]) / 1e6),
        ]
        for name in entrants
    ]
    header = ("server", "seconds to the first answer", "CPU s", "MB")
    return Finding(f"## {stand.title}: start\n\n{table(header, rows)}\n", figures)


def _started(entrant: Entrant, stand: Stand) -> tuple[float, float, int]:
    began = time.perf_counter()
    log = stand.plan.folder / "start.log"
    with serving(
        entrant.command, entrant.environment, port=entrant.port, cores=stand.plan.cores, log=log
    ) as server:
        fetch(server.port, f"/v1/villages/{stand.nation.villages[0].code}")
        return time.perf_counter() - began, server.cpu_seconds(), server.resident_bytes()


def _ratio(own: Sequence[float], other: Sequence[float]) -> Spread:
    return Spread.of([one / two for one, two in zip(own, other, strict=True)])
