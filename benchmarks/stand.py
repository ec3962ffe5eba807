"""Where a suite measures: one engine with its rows filled once, and what every suite gives back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import data, entrants
from benchmarks.contest import Plan
from benchmarks.data import Nation
from benchmarks.databases import Pair, pair
from benchmarks.entrants import Entrant
from benchmarks.rounds import Spread


@dataclass(frozen=True, slots=True)
class Finding:
    """A section of the report, and the figures by which goals are judged."""

    text: str
    figures: Mapping[str, Spread] = field(default_factory=dict)
    flawless: bool = True
    """Whether every answer of ours was the expected one; a refusal is cheap and must not pass for speed."""


@dataclass(frozen=True, slots=True)
class Stand:
    """One engine: its two databases, who may take part, the nation they hold and how long to measure."""

    engine: str
    databases: Pair
    regions: Path
    nation: Nation
    plan: Plan
    ours: Entrant
    textbook: Entrant

    @property
    def title(self) -> str:
        """The engine with its version."""
        return self.databases.title


@contextmanager
def stand(engine: str, nation: Nation, plan: Plan) -> Iterator[Stand]:
    """Fill the databases of one engine, and let go of them afterwards."""
    regions = plan.folder / "regions.csv"
    data.write(nation, regions)
    with pair(engine, plan.folder) as databases:
        ours = entrants.ours(databases.ours, regions)
        textbook = entrants.textbook(databases.textbook, regions)
        databases.settle()
        yield Stand(engine, databases, regions, nation, plan, ours, textbook)


@contextmanager
def filled(engine: str, nation: Nation, folder: Path) -> Iterator[Entrant]:
    """Ours alone, on a database of another size."""
    folder.mkdir()
    regions = folder / "regions.csv"
    data.write(nation, regions)
    with pair(engine, folder) as databases:
        entrant = entrants.ours(databases.ours, regions)
        databases.settle()
        yield entrant
