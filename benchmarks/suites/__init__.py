"""The suites by name, in the order they run; each measures one engine's stand and gives its findings."""

from collections.abc import Callable

from benchmarks.stand import Finding, Stand
from benchmarks.suites import index, legality, peers, reading, scale, start, writes

SUITES: dict[str, Callable[[Stand], Finding]] = {
    "peers": peers.measure,
    "reading": reading.measure,
    "writes": writes.measure,
    "legality": legality.measure,
    "start": start.measure,
    "index": index.measure,
    "scale": scale.measure,
}
SHORT = ("peers",)
"""What `make bench` runs; `make bench-full` runs all."""
