"""The suites by name, in the order they run; each measures one engine's stand and gives its findings."""

from collections.abc import Callable

from benchmarks.stand import Finding, Stand
from benchmarks.suites import index, ladder, legality, peers, reading, scale, start, workers, writes

SUITES: dict[str, Callable[[Stand], Finding]] = {
    "peers": peers.measure,
    "ladder": ladder.measure,
    "reading": reading.measure,
    "start": start.measure,
    "writes": writes.measure,
    "workers": workers.measure,
    "legality": legality.measure,
    "index": index.measure,
    "scale": scale.measure,
}
SHORT = ("peers", "reading", "start", "writes", "legality", "index")
"""What `make bench` runs, which is every goal; `make bench-full` runs all, with every peer."""
